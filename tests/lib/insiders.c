#include "tests/lib/insiders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/consultation.pb-c.h"
#include "contracts/control.pb-c.h"
#include "contracts/drafting.pb-c.h"
#include "contracts/programming.pb-c.h"
#include "contracts/record.pb-c.h"
#include "contracts/takeover.pb-c.h"
#include "directory/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "tests/lib/fill.h"
#include "tracking/commands.pb-c.h"

Wire__Passport *somebody(Types__Role role, const struct id *organisation, const char *territory, struct arena *arena)
{
        Wire__Passport *actor = pb_new(&wire__passport__descriptor, arena);
        actor->user = arena_text(arena, "essai");
        actor->role = role;
        actor->organisation = organisation == NULL ? NULL : id_to(arena, *organisation);
        actor->territories = arena_alloc(arena, sizeof(*actor->territories));
        actor->territories[0] = arena_text(arena, territory);
        actor->n_territories = 1;
        actor->expires_at_ms = INT64_MAX;
        return actor;
}

struct said ask_as(const struct any_method *method, const Wire__Passport *actor, const ProtobufCMessage *request,
                   struct arena *arena)
{
        struct engine_answer answer = {0};
        uint64_t *seen = version_seen(request), before = seen == NULL ? 0 : *seen;
        if (seen != NULL)
                *seen = engine_position(method->daemon->engine);
        daemons_world.now_ms_value++;
        require(engine_call(method->daemon->engine, actor, method->descriptor->name, request, NULL, arena, &answer) ==
                0);
        if (seen != NULL)
                *seen = before;
        if (answer.body != NULL)
                return (struct said){.bytes = pb_encode(answer.body, arena), .granted = true};
        return (struct said){.bytes = pb_encode(&answer.refusal->base, arena), .code = answer.refusal->code};
}

bool said_same(const struct said *one, const struct said *other)
{
        return one->granted == other->granted && slice_equal(one->bytes, other->bytes);
}

/* ---- organisations */

#define OURS   "73282932000074"
#define THEIRS "21090122900018"

static struct id put_organisation(const char *siret, const char *territory, struct arena *arena)
{
        const struct any_method *method = method_named("directory", "PutOrganisation");
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        command.organisation = &organisation;
        organisation.name = arena_printf(arena, "Organisation %s", siret);
        organisation.siret = arena_text(arena, siret);
        organisation.territory = arena_text(arena, territory);
        organisation.kind = DIRECTORY__ORGANISATION_KIND__EI;
        struct said said = ask_as(method, somebody(TYPES__ROLE__COORDINATOR, NULL, "*", arena), &command.base, arena);
        require(said.granted);
        const Directory__PutOrganisationReply *reply = pb_decode(method->descriptor->output, said.bytes, arena);
        return id_of(reply->organisation_id);
}

struct id organisations_put(struct plausible *pool, struct arena *arena)
{
        static const char *const sirets[] = {"21310555400017", OURS};
        for (size_t i = 0; i < ARRAY_SIZE(sirets); i++) {
                Directory__PutOrganisationReply reply = DIRECTORY__PUT_ORGANISATION_REPLY__INIT;
                reply.organisation_id = id_to(arena, put_organisation(sirets[i], "31", arena));
                plausible_learn(pool, &reply.base);
        }
        struct id other = put_organisation(THEIRS, "62", arena);
        daemons_follow();
        return other;
}

/* ---- insiders */

