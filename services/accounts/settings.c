#include "services/accounts/settings.h"

#include <sodium.h>
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
        {.key = "session_life_h",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, session_life_h),
         .default_number = 12,
         .min = 1,
         .max = 168,
         .doc = "hours after which somebody who signed in does so again, whatever she does meanwhile"},
        {.key = "password_memory_kib",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, password_memory_kib),
         .default_number = 65536,
         .min = 19456,
         .max = 1048576,
         .doc = "KiB that working out a password's proof takes in a gateway (Argon2id)"},
        {.key = "password_passes",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, password_passes),
         .default_number = 3,
         .min = 2,
         .max = 16,
         .doc = "and its passes"},
        {.key = "exports_kept_days",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, exports_kept_days),
         .default_number = 1095,
         .min = 30,
         .max = 3650,
         .doc = "days that it is kept who took out which file"},
        {.key = "sign_ins_kept_days",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, sign_ins_kept_days),
         .default_number = 365,
         .min = 30,
         .max = 1095,
         .doc = "days that it is kept who signed in or tried to, from where"},
        {.key = "invitation_days",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, invitation_days),
         .default_number = 7,
         .min = 1,
         .max = 30,
         .doc = "days that an invitation by mail opens something, from when its mail leaves"},
        {.key = "session_idle_min",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, session_idle_min),
         .default_number = 60,
         .min = 0,
         .max = 10080,
         .doc = "minutes until a session that nobody uses ends, of a role that demands a second factor; 0: never"},
        {.key = "session_idle_other_min",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct accounts_settings, session_idle_other_min),
         .default_number = 240,
         .min = 0,
         .max = 10080,
         .doc = "the same of the other roles"},
};

int accounts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        struct accounts *accounts = calloc(1, sizeof(*accounts));
        (void)info;
        require(accounts != NULL);
        accounts->settings = *(const struct accounts_settings *)config;
        accounts->has_key = engine_shared_key(engine, accounts->key);
        *ret_context = accounts;
        return 0;
}

void accounts_stop(void *context)
{
        struct accounts *accounts = context;
        sodium_memzero(accounts->key, sizeof(accounts->key));
        free(accounts);
}
