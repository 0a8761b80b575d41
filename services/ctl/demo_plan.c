#include "services/ctl/demo_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/base/siret.h"
#include "contracts/record.pb-c.h"
#include "tracking/commands.pb-c.h"

enum {
        DEPARTMENTS = 13,
        DEMO_CLAUSES_TO_COME = 12, /* published, not calibrated yet */
        LAST_SUBMITTED_MONTHS = 1,
        DAYS_IN_MONTH = 30,
        PREPARATION_DAYS = 30, /* from the notification to the first hour */
        WORK_DAYS_MAX = 420,   /* how long ago somebody has started */
        WORK_DAYS_MIN = 25,
};

static size_t draw(struct demo_plan *plan, size_t below)
{
        uint64_t word;
        plan->world.random(&plan->world, &word, sizeof(word));
        return (size_t)(word % below);
}

static int between(struct demo_plan *plan, int low, int high)
{
        return low + (int)draw(plan, (size_t)(high - low + 1));
}

static int least(int a, int b)
{
        return a < b ? a : b;
}

static struct day days_before(struct day day, int days)
{
        return day_of_number(day_number(day) - days);
}

const char *demo_territory(const struct demo_plan *plan, size_t commune)
{
        return table_member(plan->tables->communes, commune, "territory");
}

/* --- organisations -------------------------------------------------------------------------------------------------
 */

/* In 999 0…: a range that INSEE has not given out, with checksums that hold. */
static void make_siret(size_t n, char ret_siret[DEMO_SIRET_SIZE])
{
        siret_make(99900000 + (unsigned)(n % 10000), 1, ret_siret);
}

/* The n-th department's first commune. */
static size_t first_commune_of(const struct demo_plan *plan, size_t department)
{
        size_t seen = 0;
        for (size_t i = 1; i < json_array_size(plan->tables->communes); i++) {
                if (strcmp(demo_territory(plan, i), demo_territory(plan, i - 1)) == 0)
                        continue;
                if (++seen == department)
                        return i;
        }
        return 0;
}

static void plan_organisation(struct demo_plan *plan, size_t n)
{
        const struct demo_tables *tables = plan->tables;
        struct demo_organisation *organisation = &plan->organisations[n];
        const char *name;

        make_siret(n + 1, organisation->siret);
        organisation->commune = draw(plan, json_array_size(tables->communes));
        if (n < DEMO_BUYERS) {
                organisation->kind = "PUBLIC_BUYER";
                (void)snprintf(organisation->name, sizeof(organisation->name), "%s du %s",
                               table_text(tables->buyers, n), table_text(tables->places, n));
                return;
        }
        if (n < demo_structure(0)) {
                organisation->kind = "ORDINARY_COMPANY";
                name = table_member(tables->companies, n - demo_company(0), "name");
        } else if (n < demo_prescriber(0)) {
                organisation->kind = table_member(tables->structures, n - demo_structure(0), "kind");
                name = table_member(tables->structures, n - demo_structure(0), "name");
        } else {
                size_t rank = n - demo_prescriber(0);
                size_t row = rank < DEPARTMENTS ? rank % 2 : 2 + rank % (json_array_size(tables->prescribers) - 2);
                organisation->commune = first_commune_of(plan, rank % DEPARTMENTS);
                organisation->kind = table_member(tables->prescribers, row, "kind");
                (void)snprintf(organisation->name, sizeof(organisation->name), "%s (%s)",
                               table_member(tables->prescribers, row, "name"),
                               table_member(tables->communes, organisation->commune, "name"));
                return;
        }
        (void)snprintf(organisation->name, sizeof(organisation->name), "%s", name);
}

/* --- contracts and needs -------------------------------------------------------------------------------------------
 */

static void plan_social(struct demo_plan *plan, size_t n, struct demo_contract *contract)
{
        if (n < DEMO_CLAUSES + DEMO_CLAUSES_TO_COME) {
                contract->social[0] = CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE;
                if (draw(plan, 4) == 0)
                        contract->social[1] = CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION;
                return;
        }
        static const int others[] = {
                CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL,
                CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL,      CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION,
                CONTRACTS__SOCIAL_CONSIDERATION__RESERVED,
        };
        contract->social[0] = others[draw(plan, ARRAY_SIZE(others))];
}

