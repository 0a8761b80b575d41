/* demo_plan.h: the demo region before it is sent: who is who, what was bought, who worked when. The same seed and the
 * same first day give the same plan, to the byte. Nothing here talks to the network; demo.c fills in the ids. */
#ifndef SERVICES_CTL_DEMO_PLAN_H
#define SERVICES_CTL_DEMO_PLAN_H

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/world.h"
#include "services/ctl/demo_tables.h"

enum {
        DEMO_BUYERS = 25,
        DEMO_COMPANIES = 20,
        DEMO_STRUCTURES = 18,
        DEMO_PRESCRIBERS = 26, /* two in each of thirteen departments */
        DEMO_ORGANISATIONS = DEMO_BUYERS + DEMO_COMPANIES + DEMO_STRUCTURES + DEMO_PRESCRIBERS,
        DEMO_CONTRACTS = 120,
        DEMO_CLAUSES = 90, /* of the first contracts */
        DEMO_NEEDS = 40,
        DEMO_PERSONS = 250,
        DEMO_PLACEMENTS = 220, /* of the first persons */
        DEMO_INVOICES = 30,
        DEMO_PROPOSALS = 12, /* of the eligible persons without a placement */
        DEMO_CONTACTS = 4,   /* at most, of a placement */
        DEMO_DOUBLES = 4,    /* persons whom another prescriber refers again */
        DEMO_MONTHS_MAX = 2400,
        DEMO_SIRET_SIZE = 15,
        DEMO_NAME_SIZE = 96,
        DEMO_HOURLY_COST_CENTS = 2800,
};

struct demo_organisation {
        struct id id;
        const char *kind; /* directory.OrganisationKind */
        char siret[DEMO_SIRET_SIZE];
        char name[DEMO_NAME_SIZE];
        size_t commune;
};

struct demo_contract {
        struct id id, clause, obligation;
        size_t buyer, company; /* organisations */
        size_t trade, commune, place;
        int64_t amount_cents;
        uint32_t insertion_rate_millionths;
        struct day notified_on;
        unsigned duration_months;
        int social[2];              /* contracts.SocialConsideration; 0: none of this */
        int64_t missing_hundredths; /* hours that should be done by now, less those of the placements planned so far */
};

struct demo_need {
        struct id id;
        size_t contract;
        unsigned positions;
        struct day starts_on;
        int modality;
};

struct demo_person {
        struct id id;
        const char *given, *family;
        bool woman;
        struct day born_on;
        size_t commune, prescriber, public_row;
        size_t contract; /* where it works; of a person without a placement: where it was looked for */
        struct day referred_on, eligible_from;
        int decision; /* 1 eligible, 0 not, -1 not decided yet */
};

struct demo_placement {
        struct id id;
        size_t person, contract, employer;
        int modality;
        struct day starts_on, ends_on;
        bool ends; /* ends_on is set */
        int64_t weekly_hundredths;
        const char *work_contract;
        int outcome; /* tracking.Outcome; 0: goes on */
};

struct demo_month {
        size_t placement;
        struct month month;
        int64_t hundredths;
        bool validated, returned;
        struct day stated_on, decided_on; /* validated or sent back */
};

enum demo_fate { FATE_PROPOSED, FATE_SENT, FATE_MET, FATE_POSTPONED, FATE_NOT_TAKEN, FATE_WITHDRAWN, DEMO_FATES };
struct demo_proposal {
        struct id id;
        size_t person, need;
        bool is_none; /* nobody in her department looks for people */
        struct day made_on;
        enum demo_fate fate;
};

struct demo_invoice {
        size_t contract, structure;
        unsigned number;
        struct day dated;
        int64_t amount_cents;
        int64_t declared_hundredths; /* 0: to be converted */
};

struct demo_plan {
        const struct demo_tables *tables;
        struct world world;
        struct day today;
        struct demo_organisation organisations[DEMO_ORGANISATIONS];
        struct demo_contract contracts[DEMO_CONTRACTS];
        struct demo_need needs[DEMO_NEEDS];
        struct demo_person persons[DEMO_PERSONS];
        struct demo_placement placements[DEMO_PLACEMENTS];
        struct demo_month months[DEMO_MONTHS_MAX];
        size_t month_count;
        struct demo_invoice invoices[DEMO_INVOICES];
        struct demo_proposal proposals[DEMO_PROPOSALS];
};

/* Organisations stand in this order: buyers, companies, structures, prescribers. */
static inline size_t demo_company(size_t n)
{
        return DEMO_BUYERS + n;
}
static inline size_t demo_structure(size_t n)
{
        return DEMO_BUYERS + DEMO_COMPANIES + n;
}
static inline size_t demo_prescriber(size_t n)
{
        return DEMO_BUYERS + DEMO_COMPANIES + DEMO_STRUCTURES + n;
}

/* The person whom the n-th double is of: one of those of whom nothing is decided yet. */
static inline size_t demo_double(size_t n)
{
        return DEMO_PERSONS - 1 - n;
}
/* Prescribers stand by department, twice in a row. */
size_t demo_other_prescriber(const struct demo_plan *plan, size_t prescriber);

/* Too large for the stack. The tables are borrowed. */
struct demo_plan *demo_plan_new(const struct demo_tables *tables, uint64_t seed, struct day today);
void demo_plan_free(struct demo_plan *plan);

const char *demo_territory(const struct demo_plan *plan, size_t commune);

#endif
