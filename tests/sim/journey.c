/* Those who ask: contracts with a clause, an obligation and needs; persons from their referral on, with a history of
 * hours that is drawn (history.h); invoices, likewise; subscriptions. Each asks for one thing at a time. */
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "directory/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "tests/sim/sim.h"
#include "tracking/commands.pb-c.h"

enum { STARTS_ON = 20454 /* 2026-01-01 */, PATIENCE_STEPS = 30, CONTRACTS = 4, PERSONS = 12 };

static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

static const char *territory_of(const struct journey *journey)
{
        return journey->in_second_territory ? "09" : "31";
}

/* --- contracts --- */

static const ProtobufCMessage *make_import(const struct journey *journey, struct arena *arena)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, arena);
        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record->number = arena_printf(arena, "SIM-%zu", journey->number);
        record->buyer_siret = text("21310555400017");
        record->object = text("Entretien des espaces verts");
        record->cpv = text("77310000");
        record->place = pb_new(&contracts__place__descriptor, arena);
        record->place->code = text("31555");
        record->place->kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record->duration_months = 24;
        record->notified_on = day_to(arena, day_of_number(STARTS_ON));
        record->amount = money_to(arena, money_of_cents(500000000));
        Contracts__ImportContract *command = pb_new(&contracts__import_contract__descriptor, arena);
        command->record = record;
        return &command->base;
}

static void take_import(struct journey *journey, const void *reply)
{
        journey->contract_id = id_of(((const Contracts__ImportContractReply *)reply)->contract_id);
}

static const ProtobufCMessage *make_clause(const struct journey *journey, struct arena *arena)
{
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, arena);
        calibration->amount = money_to(arena, money_of_cents(500000000));
        calibration->labour_share = share_to(arena, share_of_millionths(700000));
        calibration->insertion_rate = share_to(arena, share_of_millionths(100000));
        calibration->hourly_cost = money_to(arena, money_of_cents(3000));
        Contracts__PutClause *command = pb_new(&contracts__put_clause__descriptor, arena);
        command->contract_id = id_to(arena, journey->contract_id);
        command->lot = 1;
        command->calibration = calibration;
        command->territories = arena_alloc(arena, 2 * sizeof(*command->territories));
        command->territories[command->n_territories++] = text("31");
        command->territories[command->n_territories++] = text("09");
        return &command->base;
}

static void take_clause(struct journey *journey, const void *reply)
{
        journey->clause_id = id_of(((const Contracts__PutClauseReply *)reply)->clause_id);
}

static const ProtobufCMessage *make_obligation(const struct journey *journey, struct arena *arena)
{
        Contracts__RecordObligation *command = pb_new(&contracts__record_obligation__descriptor, arena);
        command->clause_id = id_to(arena, journey->clause_id);
        command->contractor_siret = text("35600000000048");
        command->contractor_name = text("Jardins du Midi");
        return &command->base;
}

static void take_obligation(struct journey *journey, const void *reply)
{
        journey->obligation_id = id_of(((const Contracts__RecordObligationReply *)reply)->obligation_id);
}

static const ProtobufCMessage *make_need(const struct journey *journey, struct arena *arena)
{
        Contracts__DeclareNeed *command = pb_new(&contracts__declare_need__descriptor, arena);
        command->obligation_id = id_to(arena, journey->obligation_id);
        command->rome_code = text("A1203");
        command->title = text("Jardinier");
        command->positions = 2;
        command->starts_on = day_to(arena, day_of_number(journey->today + 30));
        command->commune = text("31555");
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        return &command->base;
}

/* --- persons --- */

static const ProtobufCMessage *make_referral(const struct journey *journey, struct arena *arena)
{
        Tracking__Identity *identity = pb_new(&tracking__identity__descriptor, arena);
        identity->family_name = arena_printf(arena, "Personne %c", (int)('A' + journey->number));
        identity->given_name = text("Essai");
        identity->born_on = day_to(arena, day_of_number(10957));
        identity->sex = TRACKING__SEX__WOMAN;
        identity->commune = text("31555");
        Tracking__ReferBeneficiary *command = pb_new(&tracking__refer_beneficiary__descriptor, arena);
        command->identity = identity;
        command->territory = text(territory_of(journey));
        command->prescriber = id_to(arena, id_derived(0, slice_of_text("mission locale")));
        return &command->base;
}

