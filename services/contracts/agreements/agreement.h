/* agreement.h: what can be said of an agreement between a buyer and a carrier of facilitators. Pure: no I/O, clock or
 * store. Called by the handlers of the room. A draft may be incomplete; what is there must be right. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_H
#define SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_H

#include "common/base/day.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "contracts/agreements.pb-c.h"
#include "contracts/file.pb-c.h"

enum {
        AGREEMENT_RENEWAL_MONTHS_MAX = 60,
};

/* At start: every version says how early to warn. 0 or ERR_CONFIG. */
int agreement_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

/* A draft (NULL: absent). Buyer and territories must be there: they say whose it is. Fields from `agreement` on. */
bool agreement_check(const Contracts__Agreement *agreement, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What signing asks of it beyond: the fee rule and the dates. */
bool agreement_check_signed(const Contracts__AgreementRow *row, struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool agreement_check_end(const Contracts__AgreementRow *row, const Contracts__EndAgreement *command,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The term that holds `day`, or the last one before it; the first for a day before all. Of one that has its dates. */
struct agreement_term {
        struct day ends_on; /* cut where the agreement was ended */
        uint32_t renewals;  /* tacit, so far */
        bool renews;        /* another tacit term follows unless somebody gives notice */
};
struct agreement_term agreement_term(const Contracts__AgreementRow *row, struct day day);

Contracts__AgreementState agreement_state(const Contracts__AgreementRow *row, struct day today);
bool agreement_in_force(const Contracts__AgreementRow *row, struct day day);
/* Whether it bills contracts, or their hours: a lump sum and none do not. */
bool agreement_counts_contracts(const Contracts__Agreement *agreement);
/* Of two that cover the same contract the one signed last counts it, of one day the one written last: never both. */
bool agreement_takes_over(const Contracts__AgreementRow *row, const Contracts__AgreementRow *other);
/* Whether a contract may be covered by both on some day: one buyer, and departments, kinds, trades, days in common. */
bool agreement_overlaps(const Contracts__AgreementRow *row, const Contracts__AgreementRow *other);
bool agreement_is_financial(const Contracts__Agreement *agreement);
/* Only private contracts: read by those who read these. */
bool agreement_is_private(const Contracts__Agreement *agreement);

/* Until when to give notice, or to agree on a renewal: the end of the term less the notice. False: nothing is to be
 * decided (a draft, expired, ended). */
bool agreement_decide_by(const Contracts__AgreementRow *row, struct day today, struct day *ret);

/* A contract as an agreement sees it. */
struct agreement_contract {
        const Contracts__ContractRecord *record;
        char *const *territories; /* none: nobody has said where; then the territory excludes nothing */
        size_t territory_count;
        Contracts__Lot *const *lots;
        size_t lot_count;
        struct day dated_on; /* of notification, else today */
};

/* How near an agreement comes to covering a contract; the higher, the nearer. */
enum coverage {
        COVERAGE_OTHER_BUYER,
        COVERAGE_NOT_SIGNED,
        COVERAGE_OTHER_TERRITORY,
        COVERAGE_OTHER_KIND, /* kind of contract, or trade */
        COVERAGE_OTHER_DATE,
        COVERAGE_FULL,
};
enum coverage agreement_coverage(const Contracts__AgreementRow *row, const struct agreement_contract *contract);
/* French: why a contract has no agreement, the nearest one being so near. */
const char *coverage_reason(enum coverage nearest);

#endif