static void set_kind(int32_t *kind, bool is_private)
{
        if (is_private)
                *kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        else if (*kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                *kind = CONTRACTS__CONTRACT_KIND__MARKET;
}

/* Every contract that a request tells of; private ones are none of the outsiders'. */
static void set_kinds(ProtobufCMessage *message, bool are_private)
{
        static char ours[] = OURS;
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                uint8_t *member = (uint8_t *)message + field->offset;
                size_t count = 1;
                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        count = *(size_t *)(void *)((uint8_t *)message + field->quantifier_offset);
                        member = *(uint8_t **)(void *)member;
                }
                if (field->type == PROTOBUF_C_TYPE_ENUM && field->descriptor == &contracts__contract_kind__descriptor)
                        for (size_t n = 0; n < count; n++)
                                set_kind((int32_t *)(void *)member + n, are_private);
                for (size_t n = 0; are_private && field->type == PROTOBUF_C_TYPE_STRING && n < count; n++)
                        if (strcmp(((char **)(void *)member)[n], THEIRS) == 0)
                                ((char **)(void *)member)[n] = ours;
                for (size_t n = 0; field->type == PROTOBUF_C_TYPE_MESSAGE && n < count; n++)
                        if (((ProtobufCMessage **)(void *)member)[n] != NULL)
                                set_kinds(((ProtobufCMessage **)(void *)member)[n], are_private);
        }
}

static const Wire__Passport *insider(const struct growth *growth, const struct any_method *method, struct arena *arena)
{
        struct id organisation = plausible_id(growth->pool, "organisation_id");
        Types__Role role = (Types__Role)method_role(method, growth->pool);
        if (role == TYPES__ROLE__PRESCRIBER && id_equal(organisation, growth->no_prescriber))
                role = TYPES__ROLE__FACILITATOR;
        bool acts_for_one = role == TYPES__ROLE__BUYER || role == TYPES__ROLE__COMPANY ||
                            role == TYPES__ROLE__STRUCTURE || role == TYPES__ROLE__PRESCRIBER;
        return somebody(role, acts_for_one ? &organisation : NULL, "31", arena);
}

static Types__Id *unless(Types__Id *id, struct id not_this)
{
        return id_equal(id_of(id), not_this) ? NULL : id;
}

/* A company alone. */
static void offer_of_one(Contracts__RecordOffer *command)
{
        command->offer_id = NULL;
        command->lot = 1;
        if (command->offer == NULL || command->offer->n_members == 0)
                return;
        command->offer->n_members = 1;
        command->offer->members[0]->share = NULL;
}

static void decide_well(Tracking__DecideEligibility *command, Types__Day *today, struct arena *arena)
{
        command->eligible = true;
        command->public_code = arena_text(arena, "B_RSA");
        command->proof_code = arena_text(arena, "ATTESTATION_RSA");
        command->proof_dated = command->valid_from = command->decided_on = today;
        command->proof_id = NULL;
        command->proof_until = NULL;
}

/* Hours of a contract that is known, if there is one of that number and buyer: a list opens public ones. */
static void running_list(Contracts__ImportRunning *command, uint64_t draw, struct arena *arena)
{
        static const char *const sirets[] = {"21310555400017", "73282932000074", "35600000000048", "21090122900018"};
        static char *header[] = {(char *)"N° de marché", (char *)"SIRET acheteur", (char *)"SIRET titulaire",
                                 (char *)"Titulaire",    (char *)"Heures dues",    (char *)"Mois",
                                 (char *)"Heures",       (char *)"Matricule"};
        enum { CELLS = sizeof(header) / sizeof(*header), SIRETS = 4, HOURS = 100 };
        Types__ListRow *only = pb_new(&types__list_row__descriptor, arena);
        only->number = 2;
        only->n_cells = CELLS;
        only->cells = arena_alloc(arena, CELLS * sizeof(*only->cells));
        only->cells[0] = arena_printf(arena, "2026-%u", 1 + (unsigned)(draw % SIRETS));
        only->cells[1] = arena_text(arena, sirets[draw / SIRETS % SIRETS]);
        only->cells[2] = arena_text(arena, sirets[1]);
        only->cells[3] = arena_text(arena, "Peintures");
        only->cells[4] = arena_text(arena, "");
        only->cells[5] = arena_text(arena, "09/2026");
        only->cells[6] = arena_printf(arena, "%u", (unsigned)(draw / (SIRETS * SIRETS) % HOURS));
        only->cells[7] = arena_text(arena, "A.B.");
        command->territory = arena_text(arena, "31");
        command->buyer_siret = arena_text(arena, "");
        command->list = pb_new(&types__sent_list__descriptor, arena);
        command->list->header = header;
        command->list->n_header = CELLS;
        command->list->rows = arena_alloc(arena, sizeof(*command->list->rows));
        command->list->rows[0] = only;
        command->list->n_rows = 1;
        command->list->is_last = true;
}