/* A company whose trade it is. */
static size_t company_for(struct demo_plan *plan, size_t trade)
{
        const char *rome = table_member(plan->tables->trades, trade, "rome");
        size_t first = draw(plan, DEMO_COMPANIES);
        for (size_t i = 0; i < DEMO_COMPANIES; i++) {
                size_t n = (first + i) % DEMO_COMPANIES;
                if (strstr(table_member(plan->tables->companies, n, "trades"), rome) != NULL)
                        return demo_company(n);
        }
        return demo_company(first);
}

static int age_of(const struct demo_plan *plan, const struct demo_contract *contract)
{
        return day_number(plan->today) - day_number(contract->notified_on);
}

/* Hours that should be done by now: the clause's, as far as the contract has come, and some contracts lag. */
static void plan_missing(struct demo_plan *plan, struct demo_contract *contract)
{
        struct share labour;
        struct hours due;
        require(share_parse(table_member(plan->tables->trades, contract->trade, "labour_share"), &labour) == 0);
        require(hours_bought(money_of_cents(contract->amount_cents), labour,
                             share_of_millionths(contract->insertion_rate_millionths),
                             money_of_cents(DEMO_HOURLY_COST_CENTS), &due) == 0);
        int whole = (int)contract->duration_months * DAYS_IN_MONTH;
        int gone = least(age_of(plan, contract), whole);
        contract->missing_hundredths = hours_hundredths(due) * gone / whole * between(plan, 70, 110) / 100;
}

static void plan_contract(struct demo_plan *plan, size_t n)
{
        struct demo_contract *contract = &plan->contracts[n];
        contract->buyer = draw(plan, DEMO_BUYERS);
        contract->trade = draw(plan, json_array_size(plan->tables->trades));
        contract->company = company_for(plan, contract->trade);
        /* The first contracts visit every department in turn, so that none is empty. */
        contract->commune = n < 2 * DEPARTMENTS ? first_commune_of(plan, n % DEPARTMENTS)
                                                : draw(plan, json_array_size(plan->tables->communes));
        contract->place = draw(plan, json_array_size(plan->tables->places));
        contract->amount_cents = (int64_t)between(plan, 90, 1400) * 200000; /* 180,000 to 2,800,000 euros */
        contract->insertion_rate_millionths = (uint32_t)between(plan, 5, 12) * 10000;
        contract->notified_on = days_before(plan->today, between(plan, 25, 700));
        contract->duration_months = (unsigned)between(plan, 12, 48);
        plan_social(plan, n, contract);
        plan_missing(plan, contract);
}

static void plan_need(struct demo_plan *plan, size_t n)
{
        struct demo_need *need = &plan->needs[n];
        need->contract = n * DEMO_CLAUSES / DEMO_NEEDS;
        need->positions = (unsigned)between(plan, 1, 5);
        need->starts_on = days_before(plan->today, -between(plan, 10, 70));
        need->modality = between(plan, TYPES__MODALITY__DIRECT_HIRE, TYPES__MODALITY__SUBCONTRACTING);
}

/* --- persons and placements ----------------------------------------------------------------------------------------
 */

static size_t prescriber_of(struct demo_plan *plan, size_t commune)
{
        const char *territory = demo_territory(plan, commune);
        size_t first = draw(plan, DEMO_PRESCRIBERS);
        for (size_t i = 0; i < DEMO_PRESCRIBERS; i++) {
                size_t n = demo_prescriber((first + i) % DEMO_PRESCRIBERS);
                if (strcmp(demo_territory(plan, plan->organisations[n].commune), territory) == 0)
                        return n;
        }
        return demo_prescriber(first);
}

size_t demo_other_prescriber(const struct demo_plan *plan, size_t prescriber)
{
        const char *territory = demo_territory(plan, plan->organisations[prescriber].commune);
        for (size_t i = 0; i < DEMO_PRESCRIBERS; i++) {
                size_t n = demo_prescriber(i);
                if (n != prescriber && strcmp(demo_territory(plan, plan->organisations[n].commune), territory) == 0)
                        return n;
        }
        return prescriber;
}

