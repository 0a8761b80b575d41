/* ledger.h: double entry of hours. Every posting moves hours from one account to another, so that the sum over all
 * accounts is zero at every moment. Pure; called by apply() and by those who must know beforehand that it will fit.
 *
 *   opening            CLAUSE -> DUE        the hours that the clause demands
 *   hours validated    DUE    -> DONE       done by persons
 *   invoice converted  DUE    -> CONVERTED  done by an inclusive subcontractor
 *   amendment          CLAUSE -> DUE        the difference to what was demanded
 *   transfer           DUE    -> TRANSFERRED  of the one who passes hours on, and TRANSFERRED -> DUE of the other
 *   waiver             DUE    -> WAIVED     the buyer's decision
 *   order              PLANNED -> FORECAST  framework agreements: what is to be expected
 *   contract invoice   CLAUSE -> DUE        framework agreements: the difference to what was due before
 *
 * A correction is a posting of the difference, negative where less was done than was thought. DUE below zero means
 * that more was done than was owed. Over all obligations TRANSFERRED is zero: nothing is passed on to nobody. */
#ifndef SERVICES_CONTRACTS_LEDGER_LEDGER_H
#define SERVICES_CONTRACTS_LEDGER_LEDGER_H

#include "common/base/quantity.h"
#include "contracts/queries.pb-c.h"

enum account {
        ACCOUNT_CLAUSE,
        ACCOUNT_DUE,
        ACCOUNT_DONE,
        ACCOUNT_CONVERTED,
        ACCOUNT_TRANSFERRED,
        ACCOUNT_WAIVED,
        ACCOUNT_PLANNED,
        ACCOUNT_FORECAST,
        ACCOUNT_COUNT
};

struct ledger {
        struct hours balance[ACCOUNT_COUNT];
        uint32_t entries;
};

struct posting {
        enum account from, to;
        struct hours hours;
};

/* 0, or ERR_OVERFLOW with the ledger untouched. */
int ledger_post(struct ledger *ledger, const struct posting *posting) ATTR_MUST_CHECK;
struct hours ledger_demanded(const struct ledger *ledger); /* what the clause wants in all: the counterpart of CLAUSE */
struct hours ledger_owed(const struct ledger *ledger);     /* what can still be passed on or waived: DUE, or zero */

/* Between accounts and their names on the wire. An unknown one is a bug: they only come from our own events. */
enum account account_of(Contracts__Account account);
Contracts__Account account_to(enum account account);

#endif
