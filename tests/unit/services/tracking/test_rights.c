/* No path by which an organisation sees or changes what isn't its own. Random acts of two companies, two structures,
 * two prescribers and facilitators of two departments make persons, proposals and placements. A model that knows who
 * acted for whom, and no row of the store, says of each thing who may know of it. Then everybody asks every query
 * and command that names an id, with every id that there is: of what is not theirs they get the very bytes that an
 * id of nothing gets, of what is theirs they get something else; and every list has what is theirs, and nothing
 * more. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/catalogue.h"
#include "tests/lib/fill.h"
#include "tests/unit/services/tracking/proposals/courses.h"

enum { TWO = 2, ACTS = 600, CHECK_EVERY = 300, THINGS_MAX = 400, ASKERS_MAX = 16, PAGE = 50 };

/* ---- the model */

enum kind { PERSON, PLACEMENT, PROPOSAL, KINDS };

struct thing {
        enum kind kind;
        struct id id, person, prescriber, employer, host, company, structure;
        const char *territory;
        bool is_eligible, is_restricted, is_over, is_sent, is_shown;
        size_t need;
};

struct asker {
        const char *name;
        const Wire__Passport *passport;
        struct id organisation;
        const char *territories; /* "*": all */
};

static struct model {
        struct scene *s;
        uint64_t seed;
        struct id companies[TWO], structures[TWO], prescribers[TWO], obligations[TWO], needs[TWO];
        struct thing things[THINGS_MAX];
        size_t count, granted, compared, told;
        struct asker askers[ASKERS_MAX];
        size_t asker_count;
} m;

static const char *const departments[TWO] = {"31", "81"};

static size_t draw(size_t below)
{
        return (size_t)(fill_random(&m.seed) % below);
}

static struct thing *find(struct id id)
{
        for (size_t i = 0; i < m.count; i++)
                if (id_equal(m.things[i].id, id))
                        return &m.things[i];
        return NULL;
}

static struct thing *some(enum kind kind)
{
        size_t first = m.count == 0 ? 0 : draw(m.count);
        for (size_t i = 0; i < m.count; i++)
                if (m.things[(first + i) % m.count].kind == kind)
                        return &m.things[(first + i) % m.count];
        return NULL;
}

static bool covers(const struct asker *asker, const char *territory)
{
        return strcmp(asker->territories, "*") == 0 || strstr(asker->territories, territory) != NULL;
}

static bool is_partner(const struct asker *asker)
{
        return asker->passport->role == TYPES__ROLE__COMPANY || asker->passport->role == TYPES__ROLE__STRUCTURE;
}

static bool partner_may_know(const struct asker *asker, const struct thing *thing)
{
        bool is_company = asker->passport->role == TYPES__ROLE__COMPANY;
        if (thing->kind == PLACEMENT)
                return id_equal(thing->employer, asker->organisation) ||
                       (is_company && id_equal(thing->host, asker->organisation));
        return thing->kind == PROPOSAL && thing->is_shown && !find(thing->person)->is_restricted &&
               ((is_company && id_equal(thing->company, asker->organisation)) ||
                id_equal(thing->structure, asker->organisation));
}

static bool may_know(const struct asker *asker, const struct thing *thing)
{
        if (is_partner(asker))
                return partner_may_know(asker, thing);
        if (asker->passport->role == TYPES__ROLE__PRESCRIBER)
                return thing->kind != PLACEMENT && id_equal(thing->prescriber, asker->organisation);
        return covers(asker, thing->territory);
}

/* ---- acts */

static const void *act(const Wire__Passport *actor, const char *method, const void *request)
{
        struct engine_answer answer = fixture_ask(&m.s->f, actor, method, request);
        m.granted += answer.body != NULL;
        m.s->f.world.now_ms_value += 1000;
        return answer.body;
}

static struct thing *add(enum kind kind, struct id id, const struct thing *of)
{
        assert_true(m.count < THINGS_MAX);
        struct thing *thing = &m.things[m.count++];
        *thing = (struct thing){.kind = kind, .id = id};
        if (of != NULL) {
                thing->person = of->id;
                thing->prescriber = of->prescriber;
                thing->territory = of->territory;
        }
        return thing;
}

static const Wire__Passport *as(Types__Role role, struct id organisation)
{
        return fixture_actor(&m.s->f, role, &organisation, "31 81");
}

