#include "services/ctl/demo_phases.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "directory/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "services/ctl/demo_actors.h"
#include "services/ctl/demo_lives.h"
#include "tracking/commands.pb-c.h"

#define NEW(type, arena) pb_new(&type##__descriptor, arena)

/* Texts of the plan and of the tables outlive every message. */
static char *text(const char *borrowed)
{
        return (char *)(uintptr_t)borrowed;
}

static const char *commune_code(const struct demo_plan *plan, size_t commune)
{
        return table_member(plan->tables->communes, commune, "code");
}

/* --- directory and contracts ---------------------------------------------------------------------------------------
 */

static int kind_of(const char *name)
{
        const ProtobufCEnumValue *value =
                protobuf_c_enum_descriptor_get_value_by_name(&directory__organisation_kind__descriptor, name);
        require(value != NULL);
        return value->value;
}

static const ProtobufCMessage *make_organisation(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_organisation *from = &plan->organisations[n];
        Directory__Organisation *organisation = NEW(directory__organisation, arena);
        Directory__PutOrganisation *request = NEW(directory__put_organisation, arena);
        organisation->siret = text(from->siret);
        organisation->kind = (Directory__OrganisationKind)kind_of(from->kind);
        organisation->name = text(from->name);
        organisation->postcode = text(table_member(plan->tables->communes, from->commune, "postcode"));
        organisation->city = text(table_member(plan->tables->communes, from->commune, "name"));
        organisation->commune = text(commune_code(plan, from->commune));
        organisation->territory = text(demo_territory(plan, from->commune));
        organisation->source = text("demo");
        organisation->source_id = arena_printf(arena, "demo-%zu", n + 1);
        organisation->updated_on = day_to(arena, plan->today);
        request->organisation = organisation;
        return &request->base;
}

static void took_organisation(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->organisations[n].id = id_of(((const Directory__PutOrganisationReply *)body)->organisation_id);
}

/* The object of the trade, with the place where it says {}. */
static char *object_of(const struct demo_plan *plan, const struct demo_contract *contract, struct arena *arena)
{
        const char *object = table_member(plan->tables->trades, contract->trade, "object");
        const char *hole = strstr(object, "{}");
        if (hole == NULL)
                return arena_text(arena, object);
        return arena_printf(arena, "%.*s%s%s", (int)(hole - object), object,
                            table_text(plan->tables->places, contract->place), hole + 2);
}

static void put_social(Contracts__ContractRecord *record, const struct demo_contract *contract, struct arena *arena)
{
        for (size_t i = 0; i < ARRAY_SIZE(contract->social); i++) {
                if (contract->social[i] == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN)
                        continue;
                record->social = pb_append(record->social, &record->n_social, sizeof(*record->social), arena);
                record->social[record->n_social - 1] = (Contracts__SocialConsideration)contract->social[i];
        }
}

static void put_parties(const struct demo_plan *plan, Contracts__ContractRecord *record,
                        const struct demo_contract *contract, struct arena *arena)
{
        const struct demo_organisation *company = &plan->organisations[contract->company];
        Contracts__CompanyId *contractor = NEW(contracts__company_id, arena);
        contractor->kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        contractor->value = text(company->siret);
        contractor->name = text(company->name);
        record->contractors =
                pb_append(record->contractors, &record->n_contractors, sizeof(*record->contractors), arena);
        record->contractors[record->n_contractors - 1] = contractor;
        record->buyer_siret = text(plan->organisations[contract->buyer].siret);
        record->buyer_name = text(plan->organisations[contract->buyer].name);
}

