/* subcontract.h: what follows from a subcontractor's act: from when it is accepted, for how much at most, and which of
 * its invoices do not fit. Pure. Called by the handlers and views of the room. */
#ifndef SERVICES_CONTRACTS_SUBCONTRACTS_SUBCONTRACT_H
#define SERVICES_CONTRACTS_SUBCONTRACTS_SUBCONTRACT_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "contracts/record.pb-c.h"
#include "contracts/subcontracts.pb-c.h"

enum { SUBCONTRACTS_MAX = 100 }; /* of one contract */

/* At start: every version has its days and its threshold. 0 or ERR_CONFIG. */
int subcontracting_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

/* Whether the buyer pays. False with *ret_refusal: only the buyer of a public market does. */
bool subcontract_payment(const Contracts__SubcontractingRulesVersion *rules, Contracts__ContractKind kind,
                         const Contracts__DeclareSubcontract *command, bool *ret_by_buyer,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The holder pays what the law wants the buyer to pay. */
bool subcontract_is_below_law(const Contracts__SubcontractingRulesVersion *rules, Contracts__ContractKind kind,
                              const Contracts__DeclareSubcontract *command);

Contracts__SubcontractState subcontract_state(const Contracts__SubcontractRow *row, struct day today);
/* The first day on which it is accepted, by the buyer's word or its silence; false: it never is. A later day than today
 * may be told. */
bool subcontract_accepted_on(const Contracts__SubcontractRow *row, struct day *ret);
/* At most, as was agreed until that day. */
struct money subcontract_amount(const Contracts__SubcontractRow *row, struct day on);

/* The buyer's answer, or another amount, on the day of the decision. */
bool subcontract_may_decide(const Contracts__SubcontractRow *row, const Contracts__SubcontractDecided *decided,
                            struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool subcontract_may_amend(const Contracts__SubcontractRow *row, const Contracts__SubcontractAmended *amended,
                           struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Two SIRETs of one company. */
bool subcontract_same_company(const char *siret, const char *other);

/* What the company's acts allow on a day, all together. */
struct subcontract_acts {
        Contracts__SubcontractRow *const *at;
        size_t count;
};
struct subcontract_cover {
        bool is_declared, is_accepted; /* on that day */
        struct day accepted_on;        /* the first, where one is accepted at all */
        bool has_accepted_on;
        struct money amount;
};
struct subcontract_cover subcontract_cover(const struct subcontract_acts *acts, const char *siret, struct day on);

#endif
