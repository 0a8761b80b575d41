/* context.h: what start() reads once and every handler borrows: the dated rules. Unchanged while the daemon runs. */
#ifndef SERVICES_CONTRACTS_CONTEXT_H
#define SERVICES_CONTRACTS_CONTEXT_H

#include "common/service/spec.h"
#include "services/contracts/rules/calibration_file.h"

struct config {
        const char *rules; /* directory; "": $GUICHET_RULES, else deploy/rules below the working directory */
};

struct context {
        struct calibration_file calibration;
};

static inline const struct context *context_of(const struct work *work)
{
        return work->context;
}

/* Hooks of the service. */
int contracts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void contracts_stop(void *context);

#endif
