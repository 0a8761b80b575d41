/* members.h: the obligations of one clause together: the members of a group, or its only contractor. What is owed in
 * all, and what a framework agreement's orders and invoices make of each one's part. Called by handlers. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_MEMBERS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_MEMBERS_H

#include "services/contracts/obligations/loaded_obligation.h"

struct members {
        struct loaded_obligation *list;
        size_t count;
};
struct members members_of_clause(const struct work *work, struct id clause);

/* The form of a group as DECP writes it: "Conjoint", "Solidaire", "Pas de groupement". */
Contracts__GroupForm members_form(const char *grouping);

/* Whether its hours follow from orders and invoices. */
bool members_framework(const struct loaded_obligation *loaded, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Adds one obligation's figures to the total. */
void members_add_figures(const struct work *work, const struct ledger *ledger, Contracts__LedgerFigures *total);

/* One more order or invoice of an obligation: what the clause's orders make in hours (FORECAST) or its invoices (DUE)
 * from now on, and a posting for every member whose part changes. False with *ret_refusal. */
struct framework_move {
        const struct loaded_obligation *loaded;
        bool is_invoice;
        struct money amount;
};
struct framework_result {
        struct money sum;   /* of the clause */
        struct hours hours; /* of the clause */
        struct postings postings;
};
bool members_move(const struct work *work, const struct framework_move *move, struct framework_result *ret,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What the orders of this obligation should have made by the end of the day: its part of the clause's forecast. */
struct hours members_forecast_on(const struct work *work, const struct loaded_obligation *loaded, struct day day);

#endif
