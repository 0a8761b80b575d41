#include "services/contracts/context.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"

int contracts_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        (void)engine;
        struct context *context = calloc(1, sizeof(*context));
        require(context != NULL);
        const struct config *config = settings;
        const char *rules = config_rules_directory(config != NULL ? config->rules : NULL);
        int err = calibration_file_load(rules, &context->calibration, info);
        if (err != 0) {
                free(context);
                return err;
        }
        *ret_context = context;
        return 0;
}

void contracts_stop(void *context)
{
        if (context == NULL)
                return;
        calibration_file_fini(&((struct context *)context)->calibration);
        free(context);
}