static void refer(void)
{
        struct id prescriber = m.prescribers[draw(TWO)];
        const char *territory = departments[draw(TWO)];
        Tracking__ReferBeneficiary *command = scene_referral(m.s);
        command->identity->family_name = arena_printf(&m.s->f.arena, "Essai-%c%c%c", 'a' + (int)draw(26),
                                                      'a' + (int)draw(26), 'a' + (int)draw(26));
        command->territory = arena_text(&m.s->f.arena, territory);
        const Tracking__ReferBeneficiaryReply *reply =
                act(as(TYPES__ROLE__PRESCRIBER, prescriber), "ReferBeneficiary", command);
        if (reply == NULL)
                return;
        struct thing *person = add(PERSON, id_of(reply->beneficiary_id), NULL);
        person->prescriber = prescriber;
        person->territory = territory;
}

static void decide(void)
{
        struct thing *person = some(PERSON);
        if (person != NULL && act(m.s->facilitator, "DecideEligibility", scene_decision(m.s, person->id)) != NULL)
                person->is_eligible = true;
}

static void place(void)
{
        struct thing *person = some(PERSON);
        size_t which = draw(TWO);
        if (person == NULL)
                return;
        Tracking__OpenPlacement *command = scene_opening(m.s, person->id);
        command->obligation_id = scene_id(m.s, m.obligations[which]);
        command->host_company = scene_id(m.s, m.companies[which]);
        command->employer = scene_id(m.s, m.structures[draw(TWO)]);
        if (draw(2) == 0) {
                command->modality = TYPES__MODALITY__DIRECT_HIRE;
                command->employer = command->host_company;
                command->work_contract = arena_text(&m.s->f.arena, "CDD");
                command->ends_on = scene_date(m.s, 2027, 3, 1);
        }
        const Tracking__OpenPlacementReply *reply = act(m.s->facilitator, "OpenPlacement", command);
        if (reply == NULL)
                return;
        struct thing *placement = add(PLACEMENT, id_of(reply->placement_id), person);
        placement->employer = id_of(command->employer);
        placement->host = m.companies[which];
}

static void propose(void)
{
        struct thing *person = some(PERSON);
        size_t need = draw(TWO);
        if (person == NULL)
                return;
        const Tracking__ProposeBeneficiaryReply *reply =
                act(m.s->facilitator, "ProposeBeneficiary", course_proposing(m.s, person->id, m.needs[need]));
        if (reply == NULL)
                return;
        add(PROPOSAL, id_of(reply->proposal_id), person)->need = need;
}

static void send_one(void)
{
        struct thing *proposal = some(PROPOSAL);
        if (proposal == NULL)
                return;
        Tracking__SendProposal *command = course_sending(m.s, proposal->id);
        struct id structure = m.structures[draw(TWO)];
        if (draw(2) == 0)
                command->structure = scene_id(m.s, structure);
        if (act(m.s->facilitator, "SendProposal", command) == NULL)
                return;
        proposal->is_sent = proposal->is_shown = true;
        proposal->company = m.companies[proposal->need];
        if (command->structure != NULL)
                proposal->structure = structure;
}

static void answer(void)
{
        static const Tracking__ProposalState answers[] = {STATE(MET), STATE(NO_SHOW), STATE(TAKEN), STATE(NOT_TAKEN)};
        struct thing *proposal = some(PROPOSAL);
        Tracking__ProposalState to = answers[draw(ARRAY_SIZE(answers))];
        const Wire__Passport *company = proposal == NULL ? NULL : as(TYPES__ROLE__COMPANY, m.companies[draw(TWO)]);
        if (proposal == NULL || act(draw(2) == 0 ? company : m.s->facilitator, "AnswerProposal",
                                    course_answering(m.s, proposal->id, to)) == NULL)
                return;
        proposal->is_shown = to != STATE(NOT_TAKEN);
}

static void withdraw(void)
{
        struct thing *proposal = some(PROPOSAL);
        Tracking__WithdrawProposal command = TRACKING__WITHDRAW_PROPOSAL__INIT;
        if (proposal == NULL)
                return;
        command.proposal_id = scene_id(m.s, proposal->id);
        command.withdrawn_on = scene_date(m.s, 2026, 10, 6);
        command.withdrawal_code = arena_text(&m.s->f.arena, "BY_PRESCRIBER");
        if (act(as(TYPES__ROLE__PRESCRIBER, m.prescribers[draw(TWO)]), "WithdrawProposal", &command) != NULL)
                proposal->is_shown = false;
}