void insiders_set_right(const struct growth *growth, ProtobufCMessage *request, struct arena *arena)
{
        struct plausible *pool = growth->pool;
        Types__Day *today = day_to(arena, pool->today);
        if (request->descriptor == &notifications__subscribe__descriptor) {
                Notifications__Subscribe *command = (Notifications__Subscribe *)request;
                command->organisation_id = unless(command->organisation_id, growth->no_prescriber);
        } else if (request->descriptor == &tracking__refer_beneficiary__descriptor) {
                Tracking__ReferBeneficiary *command = (Tracking__ReferBeneficiary *)request;
                command->prescriber = unless(command->prescriber, growth->no_prescriber);
        } else if (request->descriptor == &tracking__open_placement__descriptor) {
                Tracking__OpenPlacement *command = (Tracking__OpenPlacement *)request;
                command->modality = TYPES__MODALITY__DIRECT_HIRE;
                command->proposal_id = NULL;
                command->host_company = NULL;
                command->starts_on = today;
                command->ends_on = NULL;
                command->weekly_hours = hours_to(arena, hours_of_hundredths(3500));
        } else if (request->descriptor == &tracking__decide_eligibility__descriptor) {
                decide_well((Tracking__DecideEligibility *)request, today, arena);
        } else if (request->descriptor == &tracking__propose_beneficiary__descriptor) {
                ((Tracking__ProposeBeneficiary *)request)->proposed_on = today;
        } else if (request->descriptor == &tracking__send_proposal__descriptor) {
                ((Tracking__SendProposal *)request)->sent_on = today;
        } else if (request->descriptor == &tracking__record_invoice__descriptor) {
                ((Tracking__RecordInvoice *)request)->dated = today;
        } else if (request->descriptor == &contracts__open_case__descriptor) { /* of no single statement */
                Contracts__OpenCase *command = (Contracts__OpenCase *)request;
                command->ground = CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS;
                command->period_end = NULL;
        } else if (request->descriptor == &contracts__open_consultation__descriptor) {
                Contracts__OpenConsultation *command = (Contracts__OpenConsultation *)request;
                command->published_on = day_to(arena, day_of_number(day_number(pool->today) - 60));
                command->offers_due_on = day_to(arena, day_of_number(day_number(pool->today) - 10));
                command->information_due_on = NULL;
        } else if (request->descriptor == &contracts__import_programme__descriptor) { /* columns that are known */
                static char *header[] = {(char *)"Intitulé", (char *)"Lieu"};
                Contracts__ImportProgramme *command = (Contracts__ImportProgramme *)request;
                if (command->list == NULL)
                        command->list = pb_new(&types__sent_list__descriptor, arena);
                command->list->header = header;
                command->list->n_header = sizeof(header) / sizeof(*header);
                command->list->n_mapping = command->list->n_only = 0;
                command->list->batch_id = NULL;
        } else if (request->descriptor == &contracts__import_running__descriptor) {
                running_list((Contracts__ImportRunning *)request, fill_random(&pool->seed), arena);
        } else if (request->descriptor ==
                   &contracts__put_draft_items__descriptor) { /* of a piece that can be drafted */
                Contracts__PutDraftItems *command = (Contracts__PutDraftItems *)request;
                if (command->items != NULL)
                        command->items->lever = CONTRACTS__DRAFT_LEVER__CONDITION_LEVER;
        } else if (request->descriptor == &contracts__put_appraisal_grid__descriptor) {
                Contracts__PutAppraisalGrid *command = (Contracts__PutAppraisalGrid *)request;
                command->n_criteria = command->n_criteria == 0 ? 0 : 1;
                for (size_t i = 0; i < command->n_criteria; i++) {
                        command->criteria[i]->number = 1;
                        command->criteria[i]->weight = share_to(arena, share_of_millionths(1000000));
                        command->criteria[i]->title = arena_text(arena, "Encadrement");
                }
                command->scale = 20;
                command->lot = 1;
        } else if (request->descriptor == &contracts__record_offer__descriptor && fill_random(&pool->seed) % 2 == 0) {
                offer_of_one((Contracts__RecordOffer *)request);
        }
}

