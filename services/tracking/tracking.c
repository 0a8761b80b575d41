#include "services/tracking/tracking.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/engine.h"
#include "services/tracking/apply.h"
#include "services/tracking/dispatch.h"
#include "services/tracking/rules/publics.h"
#include "services/tracking/store.h"
#include "tracking/events.pb-c.h"

static const struct config_row config[] = {
        {.key = "territories",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct tracking_config, territories),
         .default_text = "",
         .doc = "departments of this partition, separated by commas; empty: any (filled in from the topology)"},
        {.key = "rules",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct tracking_config, rules),
         .default_text = "",
         .doc = "directory of the dated rules; empty: $GUICHET_RULES, else deploy/rules"},
};

static void stop(void *context)
{
        struct tracking *tracking = context;
        vault_close(tracking->vault);
        arena_fini(&tracking->arena);
        free(tracking);
}

static int open_vault(struct engine *engine, struct tracking *tracking, struct err_info *info)
{
        char directory[4096];
        struct vault_options options = {
                .directory = directory,
                .master_key = engine_master_key(engine),
                .partition = engine_partition(engine),
                .world = engine_world(engine),
        };
        if (options.master_key == NULL)
                return err_set(info, ERR_CONFIG, "tracking seals persons' files and needs a master key");
        int size = snprintf(directory, sizeof(directory), "%s/keys", engine_directory(engine));
        if (size < 0 || (size_t)size >= sizeof(directory))
                return err_set(info, ERR_CONFIG, "store %s: path too long", engine_directory(engine));
        return vault_open(&options, &tracking->vault, info);
}

static int start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        const struct tracking_config *wanted = settings;
        struct tracking *tracking = calloc(1, sizeof(*tracking));
        require(tracking != NULL);
        tracking->territories = arena_text(&tracking->arena, wanted->territories);
        const char *path = arena_printf(&tracking->arena, "%s/publics.json", config_rules_directory(wanted->rules));
        int err = publics_load(path, &tracking->arena, &tracking->rules, info);
        if (err == 0)
                err = open_vault(engine, tracking, info);
        if (err != 0) {
                stop(tracking);
                return err;
        }
        *ret_context = tracking;
        return 0;
}

/* The key before the first thing that it seals: see vault.h. */
static int before_commit(void *context, struct err_info *info)
{
        struct tracking *tracking = context;
        return vault_flush(tracking->vault, info);
}

const struct service_spec tracking_spec = {
        .name = "tracking",
        .store_version = TRACKING_STORE_VERSION,
        .tables = tracking_tables,
        .table_count = TRACKING_TABLE_COUNT,
        .dispatch = tracking_dispatch,
        .dispatch_count = TRACKING_DISPATCH_COUNT,
        .subscriptions = tracking_subscriptions,
        .subscription_count = TRACKING_SUBSCRIPTION_COUNT,
        .event = &tracking__event__descriptor,
        .apply = tracking_apply,
        .config = config,
        .config_count = ARRAY_SIZE(config),
        .config_size = sizeof(struct tracking_config),
        .start = start,
        .stop = stop,
        .before_commit = before_commit,
};
