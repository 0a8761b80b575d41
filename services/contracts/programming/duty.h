/* duty.h: whether a social condition is obligatory (article 35 of the 2021 climate law), and what may excuse from it.
 * Pure: no I/O, clock or store. Called by the handlers of this room. The law and the thresholds are those of the day on
 * which the consultation is launched; the figures come from social_duty.json and eu_thresholds.json. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_DUTY_H
#define SERVICES_CONTRACTS_PROGRAMMING_DUTY_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "contracts/programming.pb-c.h"

struct duty_rules {
        const struct dated *duty;       /* SocialDuty */
        const struct dated *thresholds; /* EuThresholds */
};

/* The check, in the arena, without its day. `facts` may be NULL: nothing is told. */
Contracts__ObligationCheck *duty_check(const struct duty_rules *rules, const Contracts__ObligationFacts *facts,
                                       struct arena *arena);

/* Whether the buyer may derogate on that ground, for a reason that is written. False with *ret_refusal. */
bool duty_may_derogate(const Contracts__ObligationCheck *check, const char *ground,
                       struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The ground of that code; NULL: the check offers none such. */
const Contracts__GroundView *duty_ground(const Contracts__ObligationCheck *check, const char *code);

/* Whether the whole year has one law and one table of thresholds: then a launch "in that year" is date enough. */
bool duty_year_is_even(const struct duty_rules *rules, uint32_t year);

/* Whose thresholds a buyer has, as far as its SIRET tells. */
Contracts__BuyerType duty_buyer_type(const struct duty_rules *rules, const char *siret, struct day day);

/* Works, supplies or services, as far as the CPV code tells. */
Contracts__Nature duty_nature(const struct duty_rules *rules, const char *cpv, struct day day);

/* "marché de travaux", "concession"…: as a check's facts name their contract. */
const char *duty_contract_name(const Contracts__ObligationFacts *facts);

#endif