static size_t public_for(struct demo_plan *plan, int age)
{
        const json_t *publics = plan->tables->publics;
        for (;;) {
                size_t row = draw(plan, json_array_size(publics));
                bool for_anybody = *table_member(publics, row, "employer") == '\0';
                if (for_anybody && age >= table_number(publics, row, "age_min", 0) &&
                    age <= table_number(publics, row, "age_max", 120))
                        return row;
        }
}

/* Where somebody works: on the contract that is furthest behind, of those that have begun. */
static size_t contract_behind(const struct demo_plan *plan)
{
        size_t best = 0;
        int64_t most = INT64_MIN;
        for (size_t n = 0; n < DEMO_CLAUSES; n++) {
                const struct demo_contract *contract = &plan->contracts[n];
                if (age_of(plan, contract) < PREPARATION_DAYS + 2 * WORK_DAYS_MIN ||
                    contract->missing_hundredths <= most)
                        continue;
                most = contract->missing_hundredths;
                best = n;
        }
        return best;
}

/* She was referred some weeks before it was decided; who waits for a decision, some weeks ago. */
static void plan_referral(struct demo_plan *plan, size_t n)
{
        struct demo_person *person = &plan->persons[n];
        int days = 8 + (int)(n * 37 % 38);
        person->referred_on = days_before(person->decision < 0 ? plan->today : person->eligible_from, days);
}

static void plan_person(struct demo_plan *plan, size_t n)
{
        const struct demo_tables *tables = plan->tables;
        struct demo_person *person = &plan->persons[n];
        int age = draw(plan, 4) == 0   ? between(plan, 19, 24)
                  : draw(plan, 4) == 0 ? between(plan, 52, 60)
                                       : between(plan, 27, 49);
        person->woman = draw(plan, 5) < 2;
        person->given = table_text(person->woman ? tables->women : tables->men, draw(plan, 1000));
        person->family = table_text(tables->family, draw(plan, 1000));
        person->contract = n < DEMO_PLACEMENTS ? contract_behind(plan) : draw(plan, DEMO_CLAUSES);
        person->commune = plan->contracts[person->contract].commune;
        person->prescriber = prescriber_of(plan, person->commune);
        int days = least(WORK_DAYS_MAX, age_of(plan, &plan->contracts[person->contract]) - PREPARATION_DAYS);
        person->eligible_from =
                days_before(plan->today, days <= WORK_DAYS_MIN ? WORK_DAYS_MIN : between(plan, WORK_DAYS_MIN, days));
        person->born_on = days_before(day_add_months(person->eligible_from, -12 * age), between(plan, 5, 300));
        person->public_row = public_for(plan, age);
        person->decision = n < DEMO_PLACEMENTS + 15 ? 1 : n < DEMO_PLACEMENTS + 22 ? 0 : -1;
        plan_referral(plan, n);
}

/* A structure of one of these kinds. */
static size_t structure_of_kind(struct demo_plan *plan, const char *kinds)
{
        size_t first = draw(plan, DEMO_STRUCTURES);
        for (size_t i = 0; i < DEMO_STRUCTURES; i++) {
                size_t n = demo_structure((first + i) % DEMO_STRUCTURES);
                const char *at = strstr(kinds, plan->organisations[n].kind);
                size_t length = strlen(plan->organisations[n].kind);
                if (at != NULL && at[length] == ' ' && (at == kinds || at[-1] == ' '))
                        return n;
        }
        return demo_structure(first);
}

static const char *contract_of_kind(const char *kind)
{
        return strcmp(kind, "AI") == 0 ? "CDDI" : strcmp(kind, "GEIQ") == 0 ? "PROFESSIONNALISATION" : "INTERIM";
}

/* Whom a structure employs is often eligible for that alone. */
static void plan_public_of_employer(struct demo_plan *plan, const struct demo_placement *placement)
{
        const json_t *publics = plan->tables->publics;
        const char *kind = plan->organisations[placement->employer].kind;
        if (draw(plan, 2) == 0)
                return;
        for (size_t row = 0; row < json_array_size(publics); row++)
                if (strcmp(table_member(publics, row, "employer"), kind) == 0)
                        plan->persons[placement->person].public_row = row;
}