static void take_referral(struct journey *journey, const void *reply)
{
        journey->beneficiary_id = id_of(((const Tracking__ReferBeneficiaryReply *)reply)->beneficiary_id);
}

static const ProtobufCMessage *make_decision(const struct journey *journey, struct arena *arena)
{
        Tracking__DecideEligibility *command = pb_new(&tracking__decide_eligibility__descriptor, arena);
        command->beneficiary_id = id_to(arena, journey->beneficiary_id);
        command->public_code = text("B_DELD");
        command->proof_code = text("ATTESTATION_RECHERCHE");
        command->proof_dated = day_to(arena, day_of_number(STARTS_ON - 10));
        command->valid_from = day_to(arena, day_of_number(STARTS_ON));
        command->decided_on = command->valid_from;
        command->eligible = true;
        return &command->base;
}

static const ProtobufCMessage *make_placement(const struct journey *journey, struct arena *arena)
{
        const int which = journey->stages[journey->stage].which;
        struct id company = id_derived(0, slice_of_text("jardins du midi"));
        Tracking__OpenPlacement *command = pb_new(&tracking__open_placement__descriptor, arena);
        command->beneficiary_id = id_to(arena, journey->beneficiary_id);
        command->obligation_id = id_to(arena, journey->contracts[which]->obligation_id);
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        command->employer = command->host_company = id_to(arena, company);
        command->employer_name = text("Jardins du Midi");
        command->tutor = text("Chef de chantier");
        command->starts_on = day_to(arena, day_of_number(STARTS_ON));
        command->weekly_hours = hours_to(arena, hours_of_hundredths(3500));
        command->rome_code = text("A1203");
        command->work_contract = text("CDD");
        return &command->base;
}

static void take_placement(struct journey *journey, const void *reply)
{
        journey->placement_ids[journey->stages[journey->stage].which] =
                id_of(((const Tracking__OpenPlacementReply *)reply)->placement_id);
}

/* --- invoices and subscriptions --- */

static const ProtobufCMessage *make_organisation(const struct journey *journey, struct arena *arena)
{
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, arena);
        organisation->kind = DIRECTORY__ORGANISATION_KIND__ACI;
        organisation->name = text("Chantier d'insertion");
        organisation->territory = text(territory_of(journey));
        organisation->source = text("sim");
        organisation->source_id = arena_printf(arena, "%zu", journey->number);
        Directory__PutOrganisation *command = pb_new(&directory__put_organisation__descriptor, arena);
        command->organisation = organisation;
        return &command->base;
}

static void take_organisation(struct journey *journey, const void *reply)
{
        journey->organisation_id = id_of(((const Directory__PutOrganisationReply *)reply)->organisation_id);
}

static const ProtobufCMessage *make_subscription(const struct journey *journey, struct arena *arena)
{
        Notifications__Subscribe *command = pb_new(&notifications__subscribe__descriptor, arena);
        command->organisation_id = id_to(arena, id_derived((int64_t)journey->number, slice_of_text("prescripteur")));
        command->organisation_name = text("Mission locale");
        command->territory = text(territory_of(journey));
        return &command->base;
}

static const struct stage contract_stages[] = {{"contracts.ImportContract", make_import, take_import, 0, 0},
                                               {"contracts.PutClause", make_clause, take_clause, 0, 0},
                                               {"contracts.RecordObligation", make_obligation, take_obligation, 0, 0},
                                               {"contracts.DeclareNeed", make_need, NULL, 0, 0},
                                               {"contracts.DeclareNeed", make_need, NULL, 0, 0},
                                               {.method = NULL}};
