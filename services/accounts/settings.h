/* settings.h: what an instance's "settings" in the topology may say of the daemon of accounts, and what it is made of.
 */
#ifndef SERVICES_ACCOUNTS_SETTINGS_H
#define SERVICES_ACCOUNTS_SETTINGS_H

#include "common/service/engine.h"
#include "common/service/spec.h"

enum { TOKEN_DAYS_DEFAULT = 180, TOKEN_DAYS_MAX = 366 };

struct accounts_settings {
        int64_t token_life_days;     /* of a token for which CreateUser says nothing else */
        int64_t session_life_h;      /* of a session, whatever is done in it */
        int64_t password_memory_kib; /* Argon2id's, for passwords that are set from now on */
        int64_t password_passes;
        int64_t exports_kept_days; /* who took out what */
        int64_t sign_ins_kept_days;
        int64_t invitation_days;        /* that one opens something */
        int64_t session_idle_min;       /* of a role that demands a second factor; 0: it may rest */
        int64_t session_idle_other_min; /* of others */
};

enum { ACCOUNTS_SETTINGS_COUNT = 9 };

/* What start() makes. */
struct accounts {
        struct accounts_settings settings;
        uint8_t key[SHARED_KEY_SIZE]; /* keys/second_factors.key: seals secrets of second factors, and keys hashes */
        bool has_key;                 /* false: there is no such file, and the key is derived from the daemon's own */
};

extern const struct config_row accounts_settings_rows[ACCOUNTS_SETTINGS_COUNT];

int accounts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void accounts_stop(void *context);

static inline const struct accounts *accounts_of(const void *context)
{
        return context;
}
static inline const struct accounts_settings *accounts_settings_of(const void *context)
{
        return &accounts_of(context)->settings;
}

#endif