static void plan_modality(struct demo_plan *plan, struct demo_placement *placement)
{
        static const char *const hired[] = {"CDD", "CDI", "CDD", "PROFESSIONNALISATION", "APPRENTISSAGE"};
        placement->modality = between(plan, TYPES__MODALITY__DIRECT_HIRE, TYPES__MODALITY__SUBCONTRACTING);
        switch (placement->modality) {
        case TYPES__MODALITY__DIRECT_HIRE:
                placement->employer = plan->contracts[placement->contract].company;
                placement->work_contract = hired[draw(plan, ARRAY_SIZE(hired))];
                return;
        case TYPES__MODALITY__STAFF_PROVIDED:
                placement->employer = structure_of_kind(plan, "ETTI AI GEIQ EATT ");
                placement->work_contract = contract_of_kind(plan->organisations[placement->employer].kind);
                return;
        default:
                placement->employer = structure_of_kind(plan, "EI ACI EA REGIE_DE_QUARTIER ");
                placement->work_contract = "CDDI";
                return;
        }
}

static void plan_end(struct demo_plan *plan, struct demo_placement *placement)
{
        static const int outcomes[] = {
                TRACKING__OUTCOME__DURABLE_JOB,   TRACKING__OUTCOME__DURABLE_JOB, TRACKING__OUTCOME__TRANSITION_JOB,
                TRACKING__OUTCOME__POSITIVE_EXIT, TRACKING__OUTCOME__OTHER_EXIT,  TRACKING__OUTCOME__WITHDRAWN,
        };
        placement->ends = strcmp(placement->work_contract, "CDI") != 0;
        if (!placement->ends)
                return;
        placement->ends_on = days_before(placement->starts_on, -between(plan, 90, 420));
        /* Now and then nobody has said how it ended. */
        if (day_number(placement->ends_on) < day_number(plan->today) && draw(plan, 16) > 0)
                placement->outcome = outcomes[draw(plan, ARRAY_SIZE(outcomes))];
}

/* Days of a month on which it ran. */
static int days_worked(const struct demo_placement *placement, struct month month, bool over)
{
        int first = day_number(month_first_day(month));
        int last = day_number(month_first_day(month_of_number(month_number(month) + 1))) - 1;
        if (first < day_number(placement->starts_on))
                first = day_number(placement->starts_on);
        if (over)
                last = least(last, day_number(placement->ends_on));
        return last - first + 1;
}

static struct day at_most(struct day day, struct day latest)
{
        return day_number(day) < day_number(latest) ? day : latest;
}

/* Stated in the first days of the next month, looked at some days later. */
static void plan_days_of_month(const struct demo_plan *plan, struct demo_month *month, size_t n)
{
        struct day after = month_first_day(month_of_number(month_number(month->month) + 1));
        month->stated_on = at_most(days_before(after, -(int)(n * 5 % 9)), plan->today);
        month->decided_on = at_most(days_before(month->stated_on, -(1 + (int)(n * 3 % 8))), plan->today);
}

/* Each month of work up to the last whole one: of the latest most wait and some are not stated yet; of those before, a
 * few have been forgotten. Where the end is known, all of it was cleared up before. */
static void plan_months(struct demo_plan *plan, size_t n)
{
        const struct demo_placement *placement = &plan->placements[n];
        const int latest = month_number(month_of_day(plan->today)) - LAST_SUBMITTED_MONTHS;
        bool over = placement->ends && day_number(placement->ends_on) < day_number(plan->today);
        int last = over ? least(latest, month_number(month_of_day(placement->ends_on))) : latest;
        for (int at = month_number(month_of_day(placement->starts_on)); at <= last; at++) {
                int worked = days_worked(placement, month_of_number(at), over);
                bool clear = placement->outcome != 0, is_latest = at == latest;
                bool is_forgotten = !clear && !is_latest && (n * 7 + (size_t)at) % 13 == 0;
                if (worked <= 0 || is_forgotten || plan->month_count == DEMO_MONTHS_MAX ||
                    (!clear && is_latest && draw(plan, 8) == 0))
                        continue;
                plan->months[plan->month_count++] = (struct demo_month){
                        .placement = n,
                        .month = month_of_number(at),
                        .hundredths = placement->weekly_hundredths * worked * between(plan, 78, 100) / 700,
                        .validated = clear || (is_latest ? draw(plan, 3) == 0 : draw(plan, 30) > 0),
                };
                struct demo_month *month = &plan->months[plan->month_count - 1];
                month->returned = !month->validated && n % 4 == 1;
                plan_days_of_month(plan, month, plan->month_count);
        }
}

