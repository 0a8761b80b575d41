/* settings.h: what an instance's "settings" in the topology may say of the daemon of accounts. */
#ifndef SERVICES_ACCOUNTS_SETTINGS_H
#define SERVICES_ACCOUNTS_SETTINGS_H

#include "common/service/spec.h"

enum { TOKEN_DAYS_DEFAULT = 180, TOKEN_DAYS_MAX = 366 };

struct accounts_settings {
        int64_t token_life_days; /* of a token for which CreateUser says nothing else */
};

enum { ACCOUNTS_SETTINGS_COUNT = 1 };

extern const struct config_row accounts_settings_rows[ACCOUNTS_SETTINGS_COUNT];

/* Hooks: the settings are all of what the daemon makes at its start. */
int accounts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void accounts_stop(void *context);

static inline const struct accounts_settings *accounts_settings_of(const void *context)
{
        return context;
}

#endif