/* What goes before the history that is drawn. */
static const struct stage person_stages[] = {{"tracking.ReferBeneficiary", make_referral, take_referral, 0, 0},
                                             {"tracking.DecideEligibility", make_decision, NULL, 0, 0},
                                             {"tracking.OpenPlacement", make_placement, take_placement, 0, 0}};
static const struct stage invoice_stages[] = {
        {"directory.PutOrganisation", make_organisation, take_organisation, 0, 0}};
static const struct stage subscriber_stages[] = {{"notifications.Subscribe", make_subscription, NULL, 0, 0},
                                                 {.method = NULL}};

static void plan(struct sim *sim, struct journey *journey, const struct stage *first, size_t count,
                 void (*history)(struct sim *sim, struct journey *journey))
{
        memcpy(journey->plan, first, count * sizeof(*first));
        journey->planned = count;
        if (journey->is_on_two_clauses) { /* another placement of the same work contract */
                journey->plan[journey->planned] = first[count - 1];
                journey->plan[journey->planned++].which = 1;
        }
        history(sim, journey);
        journey->stages = journey->plan;
}

void journeys_begin(struct sim *sim)
{
        for (size_t i = 0; i < JOURNEYS; i++) {
                struct journey *journey = &sim->journeys[i];
                size_t after = i - CONTRACTS;
                journey->number = i;
                journey->today = sim->today;
                journey->in_second_territory = i % 3 == 0 && after < PERSONS; /* the first one follows the invoices */
                journey->is_on_two_clauses = i >= CONTRACTS && after < PERSONS && sim_draw(sim, 2) == 0;
                if (i < CONTRACTS)
                        journey->stages = contract_stages;
                else if (after < PERSONS)
                        plan(sim, journey, person_stages, ARRAY_SIZE(person_stages), history_of_person);
                else if ((after - PERSONS) % 2 == 0)
                        plan(sim, journey, invoice_stages, ARRAY_SIZE(invoice_stages), history_of_invoice);
                else
                        journey->stages = subscriber_stages;
                for (size_t n = 0; n < PLACEMENTS && i >= CONTRACTS; n++)
                        journey->contracts[n] = &sim->journeys[(i + n) % CONTRACTS];
        }
}

void journeys_end(struct sim *sim)
{
        for (size_t i = 0; i < JOURNEYS; i++)
                arena_fini(&sim->journeys[i].arena);
}

/* --- asking and hearing --- */

size_t journey_node(const struct sim *sim, const struct journey *journey, const char *method)
{
        bool second = journey->in_second_territory && strncmp(method, "tracking.", 9) == 0;
        for (size_t i = 0; i < NODES; i++) {
                size_t length = strlen(sim->nodes[i].spec->name);
                if (strncmp(method, sim->nodes[i].spec->name, length) == 0 && method[length] == '.')
                        return second ? i + 1 : i;
        }
        sim_fail(sim, "nobody answers %s", method);
}

/* The same request each time, with a passport of now: as the clock of the one who is asked knows it. */
void journey_post(struct sim *sim, size_t number, size_t node, struct slice frame)
{
        struct arena arena scoped(arena_fini) = {0};
        char *everywhere[] = {text("*")};
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        Wire__Envelope *envelope = pb_decode(&wire__envelope__descriptor, frame, &arena);
        require(envelope != NULL);
        actor.user = text("claire");
        actor.role = TYPES__ROLE__FACILITATOR;
        actor.territories = everywhere;
        actor.n_territories = 1;
        actor.signer = text("client");
        actor.expires_at_ms = sim->nodes[node].world.now_ms_value + LIMIT_PASSPORT_LIFE_MS / 2;
        envelope->passport = pb_bytes(passport_sign(&actor, sim->signing_secret, &arena));
        post(sim, LETTER_REQUEST, number, node, pb_encode(envelope, &arena));
}

