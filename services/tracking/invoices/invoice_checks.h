/* invoice_checks.h: what the dated rules (deploy/rules/hours.json, invoice_checks) say of an invoice that is turned
 * into hours, seen beside what surrounds it. Pure: no store, no clock. Which check warns and which blocks is data. */
#ifndef SERVICES_TRACKING_INVOICES_INVOICE_CHECKS_H
#define SERVICES_TRACKING_INVOICES_INVOICE_CHECKS_H

#include "common/base/arena.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "services/tracking/copies/contract_life.h"
#include "tracking/hours.pb-c.h"

struct invoice_facts {
        struct money amount;
        struct hours hours;
        int64_t others_cents;   /* of the obligation's other invoices that count */
        int64_t contract_cents; /* of its contract; 0: not known */
        bool has_staff; /* the structure's own staff works for the obligation in that month, and is stated apart */
        struct contract_life life;
        struct day dated;
        bool is_owing; /* the structure itself owes the hours */
};

/* Every check that speaks; the list and the texts live in the arena. */
Tracking__HoursWarning **invoice_check(const Tracking__HoursVersion *rules, const struct invoice_facts *facts,
                                       struct arena *arena, size_t *ret_count);
/* False with *ret_refusal where one blocks. */
bool invoice_warnings_pass(Tracking__HoursWarning *const *warnings, size_t count, struct refusal *ret_refusal);
/* NULL: every check that the rules name is one of these, and has the figures that it needs; else which has not. */
const char *invoice_rules_fault(const Tracking__HoursVersion *rules);

#endif