static void state_hours(void)
{
        struct thing *placement = some(PLACEMENT);
        if (placement == NULL)
                return;
        bool is_company = draw(2) == 0;
        const Wire__Passport *actor = as(is_company ? TYPES__ROLE__COMPANY : TYPES__ROLE__STRUCTURE,
                                         is_company ? m.companies[draw(TWO)] : m.structures[draw(TWO)]);
        bool may = id_equal(id_of(actor->organisation), placement->employer) ||
                   (is_company && id_equal(id_of(actor->organisation), placement->host));
        const void *reply = act(actor, "SubmitHours", scene_submission(m.s, placement->id, 5 + (int)draw(4), 8000));
        assert_true(reply == NULL || may);
}

static void end(void)
{
        struct thing *placement = some(PLACEMENT);
        if (placement != NULL && draw(3) == 0)
                (void)act(m.s->facilitator, "EndPlacement", scene_end(m.s, placement->id));
}

static void restrict_file(void)
{
        struct thing *person = some(PERSON);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        Tracking__LiftRestriction lifting = TRACKING__LIFT_RESTRICTION__INIT;
        if (person == NULL || draw(4) > 0)
                return;
        restriction.beneficiary_id = lifting.beneficiary_id = scene_id(m.s, person->id);
        restriction.restriction_code = arena_text(&m.s->f.arena, "UNLAWFUL");
        lifting.lifting_code = arena_text(&m.s->f.arena, "VERIFIED");
        if (person->is_restricted ? act(m.s->facilitator, "LiftRestriction", &lifting) != NULL
                                  : act(m.s->facilitator, "RestrictPerson", &restriction) != NULL)
                person->is_restricted = !person->is_restricted;
}

static void (*const acts[])(void) = {refer,   decide,   decide, decide, place,       place, place,         propose,
                                     propose, send_one, answer, answer, state_hours, end,   restrict_file, withdraw};

/* ---- asking for one */

static struct slice bytes_of(const struct asker *asker, const char *method, const ProtobufCMessage *request)
{
        struct engine_answer said = fixture_ask(&m.s->f, asker->passport, method, request);
        return said.body != NULL ? pb_encode(said.body, &m.s->f.arena) : pb_encode(said.refusal, &m.s->f.arena);
}

static enum kind kind_of_field(const char *field)
{
        if (strcmp(field, "beneficiary_id") == 0 || strcmp(field, "other_id") == 0)
                return PERSON;
        return strcmp(field, "placement_id") == 0 ? PLACEMENT : strcmp(field, "proposal_id") == 0 ? PROPOSAL : KINDS;
}

/* Without its page, or what is theirs would be told by another list's cursor. */
static ProtobufCMessage *request_of(const struct right_row *row, const ProtobufCMessageDescriptor *type, struct id id)
{
        uint64_t seed = 7;
        ProtobufCMessage *request = fill_least(type, &seed, &m.s->f.arena);
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, row->field);
        *(Types__Id **)(void *)((uint8_t *)request + field->offset) = scene_id(m.s, id);
        return request;
}

static bool names_one_id(const struct right_row *row, const ProtobufCMessageDescriptor *type)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, row->field);
        return field != NULL && field->descriptor == &types__id__descriptor &&
               field->label != PROTOBUF_C_LABEL_REPEATED;
}

static void ask_of(const struct asker *asker, const struct right_row *row, const struct catalogue_method *found,
                   struct slice nothing)
{
        for (size_t i = 0; i < m.count; i++) {
                const struct thing *thing = &m.things[i];
                bool is_meant = kind_of_field(row->field) == thing->kind;
                bool knows = is_meant && may_know(asker, thing);
                if (knows && found->is_command)
                        continue; /* it might be done */
                struct slice said = bytes_of(asker, row->method, request_of(row, found->method->input, thing->id));
                bool is_same = slice_equal(said, nothing);
                m.compared++;
                m.told += !is_same;
                if (!knows && !is_same)
                        fail_msg("%s learns by %s.%s what is not theirs", asker->name, row->method, row->field);
                if (knows && is_same && row->right != RIGHT_NONE)
                        fail_msg("%s does not learn by %s.%s what is theirs", asker->name, row->method, row->field);
        }
}

static bool may_ask(const struct asker *asker, const char *method)
{
        for (size_t i = 0; i < tracking_spec.dispatch_count; i++)
                if (strcmp(tracking_spec.dispatch[i].method, method) == 0)
                        return (tracking_spec.dispatch[i].roles & (1u << asker->passport->role)) != 0;
        return false;
}