/* What else the 2022 format tells, by the contract's number. Above the threshold of a formal procedure, a call. */
static void put_publication(Contracts__ContractRecord *record, size_t n, struct arena *arena)
{
        enum { FORMAL_CENTS = 100 * 221000, WORKS_FORMAL_CENTS = 100 * 5538000, OFFERS = 6 };
        static const Contracts__EnvironmentalConsideration environmental[] = {
                CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL,
                CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CLAUSE,
                CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CRITERION,
        };
        bool works = strncmp(record->cpv, "45", 2) == 0;
        bool formal = record->amount->cents >= (works ? WORKS_FORMAL_CENTS : FORMAL_CENTS);
        record->procedure = text(formal ? "Appel d'offres ouvert" : "Procédure adaptée");
        record->ccag = text(works ? "Travaux" : "Fournitures courantes et services");
        record->offers_received = (uint32_t)(1 + n * 7 % OFFERS);
        if (n % 4 == 3) /* not told */
                return;
        record->environmental =
                pb_append(record->environmental, &record->n_environmental, sizeof(*record->environmental), arena);
        record->environmental[0] = environmental[n % 4];
}

static const ProtobufCMessage *make_contract(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_contract *contract = &plan->contracts[n];
        Contracts__ContractRecord *record = NEW(contracts__contract_record, arena);
        Contracts__ImportContract *request = NEW(contracts__import_contract, arena);
        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record->number = arena_printf(arena, "DEMO-%04zu", n + 1);
        record->nature = text("Marché");
        record->object = object_of(plan, contract, arena);
        record->cpv = text(table_member(plan->tables->trades, contract->trade, "cpv"));
        record->place = NEW(contracts__place, arena);
        record->place->code = text(commune_code(plan, contract->commune));
        record->place->kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record->place->name = text(table_member(plan->tables->communes, contract->commune, "name"));
        record->duration_months = contract->duration_months;
        record->notified_on = day_to(arena, contract->notified_on);
        record->published_on = day_to(arena, day_of_number(day_number(contract->notified_on) + 20));
        record->amount = money_to(arena, money_of_cents(contract->amount_cents));
        put_parties(plan, record, contract, arena);
        put_social(record, contract, arena);
        put_publication(record, n, arena);
        request->record = record;
        return &request->base;
}

static void took_contract(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->contracts[n].id = id_of(((const Contracts__ImportContractReply *)body)->contract_id);
}

static const ProtobufCMessage *make_clause(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_contract *contract = &plan->contracts[n];
        Contracts__PutClause *request = NEW(contracts__put_clause, arena);
        Contracts__Calibration *calibration = NEW(contracts__calibration, arena);
        struct share labour;
        if (id_is_zero(contract->id))
                return NULL;
        require(share_parse(table_member(plan->tables->trades, contract->trade, "labour_share"), &labour) == 0);
        calibration->amount = money_to(arena, money_of_cents(contract->amount_cents));
        calibration->labour_share = share_to(arena, labour);
        calibration->insertion_rate = share_to(arena, share_of_millionths(contract->insertion_rate_millionths));
        calibration->hourly_cost = money_to(arena, money_of_cents(DEMO_HOURLY_COST_CENTS));
        calibration->rounding = CONTRACTS__ROUNDING__TO_35;
        request->contract_id = id_to(arena, contract->id);
        request->lot = 1;
        request->calibration = calibration;
        return &request->base;
}

static void took_clause(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->contracts[n].clause = id_of(((const Contracts__PutClauseReply *)body)->clause_id);
}

static const ProtobufCMessage *make_obligation(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_contract *contract = &plan->contracts[n];
        const struct demo_organisation *company = &plan->organisations[contract->company];
        Contracts__RecordObligation *request = NEW(contracts__record_obligation, arena);
        if (id_is_zero(contract->clause))
                return NULL;
        request->clause_id = id_to(arena, contract->clause);
        request->contractor_siret = text(company->siret);
        request->contractor_name = text(company->name);
        request->contractor_organisation = id_to(arena, company->id);
        return &request->base;
}

static void took_obligation(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->contracts[n].obligation = id_of(((const Contracts__RecordObligationReply *)body)->obligation_id);
}

