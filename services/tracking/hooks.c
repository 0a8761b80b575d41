#include "services/tracking/hooks.h"

#include <stddef.h>
#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/engine.h"
#include "common/service/service.h"
#include "services/tracking/reactions/reactions.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/publics.h"
#include "tracking/state.pb-c.h"

const struct config_row tracking_config_rows[TRACKING_CONFIG_COUNT] = {
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
        {.key = "documents_mib_max",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct tracking_config, documents_mib_max),
         .default_number = 65536,
         .min = 0,
         .max = 1 << 30,
         .doc = "how much all documents of this store may take, in MiB; 0: none is taken"},
};

void tracking_stop(void *context)
{
        struct tracking *tracking = context;
        dated_fini(&tracking->readings);
        codes_free(&tracking->codes);
        dated_fini(&tracking->hours_words);
        arena_fini(&tracking->arena);
        free(tracking);
}

int tracking_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        (void)engine;
        const struct tracking_config *wanted = settings;
        struct tracking *tracking = calloc(1, sizeof(*tracking));
        require(tracking != NULL);
        tracking->territories = arena_text(&tracking->arena, wanted->territories);
        tracking->documents_bytes_max = (uint64_t)wanted->documents_mib_max << 20;
        const char *path = arena_printf(&tracking->arena, "%s/publics.json", config_rules_directory(wanted->rules));
        int err = publics_load(path, &tracking->arena, &tracking->rules, info);
        if (err == 0)
                err = codes_load(config_rules_directory(wanted->rules), "tracking", &tracking->codes, info);
        if (err == 0)
                err = dated_load(config_rules_directory(wanted->rules), "reading_reasons",
                                 &tracking__reading_rules__descriptor, &tracking->readings, info);
        if (err == 0)
                err = dated_load(config_rules_directory(wanted->rules), "hours_words", &types__list_words__descriptor,
                                 &tracking->hours_words, info);
        if (err != 0) {
                tracking_stop(tracking);
                return err;
        }
        *ret_context = tracking;
        return 0;
}

const struct code_lists *tracking_codes(const void *context)
{
        return &((const struct tracking *)context)->codes;
}

static void reclassify(struct work *work, void *argument)
{
        (void)argument;
        reclassify_private(work);
}

static void reclassify_done(void *argument, int err)
{
        struct tracking *tracking = argument;
        tracking->reclassified = err == 0; /* else at the next commit */
}

void tracking_committed(struct service *service, void *context)
{
        struct tracking *tracking = context;
        if (tracking->reclassified || engine_is_filling(service_engine(service)))
                return;
        tracking->reclassified = true;
        service_write(service, reclassify, reclassify_done, tracking);
}

int tracking_serve(struct service *service, void *context, struct err_info *info)
{
        (void)info;
        tracking_committed(service, context);
        return 0;
}
