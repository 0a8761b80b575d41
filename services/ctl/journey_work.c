/* Steps 5 to 7 of the journey: persons, placements, hours, ends. */
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/journey_steps.h"
#include "services/ctl/options.h"
#include "contracts/queries.pb-c.h"
#include "directory/queries.pb-c.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { INVOICE_CENTS = 560000, LABOUR_MILLIONTHS = 500000, COST_CENTS = 2800, WEEKLY_HUNDREDTHS = 3500 };

/* Invented, as everybody in this journey. */
static const struct {
        const char *given, *family;
        Tracking__Sex sex;
        Types__Modality modality;
        const char *work_contract;
        int64_t hundredths; /* of the month */
} cast[JOURNEY_PERSONS] = {
        {"Maëlle", "Cazenobe", TRACKING__SEX__WOMAN, TYPES__MODALITY__DIRECT_HIRE, "CDD", 15167},
        {"Bakary", "Estrabaut", TRACKING__SEX__MAN, TYPES__MODALITY__STAFF_PROVIDED, "INTERIM", 12050},
        {"Inès", "Vaissade", TRACKING__SEX__WOMAN, TYPES__MODALITY__SUBCONTRACTING, "CDDI", 10400},
};

/* --- step 5 --------------------------------------------------------------------------------------------------------
 */

/* A structure of this kind: of the territory where there is one, else of anywhere. */
static bool find_structure(struct journey *journey, const char *territory, Directory__OrganisationKind kind,
                           struct journey_person *person)
{
        scoped(arena_fini) struct arena arena = {0};
        for (int anywhere = 0; anywhere <= 1; anywhere++) {
                Directory__OrganisationsRequest request = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
                request.kind = kind;
                request.territory = arena_text(&arena, anywhere ? "" : territory);
                const Directory__OrganisationsReply *reply =
                        session_call(&journey->session, "directory.Organisations", &request, NULL, &arena);
                if (reply == NULL)
                        return false;
                if (reply->n_organisations == 0)
                        continue;
                person->employer = id_of(reply->organisations[0]->organisation_id);
                journey_copy(person->employer_name, sizeof(person->employer_name),
                             reply->organisations[0]->organisation->name);
                return true;
        }
        return complain("l'annuaire n'a aucune structure inclusive de ce type.") == 0;
}

static bool choose_employer(struct journey *journey, struct journey_leg *leg, struct journey_person *person)
{
        switch (person->modality) {
        case TYPES__MODALITY__STAFF_PROVIDED:
                person->submitter = TYPES__ROLE__COMPANY;
                return find_structure(journey, leg->territory, DIRECTORY__ORGANISATION_KIND__ETTI, person);
        case TYPES__MODALITY__SUBCONTRACTING:
                person->submitter = TYPES__ROLE__STRUCTURE;
                return find_structure(journey, leg->territory, DIRECTORY__ORGANISATION_KIND__EI, person);
        default:
                person->submitter = TYPES__ROLE__COMPANY;
                person->employer = leg->company;
                journey_copy(person->employer_name, sizeof(person->employer_name), leg->company_name);
                return true;
        }
}

static bool refer(struct journey *journey, struct journey_leg *leg, size_t n)
{
        scoped(arena_fini) struct arena arena = {0};
        Tracking__ReferBeneficiary request = TRACKING__REFER_BENEFICIARY__INIT;
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        identity.given_name = arena_text(&arena, cast[n].given);
        identity.family_name = arena_text(&arena, cast[n].family);
        identity.sex = cast[n].sex;
        identity.born_on = day_to(&arena, day_add_months(journey->today, -12 * (30 + (int)n)));
        identity.commune = leg->commune;
        request.identity = &identity;
        request.territory = leg->territory;
        request.need_id = id_to(&arena, leg->need);
        session_act(&journey->session, TYPES__ROLE__PRESCRIBER, &leg->prescriber, leg->territory);
        const Tracking__ReferBeneficiaryReply *reply =
                session_call(&journey->session, "tracking.ReferBeneficiary", &request, NULL, &arena);
        if (reply == NULL)
                return false;
        leg->persons[n].id = id_of(reply->beneficiary_id);
        return true;
}