/* --- alerts --------------------------------------------------------------------------------------------------------
 */

static const ProtobufCMessage *make_subscription(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_organisation *prescriber = &plan->organisations[demo_prescriber(n)];
        Notifications__Subscribe *request = NEW(notifications__subscribe, arena);
        request->organisation_id = id_to(arena, prescriber->id);
        request->organisation_name = text(prescriber->name);
        request->territory = text(demo_territory(plan, prescriber->commune));
        request->email = arena_printf(arena, "alertes-%s-%zu@prescripteurs.example", request->territory, n + 1);
        return &request->base;
}

static const ProtobufCMessage *make_need(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_need *need = &plan->needs[n];
        const struct demo_contract *contract = &plan->contracts[need->contract];
        Contracts__DeclareNeed *request = NEW(contracts__declare_need, arena);
        if (id_is_zero(contract->obligation))
                return NULL;
        request->obligation_id = id_to(arena, contract->obligation);
        request->rome_code = text(table_member(plan->tables->trades, contract->trade, "rome"));
        request->title = text(table_member(plan->tables->trades, contract->trade, "title"));
        request->positions = need->positions;
        request->starts_on = day_to(arena, need->starts_on);
        request->commune = text(commune_code(plan, contract->commune));
        request->modality = (Types__Modality)need->modality;
        return &request->base;
}

static void took_need(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->needs[n].id = id_of(((const Contracts__DeclareNeedReply *)body)->need_id);
}

/* --- persons -------------------------------------------------------------------------------------------------------
 */

static const ProtobufCMessage *make_person(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_person *person = &plan->persons[n];
        Tracking__Identity *identity = NEW(tracking__identity, arena);
        Tracking__ReferBeneficiary *request = NEW(tracking__refer_beneficiary, arena);
        identity->family_name = text(person->family);
        identity->given_name = text(person->given);
        identity->born_on = day_to(arena, person->born_on);
        identity->sex = person->woman ? TRACKING__SEX__WOMAN : TRACKING__SEX__MAN;
        identity->commune = text(commune_code(plan, person->commune));
        request->identity = identity;
        request->territory = text(demo_territory(plan, person->commune));
        request->prescriber = id_to(arena, plan->organisations[person->prescriber].id);
        request->referred_on = day_to(arena, person->referred_on);
        return &request->base;
}

/* As another prescriber writes her name: in capitals, some days later. */
static const ProtobufCMessage *make_double(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_person *person = &plan->persons[demo_double(n)];
        Tracking__ReferBeneficiary *request =
                (Tracking__ReferBeneficiary *)(uintptr_t)make_person(plan, demo_double(n), arena);
        char *family = arena_text(arena, person->family);
        for (char *at = family; *at != '\0'; at++)
                if (*at >= 'a' && *at <= 'z')
                        *at = (char)(*at - 'a' + 'A');
        request->identity->family_name = family;
        request->prescriber = id_to(arena, plan->organisations[demo_other_prescriber(plan, person->prescriber)].id);
        request->referred_on = day_to(arena, day_of_number(day_number(person->referred_on) + 4));
        return &request->base;
}

static void took_person(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->persons[n].id = id_of(((const Tracking__ReferBeneficiaryReply *)body)->beneficiary_id);
}

static const ProtobufCMessage *make_decision(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_person *person = &plan->persons[n];
        const json_t *publics = plan->tables->publics;
        Tracking__DecideEligibility *request = NEW(tracking__decide_eligibility, arena);
        if (id_is_zero(person->id) || person->decision < 0)
                return NULL;
        request->beneficiary_id = id_to(arena, person->id);
        request->public_code = text(table_member(publics, person->public_row, "code"));
        request->proof_code = text(table_member(publics, person->public_row, "proof"));
        request->proof_dated = day_to(arena, day_of_number(day_number(person->eligible_from) - 12));
        request->valid_from = day_to(arena, person->eligible_from);
        request->decided_on = request->judged_on = request->valid_from;
        request->eligible = person->decision == 1;
        if (person->decision == 0)
                request->reason = text("Le justificatif ne correspond pas à la situation déclarée.");
        return &request->base;
}