static void ask_everything(const struct asker *asker)
{
        for (size_t r = 0; r < tracking_spec.rights->count; r++) {
                const struct right_row *row = &tracking_spec.rights->rows[r];
                struct catalogue_method found;
                char name[128];
                (void)snprintf(name, sizeof(name), "tracking.%s", row->method);
                assert_true(catalogue_method(name, &found));
                if (!may_ask(asker, row->method) || !names_one_id(row, found.method->input))
                        continue;
                struct slice nothing =
                        bytes_of(asker, row->method, request_of(row, found.method->input, scene_name("nothing")));
                uint64_t before = engine_position(m.s->f.engine);
                ask_of(asker, row, &found, nothing);
                assert_int_equal(engine_position(m.s->f.engine), before);
        }
}

/* ---- lists: what is theirs, all of it or not, and nothing more */

static void seen_in(const struct asker *asker, const char *method, enum kind kind, size_t seen, bool is_whole)
{
        size_t known = 0;
        for (size_t i = 0; i < m.count; i++)
                known += m.things[i].kind == kind && may_know(asker, &m.things[i]);
        if (is_whole ? seen != known : seen > known)
                fail_msg("%s: %s tells %zu of %zu", asker->name, method, seen, known);
}

static void is_theirs(const struct asker *asker, const char *method, const Types__Id *id)
{
        const struct thing *thing = id == NULL ? NULL : find(id_of(id));
        if (thing == NULL || !may_know(asker, thing))
                fail_msg("%s: %s tells what is not theirs", asker->name, method);
        m.told++;
}

#define LIST(METHOD, REQUEST_INIT, REQUEST, REPLY, LINES, COUNT, ID, KIND, WHOLE)                                      \
        do {                                                                                                           \
                REQUEST request = REQUEST_INIT;                                                                        \
                Types__Page page = TYPES__PAGE__INIT;                                                                  \
                size_t seen = 0;                                                                                       \
                request.page = &page;                                                                                  \
                page.limit = PAGE;                                                                                     \
                do {                                                                                                   \
                        const REPLY *reply = fixture_get(&m.s->f, asker->passport, METHOD, &request);                  \
                        for (size_t i = 0; i < reply->COUNT; i++)                                                      \
                                is_theirs(asker, METHOD, reply->LINES[i]->ID);                                         \
                        seen += reply->COUNT;                                                                          \
                        page.after = reply->next;                                                                      \
                } while (page.after.len > 0);                                                                          \
                seen_in(asker, METHOD, KIND, seen, WHOLE);                                                             \
        } while (0)

static void list_everything(const struct asker *asker)
{
        if (may_ask(asker, "Placements"))
                LIST("Placements", TRACKING__PLACEMENTS_REQUEST__INIT, Tracking__PlacementsRequest,
                     Tracking__PlacementsReply, placements, n_placements, placement_id, PLACEMENT, true);
        if (may_ask(asker, "Proposals"))
                LIST("Proposals", TRACKING__PROPOSALS_REQUEST__INIT, Tracking__ProposalsRequest,
                     Tracking__ProposalsReply, proposals, n_proposals, proposal_id, PROPOSAL, true);
        if (may_ask(asker, "NextActions"))
                LIST("NextActions", TRACKING__NEXT_ACTIONS__INIT, Tracking__NextActions, Tracking__NextActionsReply,
                     actions, n_actions, proposal_id, PROPOSAL, false);
        if (may_ask(asker, "Beneficiaries"))
                LIST("Beneficiaries", TRACKING__BENEFICIARIES_REQUEST__INIT, Tracking__BeneficiariesRequest,
                     Tracking__BeneficiariesReply, beneficiaries, n_beneficiaries, beneficiary_id, PERSON, true);
        if (may_ask(asker, "WaitingPersons"))
                LIST("WaitingPersons", TRACKING__WAITING_PERSONS__INIT, Tracking__WaitingPersons,
                     Tracking__WaitingPersonsReply, persons, n_persons, beneficiary_id, PERSON, false);
        if (may_ask(asker, "OutcomesDue"))
                LIST("OutcomesDue", TRACKING__OUTCOMES_DUE__INIT, Tracking__OutcomesDue, Tracking__OutcomesDueReply,
                     lines, n_lines, placement_id, PLACEMENT, false);
        if (may_ask(asker, "FollowUpDue"))
                LIST("FollowUpDue", TRACKING__FOLLOW_UP_DUE__INIT, Tracking__FollowUpDue, Tracking__FollowUpDueReply,
                     lines, n_lines, placement_id, PLACEMENT, false);
}