static bool decide_leg(struct journey *journey, const struct journey_leg *leg, size_t n)
{
        scoped(arena_fini) struct arena arena = {0};
        Tracking__DecideEligibility request = TRACKING__DECIDE_ELIGIBILITY__INIT;
        struct day first = month_first_day(journey->month);
        request.beneficiary_id = id_to(&arena, leg->persons[n].id);
        request.public_code = arena_text(&arena, "B_DELD");
        request.proof_code = arena_text(&arena, "ATTESTATION_RECHERCHE");
        request.proof_dated = day_to(&arena, day_of_number(day_number(first) - 10));
        request.valid_from = day_to(&arena, first);
        request.decided_on = day_to(&arena, day_number(first) < day_number(journey->today) ? first : journey->today);
        request.eligible = true;
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, leg->territory);
        return session_call(&journey->session, "tracking.DecideEligibility", &request, NULL, &arena) != NULL;
}

static bool open_placement(struct journey *journey, struct journey_leg *leg, size_t n)
{
        scoped(arena_fini) struct arena arena = {0};
        struct journey_person *person = &leg->persons[n];
        Tracking__OpenPlacement request = TRACKING__OPEN_PLACEMENT__INIT;
        struct day first = month_first_day(journey->month);
        request.beneficiary_id = id_to(&arena, person->id);
        request.obligation_id = id_to(&arena, leg->obligation);
        request.modality = person->modality;
        request.employer = id_to(&arena, person->employer);
        request.employer_name = person->employer_name;
        if (person->modality == TYPES__MODALITY__STAFF_PROVIDED)
                request.host_company = id_to(&arena, leg->company);
        request.tutor = arena_text(&arena, "Odile Quercadou");
        request.referent = arena_text(&arena, "Farid Tournadre");
        request.starts_on = day_to(&arena, first);
        request.ends_on = day_to(&arena, day_add_months(first, 9));
        request.weekly_hours = hours_to(&arena, hours_of_hundredths(WEEKLY_HUNDREDTHS));
        request.rome_code = arena_text(&arena, "F1703");
        request.work_contract = arena_text(&arena, cast[n].work_contract);
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, leg->territory);
        const Tracking__OpenPlacementReply *reply =
                session_call(&journey->session, "tracking.OpenPlacement", &request, NULL, &arena);
        if (reply == NULL)
                return false;
        person->placement = id_of(reply->placement_id);
        return true;
}

bool journey_place_persons(struct journey *journey, struct journey_leg *leg)
{
        for (size_t n = 0; n < JOURNEY_PERSONS; n++) {
                struct journey_person *person = &leg->persons[n];
                person->modality = cast[n].modality;
                session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
                if (!choose_employer(journey, leg, person) || !refer(journey, leg, n) || !decide_leg(journey, leg, n) ||
                    !open_placement(journey, leg, n))
                        return false;
                journey_check(journey,
                              id_partition(person->id) == leg->instance->partition &&
                                      id_partition(person->placement) == leg->instance->partition,
                              "parcours n° %zu ouvert par %s, employeur %s", n + 1, leg->instance->name,
                              person->employer_name);
        }
        return journey_find_notice(journey, leg, NOTIFICATIONS__NOTICE_KIND__PLACEMENT_STARTED,
                                   leg->persons[0].placement);
}

/* --- step 6 --------------------------------------------------------------------------------------------------------
 */

static bool state_month(struct journey *journey, struct journey_leg *leg, size_t n)
{
        scoped(arena_fini) struct arena arena = {0};
        struct journey_person *person = &leg->persons[n];
        Tracking__SubmitHours submit = TRACKING__SUBMIT_HOURS__INIT;
        Tracking__ValidateHours validate = TRACKING__VALIDATE_HOURS__INIT;
        person->hours = hours_of_hundredths(cast[n].hundredths);
        submit.placement_id = id_to(&arena, person->placement);
        submit.month = month_to(&arena, journey->month);
        submit.hours = hours_to(&arena, person->hours);
        const struct id *speaker = person->submitter == TYPES__ROLE__STRUCTURE ? &person->employer : &leg->company;
        session_act(&journey->session, person->submitter, speaker, leg->territory);
        if (session_call(&journey->session, "tracking.SubmitHours", &submit, NULL, &arena) == NULL)
                return false;

        validate.placement_id = submit.placement_id;
        validate.month = submit.month;
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, leg->territory);
        if (session_call(&journey->session, "tracking.ValidateHours", &validate, NULL, &arena) == NULL)
                return false;
        return hours_add(leg->done, person->hours, &leg->done) == 0;
}