static const ProtobufCMessage *make_placement(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_placement *placement = &plan->placements[n];
        const struct demo_contract *contract = &plan->contracts[placement->contract];
        const struct demo_person *person = &plan->persons[placement->person];
        Tracking__OpenPlacement *request = NEW(tracking__open_placement, arena);
        if (id_is_zero(person->id) || id_is_zero(contract->obligation))
                return NULL;
        request->beneficiary_id = id_to(arena, person->id);
        request->obligation_id = id_to(arena, contract->obligation);
        request->modality = (Types__Modality)placement->modality;
        request->employer = id_to(arena, plan->organisations[placement->employer].id);
        request->employer_name = text(plan->organisations[placement->employer].name);
        if (placement->modality == TYPES__MODALITY__STAFF_PROVIDED)
                request->host_company = id_to(arena, plan->organisations[contract->company].id);
        request->tutor =
                arena_printf(arena, "%s %s", table_text(plan->tables->men, n), table_text(plan->tables->family, n + 7));
        if (placement->modality == TYPES__MODALITY__STAFF_PROVIDED)
                request->referent = arena_printf(arena, "%s %s", table_text(plan->tables->women, n),
                                                 table_text(plan->tables->family, n + 3));
        request->starts_on = day_to(arena, placement->starts_on);
        if (placement->ends)
                request->ends_on = day_to(arena, placement->ends_on);
        request->weekly_hours = hours_to(arena, hours_of_hundredths(placement->weekly_hundredths));
        request->rome_code = text(table_member(plan->tables->trades, contract->trade, "rome"));
        request->work_contract = text(placement->work_contract);
        return &request->base;
}

static void took_placement(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->placements[n].id = id_of(((const Tracking__OpenPlacementReply *)body)->placement_id);
}

/* --- hours, invoices, ends -----------------------------------------------------------------------------------------
 */

static const ProtobufCMessage *make_submission(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_month *month = &plan->months[n];
        Tracking__SubmitHours *request = NEW(tracking__submit_hours, arena);
        if (n >= plan->month_count || id_is_zero(plan->placements[month->placement].id))
                return NULL;
        request->placement_id = id_to(arena, plan->placements[month->placement].id);
        request->month = month_to(arena, month->month);
        request->hours = hours_to(arena, hours_of_hundredths(month->hundredths));
        request->stated_on = day_to(arena, month->stated_on);
        return &request->base;
}

static const ProtobufCMessage *make_validation(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_month *month = &plan->months[n];
        Tracking__ValidateHours *request = NEW(tracking__validate_hours, arena);
        if (n >= plan->month_count || !month->validated || id_is_zero(plan->placements[month->placement].id))
                return NULL;
        request->placement_id = id_to(arena, plan->placements[month->placement].id);
        request->month = month_to(arena, month->month);
        request->validated_on = day_to(arena, month->decided_on);
        request->reason = text("Vérifié sur le bulletin de paie."); /* some months are far from the one before */
        return &request->base;
}

static const ProtobufCMessage *make_invoice(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_invoice *invoice = &plan->invoices[n];
        const struct demo_contract *contract = &plan->contracts[invoice->contract];
        Tracking__RecordInvoice *request = NEW(tracking__record_invoice, arena);
        if (id_is_zero(contract->obligation))
                return NULL;
        request->obligation_id = id_to(arena, contract->obligation);
        request->subcontractor = id_to(arena, plan->organisations[invoice->structure].id);
        request->number = arena_printf(arena, "F-%04u", invoice->number);
        request->dated = day_to(arena, invoice->dated);
        request->amount = money_to(arena, money_of_cents(invoice->amount_cents));
        request->territory = text(demo_territory(plan, contract->commune));
        if (invoice->declared_hundredths > 0)
                request->declared_hours = hours_to(arena, hours_of_hundredths(invoice->declared_hundredths));
        return &request->base;
}