static void plan_placement(struct demo_plan *plan, size_t n)
{
        static const int64_t weekly[] = {3500, 3500, 3500, 2800, 2600, 2400};
        struct demo_placement *placement = &plan->placements[n];
        placement->person = n;
        placement->contract = plan->persons[n].contract;
        placement->starts_on = plan->persons[n].eligible_from;
        placement->weekly_hundredths = weekly[draw(plan, ARRAY_SIZE(weekly))];
        plan_modality(plan, placement);
        plan_public_of_employer(plan, placement);
        plan_end(plan, placement);
        plan_months(plan, n);
        int until = day_number(plan->today);
        if (placement->ends)
                until = least(until, day_number(placement->ends_on));
        plan->contracts[placement->contract].missing_hundredths -=
                placement->weekly_hundredths * (until - day_number(placement->starts_on)) / 7;
}

static void plan_invoice(struct demo_plan *plan, size_t n)
{
        struct demo_invoice *invoice = &plan->invoices[n];
        invoice->contract = n * DEMO_CLAUSES / DEMO_INVOICES;
        invoice->structure = structure_of_kind(plan, "EI ACI EA ESAT ");
        invoice->number = (unsigned)n + 1;
        int age = age_of(plan, &plan->contracts[invoice->contract]);
        invoice->dated = days_before(plan->today, between(plan, 5, least(200, age)));
        invoice->amount_cents = (int64_t)between(plan, 30, 220) * 10000;
        if (draw(plan, 3) == 0)
                invoice->declared_hundredths = (int64_t)between(plan, 20, 160) * 100;
}

/* A need in the department of who waits. */
static void plan_proposal(struct demo_plan *plan, size_t n)
{
        struct demo_proposal *proposal = &plan->proposals[n];
        proposal->person = DEMO_PLACEMENTS + n;
        const char *territory = demo_territory(plan, plan->persons[proposal->person].commune);
        proposal->is_none = true;
        for (size_t i = 0; i < DEMO_NEEDS && proposal->is_none; i++) {
                proposal->need = (i + n) % DEMO_NEEDS;
                proposal->is_none =
                        strcmp(demo_territory(plan, plan->contracts[plan->needs[proposal->need].contract].commune),
                               territory) != 0;
        }
        proposal->made_on = days_before(plan->today, 24 - (int)n);
        proposal->fate = (enum demo_fate)(n % DEMO_FATES);
}

struct demo_plan *demo_plan_new(const struct demo_tables *tables, uint64_t seed, struct day today)
{
        struct demo_plan *plan = calloc(1, sizeof(*plan));
        require(plan != NULL);
        plan->tables = tables;
        plan->world = world_seeded(seed, 0);
        plan->today = today;
        for (size_t n = 0; n < DEMO_ORGANISATIONS; n++)
                plan_organisation(plan, n);
        for (size_t n = 0; n < DEMO_CONTRACTS; n++)
                plan_contract(plan, n);
        for (size_t n = 0; n < DEMO_NEEDS; n++)
                plan_need(plan, n);
        for (size_t n = 0; n < DEMO_PERSONS; n++) {
                plan_person(plan, n);
                if (n < DEMO_PLACEMENTS)
                        plan_placement(plan, n);
        }
        for (size_t n = 0; n < DEMO_INVOICES; n++)
                plan_invoice(plan, n);
        for (size_t n = 0; n < DEMO_PROPOSALS; n++)
                plan_proposal(plan, n);
        return plan;
}

void demo_plan_free(struct demo_plan *plan)
{
        free(plan);
}