static void list_month(const struct asker *asker, int month)
{
        Tracking__MonthSheet request = TRACKING__MONTH_SHEET__INIT;
        Tracking__HoursByMonth by_month = TRACKING__HOURS_BY_MONTH__INIT;
        if (!may_ask(asker, "MonthSheet"))
                return;
        request.month = by_month.month = scene_month(m.s, 2026, month);
        const Tracking__MonthSheetReply *reply = fixture_get(&m.s->f, asker->passport, "MonthSheet", &request);
        for (size_t i = 0; i < reply->n_lines; i++)
                is_theirs(asker, "MonthSheet", reply->lines[i]->placement_id);
        const Tracking__HoursByMonthReply *hours = fixture_get(&m.s->f, asker->passport, "HoursByMonth", &by_month);
        for (size_t i = 0; i < hours->n_lines; i++)
                is_theirs(asker, "HoursByMonth", hours->lines[i]->placement_id);
}

/* ---- */

static void join(const char *name, Types__Role role, const struct id *organisation, const char *territories)
{
        struct asker *asker = &m.askers[m.asker_count++];
        asker->name = name;
        asker->passport = fixture_actor(&m.s->f, role, organisation, territories);
        asker->territories = territories;
        if (organisation != NULL)
                asker->organisation = *organisation;
}

static void owe(size_t which)
{
        Contracts__ObligationAssigned assigned = CONTRACTS__OBLIGATION_ASSIGNED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        struct id first = m.s->obligation;
        m.obligations[which] = scene_name(which == 0 ? "obligation" : "second obligation");
        scene_obligation(m.s, m.obligations[which], 3000);
        assigned.obligation_id = scene_id(m.s, m.obligations[which]);
        assigned.contract_id = scene_id(m.s, scene_name("contract"));
        assigned.contractor_organisation = scene_id(m.s, m.companies[which]);
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED;
        event.obligation_assigned = &assigned;
        scene_feed_contracts(m.s, &event);
        m.s->obligation = m.obligations[which];
        m.needs[which] = course_need(m.s, which == 0 ? "need" : "second need", (struct id){0});
        m.s->obligation = first;
}

static void people(void)
{
        struct scene *s = m.s;
        const char *const names[] = {"a company", "a structure", "a prescriber"};
        m.companies[0] = s->company;
        m.companies[1] = s->other_company;
        m.structures[0] = s->structure;
        m.structures[1] = scene_name("second structure");
        m.prescribers[0] = s->mission_locale;
        m.prescribers[1] = scene_name("second prescriber");
        scene_organisation(s, s->other_company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "Façades réunies");
        scene_organisation(s, m.structures[1], DIRECTORY__ORGANISATION_KIND__EI, "Seconde entreprise d'insertion");
        scene_organisation(s, m.prescribers[1], DIRECTORY__ORGANISATION_KIND__CCAS, "CCAS");
        for (size_t i = 0; i < TWO; i++) {
                owe(i);
                join(names[0], TYPES__ROLE__COMPANY, &m.companies[i], "31 81");
                join(names[1], TYPES__ROLE__STRUCTURE, &m.structures[i], "31 81");
                join(names[2], TYPES__ROLE__PRESCRIBER, &m.prescribers[i], "31 81");
        }
        join("a facilitator of 31", TYPES__ROLE__FACILITATOR, NULL, "31");
        join("a facilitator of 81", TYPES__ROLE__FACILITATOR, NULL, "81");
        join("a facilitator of 75", TYPES__ROLE__FACILITATOR, NULL, "75");
        join("an auditor of 81", TYPES__ROLE__AUDITOR, NULL, "81");
        join("the coordinator", TYPES__ROLE__COORDINATOR, NULL, "*");
}

static void everybody_sees_what_is_theirs(void **state)
{
        m = (struct model){.s = *state, .seed = 20261129};
        people();
        for (size_t i = 1; i <= ACTS; i++) {
                acts[draw(ARRAY_SIZE(acts))]();
                if (i % CHECK_EVERY != 0)
                        continue;
                for (size_t a = 0; a < m.asker_count; a++) {
                        list_everything(&m.askers[a]);
                        for (int month = 4; month <= 9; month++)
                                list_month(&m.askers[a], month);
                        ask_everything(&m.askers[a]);
                }
        }
        size_t of[KINDS] = {0};
        for (size_t i = 0; i < m.count; i++)
                of[m.things[i].kind]++;
        (void)printf("# %zu acts granted; %zu persons, %zu placements, %zu proposals; %zu asked, %zu told\n", m.granted,
                     of[PERSON], of[PLACEMENT], of[PROPOSAL], m.compared, m.told);
        for (size_t k = 0; k < KINDS; k++)
                assert_true(of[k] >= 10);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(everybody_sees_what_is_theirs, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
