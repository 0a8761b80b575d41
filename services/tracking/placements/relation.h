/* relation.h: what those who employ a person and have her work have to do with the company that owes the hours, and her
 * first day with the contract: one company's work is not another's obligation, nor what is done before the contract.
 * Pure: no store, no clock. What warns and what blocks is data (deploy/rules/hours.json, placement_checks). */
#ifndef SERVICES_TRACKING_PLACEMENTS_RELATION_H
#define SERVICES_TRACKING_PLACEMENTS_RELATION_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/codec/refusal.h"
#include "services/tracking/copies/contract_life.h"
#include "tracking/hours.pb-c.h"

/* As far as it is known. */
struct company {
        struct id organisation; /* zero: not in the directory */
        const char *siret;      /* "": not known */
        const char *name;       /* the same */
};

struct relation {
        Types__Modality modality;
        struct company employer, host, owing;
        struct contract_life life;
        struct day starts_on;
        bool works_for_other; /* the employer of a direct hire, or the host, itself owes hours of that contract */
};

/* One company, by its organisation, by its SIREN (establishments are one), or by its name where it has no other. */
bool company_is_same(const struct company *a, const struct company *b);

/* Every check that speaks, told in *ret_texts; false with *ret_refusal where one blocks. In the arena. */
struct relation_texts {
        char **texts;
        size_t count;
};
bool relation_may_be(const Tracking__HoursVersion *rules, const struct relation *relation, struct arena *arena,
                     struct relation_texts *ret_texts, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* NULL: every check that the rules name is one of these; else what is wrong. */
const char *relation_rules_fault(const Tracking__HoursVersion *rules);

#endif
