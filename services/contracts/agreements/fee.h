/* fee.h: what a carrier may ask for a year, by the rule of an agreement. Pure, exact (128-bit inside), rounded to the
 * cent, halves up, contract by contract, so that the lines of a demand for payment add up. Called by AgreementFee. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_FEE_H
#define SERVICES_CONTRACTS_AGREEMENTS_FEE_H

#include "common/base/arena.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/agreements.pb-c.h"
#include "services/contracts/record/to_confirm.h"

/* What of one contract counts in the year. */
struct fee_basis {
        struct hours hours;  /* followed in the year: done, converted */
        struct money amount; /* HT */
        bool notified;       /* in the year, while the agreement was in force */
};

/* Of one contract. Zero by a rule that does not count contracts. False, with a refusal: no figure can hold it. */
bool fee_of_contract(const Contracts__FeeRule *rule, const struct fee_basis *basis, struct money *ret,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The lump sum, for so many days in force of a year of `year_days`. Zero by another rule. */
bool fee_of_year(const Contracts__FeeRule *rule, uint32_t days, uint32_t year_days, struct money *ret,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* A rate an hour that is not within the usage (NULL: none is known), and that its source is to be confirmed. */
void fee_doubt(const Contracts__FeeRule *rule, const Contracts__HourFeeRule *usage, struct to_confirm *list);

/* French, how the fee came about: "120 h × 1,25 € = 150 €". In the arena. */
char *fee_calculation(struct arena *arena, const Contracts__FeeRule *rule, const struct fee_basis *basis,
                      struct money fee);
char *fee_calculation_of_year(struct arena *arena, const Contracts__FeeRule *rule, uint32_t days, uint32_t year_days,
                              struct money fee);

/* Not above the cap of a year, where there is one. */
struct money fee_capped(const Contracts__FeeRule *rule, struct money sum);

#endif
