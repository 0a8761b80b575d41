#include "services/directory/hooks.h"

#include <stddef.h>
#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/config.h"
#include "services/directory/geography/communes.h"
#include "services/directory/geography/trades.h"
#include "services/directory/rules/context.h"

const struct config_row directory_config_rows[DIRECTORY_CONFIG_COUNT] = {
        {.key = "rules",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct directory_config, rules),
         .default_text = "",
         .doc = "directory of the dated rules; empty: $GUICHET_RULES, else deploy/rules"},
        {.key = "communes",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct directory_config, communes),
         .default_text = "services/directory/geography/data/dist/communes.tsv",
         .doc = "table of the communes, which scripts/geography makes; without it they are not searched"},
};

/* Whoever runs the network without it misses a search, and nothing else. */
static int load_communes(const char *path, struct directory *directory, struct err_info *info)
{
        int err = communes_load(path, &directory->communes, info);
        if (err != ERR_NOT_FOUND)
                return err;
        log_line(LOG_WARN, "communes.absent",
                 "%s is not there, so communes are not searched; scripts/geography makes it", path);
        return 0;
}

int directory_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        (void)engine;
        const struct directory_config *wanted = settings;
        struct directory *directory = calloc(1, sizeof(*directory));
        require(directory != NULL);
        const char *rules = config_rules_directory(wanted == NULL ? NULL : wanted->rules);
        int err = dated_load(rules, "partners_words", &types__list_words__descriptor, &directory->partners_words, info);
        if (err == 0)
                err = trades_load(rules, &directory->trades, info);
        if (err == 0 && wanted != NULL)
                err = load_communes(wanted->communes, directory, info);
        if (err != 0) {
                directory_stop(directory);
                return err;
        }
        *ret_context = directory;
        return 0;
}

void directory_stop(void *context)
{
        struct directory *directory = context;
        if (directory == NULL)
                return;
        dated_fini(&directory->partners_words);
        trades_free(directory->trades);
        communes_free(directory->communes);
        free(directory);
}
