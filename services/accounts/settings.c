#include "services/accounts/settings.h"

#include <stddef.h>
#include <stdlib.h>

#include "common/base/require.h"

const struct config_row accounts_settings_rows[ACCOUNTS_SETTINGS_COUNT] = {
        {.key = "token_life_days",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, token_life_days),
         .default_number = TOKEN_DAYS_DEFAULT,
         .min = 1,
         .max = TOKEN_DAYS_MAX,
         .doc = "days that a new account's token opens the door, where the command that makes it says nothing else"},
};

int accounts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        struct accounts_settings *settings = calloc(1, sizeof(*settings));
        (void)engine;
        (void)info;
        require(settings != NULL);
        *settings = *(const struct accounts_settings *)config;
        *ret_context = settings;
        return 0;
}

void accounts_stop(void *context)
{
        free(context);
}
