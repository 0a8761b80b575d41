/* estimate.h: how a clause's hours were calculated, in words for the buyer alone: its estimate of the contract, the
 * figures with their sources, what is odd. Pure. Called by wording.c for pieces that are not published. All in the
 * arena. */
#ifndef SERVICES_CONTRACTS_DRAFTING_ESTIMATE_H
#define SERVICES_CONTRACTS_DRAFTING_ESTIMATE_H

#include "common/base/arena.h"
#include "contracts/clauses.pb-c.h"

struct estimate {
        const char *amount; /* without tax; "": the method needs none */
        const char *hours;
        const char *calculation; /* one line, with the hours before rounding where that changed them */
        const char *figures;     /* "- part de main-d'œuvre : 50 % (…) ;\n- …" */
        const char *equivalents;
        const char *warnings; /* "": nothing is odd */
        char **to_confirm;    /* figures whose source was not found yet */
        size_t to_confirm_count;
};

struct estimate estimate_told(const Contracts__CalibrateReply *result, struct arena *arena);

/* How the invoice of an inclusive structure turns into hours, as tracking counts them
 * (services/tracking/invoices/invoice.h); "": the clause does not say. Nobody's secret. */
const char *conversion_told(const Contracts__Calibration *calibration, struct arena *arena);

#endif
