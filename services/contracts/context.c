#include "services/contracts/context.h"

#include <stdlib.h>

#include "common/base/require.h"

static const char *rules_directory(const struct config *config)
{
        if (config != NULL && config->rules != NULL && config->rules[0] != '\0')
                return config->rules;
        const char *from_environment = getenv("GUICHET_RULES");
        return from_environment != NULL ? from_environment : "deploy/rules";
}

int contracts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        (void)engine;
        struct context *context = calloc(1, sizeof(*context));
        require(context != NULL);
        int err = calibration_file_load(rules_directory(config), &context->calibration, info);
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