const ProtobufCMessage *journey_asks(struct sim *sim, struct journey *journey, struct arena *arena)
{
        journey->key = id_new(&sim->client_world, sim->client_world.now_ms_value + (int64_t)sim->now, 0);
        const ProtobufCMessage *request = journey->stages[journey->stage].make(journey, arena);
        version_seen_any(request);
        return request;
}

/* Without its passport. */
static void make_frame(struct sim *sim, struct journey *journey, const struct stage *stage)
{
        struct arena arena scoped(arena_fini) = {0};
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        const ProtobufCMessage *request = journey_asks(sim, journey, &arena);
        envelope.version = 1;
        envelope.method = text(stage->method);
        envelope.id = pb_bytes(id_slice(&journey->key));
        envelope.body = pb_bytes(pb_encode(request, &arena));
        journey->frame = pb_encode(&envelope, &journey->arena);
}

bool journey_waits(const struct journey *journey)
{
        for (size_t i = 0; i < PLACEMENTS; i++)
                if (journey->contracts[i] != NULL && id_is_zero(journey->contracts[i]->obligation_id))
                        return true;
        return false;
}

void journey_step(struct sim *sim, struct journey *journey)
{
        const struct stage *stage = &journey->stages[journey->stage];
        if (stage->method == NULL || journey_waits(journey) || sim->now < journey->ask_again)
                return;
        if (journey->frame.size == 0)
                make_frame(sim, journey, stage);
        journey->ask_again = sim->now + (sim->calm ? 1 : PATIENCE_STEPS);
        journey_post(sim, journey->number, journey_node(sim, journey, stage->method), journey->frame);
}

/* An answer to something that was granted before must be the answer that was given then. */
static void hear_again(struct sim *sim, const struct journey *journey, const Wire__Reply *reply)
{
        for (size_t i = 0; i < journey->stage; i++) {
                const struct answer_kept *kept = &journey->kept[i];
                if (!slice_equal(pb_slice(reply->id), id_slice(&kept->key)))
                        continue;
                if (reply->outcome_case == WIRE__REPLY__OUTCOME_BODY && !slice_equal(pb_slice(reply->body), kept->body))
                        sim_fail(sim, "journey %zu: %s was answered twice, and not the same", journey->number,
                                 journey->stages[i].method);
        }
}

void journey_takes(struct journey *journey, const void *reply)
{
        const struct stage *stage = &journey->stages[journey->stage];
        if (stage->take != NULL)
                stage->take(journey, reply);
        journey->stage++;
}

static void grant(struct sim *sim, struct journey *journey, const Wire__Reply *reply)
{
        const struct stage *stage = &journey->stages[journey->stage];
        struct catalogue_method method;
        require(catalogue_method(stage->method, &method) && journey->stage < STEP_COUNT_MAX);
        const void *message = pb_decode(method.method->output, pb_slice(reply->body), &journey->arena);
        require(message != NULL);
        sim->tally.repeats += reply->repeated_key;
        journey->kept[journey->stage] = (struct answer_kept){journey->key, journey->frame,
                                                             arena_copy_slice(&journey->arena, pb_slice(reply->body)),
                                                             journey_node(sim, journey, stage->method)};
        journey_takes(journey, message);
        journey->frame = slice_of(NULL, 0);
        journey->ask_again = 0;
}

void journey_hear(struct sim *sim, struct journey *journey, struct slice bytes)
{
        struct arena arena scoped(arena_fini) = {0};
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, bytes, &arena);
        require(reply != NULL);
        if (journey->frame.size == 0 || !slice_equal(pb_slice(reply->id), id_slice(&journey->key))) {
                hear_again(sim, journey, reply);
                return;
        }
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_BODY) {
                grant(sim, journey, reply);
                return;
        }
        bool unavailable = reply->refusal->code == TYPES__REFUSAL_CODE__UNAVAILABLE;
        sim->tally.unavailable += unavailable;
        sim->tally.refusals += !unavailable; /* what it refers to has not come there yet: the same key again, later */
        (void)snprintf(journey->refusal, sizeof(journey->refusal), "%s: %s", reply->refusal->field,
                       reply->refusal->text);
}