static bool grow_one(const struct growth *growth, const struct any_method *method)
{
        struct arena arena scoped(arena_fini) = {0};
        ProtobufCMessage *request = plausible_message(growth->pool, method->descriptor->input, &arena);
        insiders_set_right(growth, request, &arena);
        if (growth->are_private || growth->are_public)
                set_kinds(request, growth->are_private);
        struct said said = ask_as(method, insider(growth, method, &arena), request, &arena);
        if (!said.granted) {
                if (getenv("GUICHET_INSIDERS_TELL") != NULL) {
                        const Types__Refusal *refusal = pb_decode(&types__refusal__descriptor, said.bytes, &arena);
                        (void)printf("# %s: %s: %s\n", method->name, refusal->field, refusal->text);
                }
                return false;
        }
        plausible_learn(growth->pool, pb_decode(method->descriptor->output, said.bytes, &arena));
        return true;
}

/* What comes to an end, goes or is put off is of use to nobody afterwards: that is asked in the last rounds. */
static bool is_an_end(const struct any_method *method)
{
        static const char *const ends[] = {"End", "Close", "Withdraw", "Decline", "Unsubscribe", "Revoke", "Postpone"};
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
                if (strncmp(method->descriptor->name, ends[i], strlen(ends[i])) == 0)
                        return true;
        return false;
}

/* Questions tell ids, too. */
static bool is_asked_in(const struct growth *growth, size_t round, const struct any_method *method)
{
        if ((method->daemon == &daemons[0] && strncmp(method->name, "runtime.", 8) == 0) ||
            (growth->picks != NULL && !growth->picks(method)))
                return false;
        if (!method->is_command)
                return round % 10 == 9;
        return round * 10 > growth->rounds * 9 || !is_an_end(method);
}

size_t insiders_grow(const struct growth *growth)
{
        static struct draws draws;
        size_t granted = 0;
        draws_begin(&draws, growth->pool);
        for (size_t round = 0; round < growth->rounds; round++) {
                growth->pool->whole = round % 3 == 0;
                for (size_t i = 0; i < method_count; i++) {
                        bool done = !is_asked_in(growth, round, &methods[i]);
                        for (size_t tries = draws_tries(&draws, &methods[i], round); !done && tries > 0; tries--) {
                                draws_take(&draws, &methods[i], growth->pool);
                                done = grow_one(growth, &methods[i]);
                                draws_put(&draws, &methods[i], growth->pool, done);
                                granted += done;
                        }
                }
                daemons_follow();
        }
        draws_end(&draws, growth->pool);
        return granted;
}

/* ---- outsiders */

void outsiders(const struct id *organisation, const Wire__Passport *ret[OUTSIDERS], struct arena *arena)
{
        static const struct {
                Types__Role role;
                bool acts_for_one;
                const char *territory;
        } rows[OUTSIDERS] = {
                {TYPES__ROLE__FACILITATOR, false, "62"}, {TYPES__ROLE__BUYER, true, "31"},
                {TYPES__ROLE__COMPANY, true, "31"},      {TYPES__ROLE__STRUCTURE, true, "62"},
                {TYPES__ROLE__PRESCRIBER, true, "62"},   {TYPES__ROLE__AUDITOR, false, "*"},
                {TYPES__ROLE__OPERATOR, false, "*"},     {TYPES__ROLE__DATA_PROTECTION, false, "62"},
        };
        for (size_t i = 0; i < OUTSIDERS; i++)
                ret[i] = somebody(rows[i].role, rows[i].acts_for_one ? organisation : NULL, rows[i].territory, arena);
}