static const ProtobufCMessage *make_end(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_placement *placement = &plan->placements[n];
        Tracking__EndPlacement *request = NEW(tracking__end_placement, arena);
        if (placement->outcome == 0 || id_is_zero(placement->id))
                return NULL;
        request->placement_id = id_to(arena, placement->id);
        request->ended_on = day_to(arena, placement->ends_on);
        request->outcome = (Tracking__Outcome)placement->outcome;
        return &request->base;
}

const struct demo_phase demo_phases[] = {
        {"Organisations", "directory.PutOrganisation", DEMO_ORGANISATIONS, false, who_keeps_organisation,
         make_organisation, took_organisation},
        {"Contrats", "contracts.ImportContract", DEMO_CONTRACTS, false, who_keeps_contract, make_contract,
         took_contract},
        {"Abonnements des prescripteurs", "notifications.Subscribe", DEMO_PRESCRIBERS, true, who_subscribes,
         make_subscription, NULL},
        {"Clauses", "contracts.PutClause", DEMO_CLAUSES, false, who_keeps_contract, make_clause, took_clause},
        {"Obligations", "contracts.RecordObligation", DEMO_CLAUSES, false, who_keeps_contract, make_obligation,
         took_obligation},
        {"Besoins", "contracts.DeclareNeed", DEMO_NEEDS, true, who_needs, make_need, took_need},
        {"Personnes orientées", "tracking.ReferBeneficiary", DEMO_PERSONS, false, who_refers, make_person, took_person},
        {"Personnes orientées deux fois", "tracking.ReferBeneficiary", DEMO_DOUBLES, false, who_refers_again,
         make_double, NULL},
        {"Décisions d'éligibilité", "tracking.DecideEligibility", DEMO_PERSONS, false, who_decides, make_decision,
         NULL},
        {"Propositions", "tracking.ProposeBeneficiary", DEMO_PROPOSALS, true, who_proposes, demo_make_proposal,
         demo_took_proposal},
        {"Propositions envoyées", "tracking.SendProposal", DEMO_PROPOSALS, false, who_sends, demo_make_sending, NULL},
        {"Réponses des entreprises", "tracking.AnswerProposal", DEMO_PROPOSALS, false, who_answers, demo_make_answer,
         NULL},
        {"Propositions reportées", "tracking.PostponeProposal", DEMO_PROPOSALS, false, who_answers,
         demo_make_postponement, NULL},
        {"Propositions retirées", "tracking.WithdrawProposal", DEMO_PROPOSALS, false, who_sends, demo_make_withdrawal,
         NULL},
        {"Parcours", "tracking.OpenPlacement", DEMO_PLACEMENTS, true, who_follows_placement, make_placement,
         took_placement},
        {"Contacts", "tracking.RecordContact", DEMO_CONTACTS *DEMO_PLACEMENTS, false, who_makes_contact,
         demo_make_contact, NULL},
        {"Heures déclarées", "tracking.SubmitHours", DEMO_MONTHS_MAX, false, who_states, make_submission, NULL},
        {"Heures validées", "tracking.ValidateHours", DEMO_MONTHS_MAX, false, who_validates, make_validation, NULL},
        {"Heures renvoyées", "tracking.ReturnHours", DEMO_MONTHS_MAX, false, who_validates, demo_make_return, NULL},
        {"Factures de sous-traitance", "tracking.RecordInvoice", DEMO_INVOICES, false, who_keeps_invoice, make_invoice,
         NULL},
        {"Fins de parcours", "tracking.EndPlacement", DEMO_PLACEMENTS, false, who_follows_placement, make_end, NULL},
};
const size_t demo_phase_count = ARRAY_SIZE(demo_phases);