static bool record_invoice(struct journey *journey, struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        Tracking__RecordInvoice request = TRACKING__RECORD_INVOICE__INIT;
        struct journey_person structure = {0};
        struct hours expected;
        char text[JOURNEY_AMOUNT_SIZE];
        if (!find_structure(journey, leg->territory, DIRECTORY__ORGANISATION_KIND__ACI, &structure))
                return false;
        leg->subcontractor = structure.employer;
        request.obligation_id = id_to(&arena, leg->obligation);
        request.subcontractor = id_to(&arena, structure.employer);
        request.number = arena_printf(&arena, "P-%02x%02x%02x", leg->obligation.b[13], leg->obligation.b[14],
                                      leg->obligation.b[15]);
        request.dated = day_to(&arena, day_of_number(day_number(journey->today) - 3));
        request.amount = money_to(&arena, money_of_cents(INVOICE_CENTS));
        request.territory = leg->territory;
        const Tracking__RecordInvoiceReply *reply =
                session_call(&journey->session, "tracking.RecordInvoice", &request, NULL, &arena);
        if (reply == NULL)
                return false;
        leg->converted = hours_of(reply->hours);
        require(hours_bought(money_of_cents(INVOICE_CENTS), share_of_millionths(LABOUR_MILLIONTHS),
                             share_of_millionths(SHARE_ONE_MILLIONTHS), money_of_cents(COST_CENTS), &expected) == 0);
        (void)journey_hours(leg->converted, text);
        journey_check(journey, hours_hundredths(leg->converted) == hours_hundredths(expected),
                      "facture de 5 600 € de %s : %s h", structure.employer_name, text);
        return true;
}

bool journey_state_hours(struct journey *journey, struct journey_leg *leg)
{
        for (size_t n = 0; n < JOURNEY_PERSONS; n++)
                if (!state_month(journey, leg, n))
                        return false;
        return record_invoice(journey, leg);
}

bool journey_check_ledger(struct journey *journey, struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ObligationById request = CONTRACTS__OBLIGATION_BY_ID__INIT;
        char due[JOURNEY_AMOUNT_SIZE];
        char done[JOURNEY_AMOUNT_SIZE];
        char remaining[JOURNEY_AMOUNT_SIZE];
        request.obligation_id = id_to(&arena, leg->obligation);
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
        const Contracts__ObligationView *view =
                session_call(&journey->session, "contracts.ObligationById", &request, NULL, &arena);
        if (view == NULL)
                return false;
        int64_t expected = hours_hundredths(leg->due) - hours_hundredths(leg->done) - hours_hundredths(leg->converted);
        (void)journey_hours(hours_of(view->due), due);
        (void)journey_hours(hours_of(view->done), done);
        (void)journey_hours(hours_of(view->remaining), remaining);
        journey_check(journey,
                      hours_hundredths(hours_of(view->done)) == hours_hundredths(leg->done) &&
                              hours_hundredths(hours_of(view->converted)) == hours_hundredths(leg->converted) &&
                              hours_hundredths(hours_of(view->remaining)) == expected,
                      "compte des heures : %s dues, %s faites, %s restent, en %zu écritures", due, done, remaining,
                      view->n_entries);
        return true;
}

/* --- step 7 --------------------------------------------------------------------------------------------------------
 */

bool journey_end_placements(struct journey *journey, struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        Tracking__EndPlacement request = TRACKING__END_PLACEMENT__INIT;
        request.placement_id = id_to(&arena, leg->persons[0].placement);
        request.ended_on = day_to(&arena, day_of_number(day_number(journey->today) - 1));
        request.outcome = TRACKING__OUTCOME__DURABLE_JOB;
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, leg->territory);
        if (session_call(&journey->session, "tracking.EndPlacement", &request, NULL, &arena) == NULL)
                return false;
        return journey_find_notice(journey, leg, NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED,
                                   leg->persons[0].placement);
}
