#include "services/directory/hooks.h"

#include <stddef.h>
#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "services/directory/organisations/rules.h"

const struct config_row directory_config_rows[DIRECTORY_CONFIG_COUNT] = {
        {.key = "rules",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct directory_config, rules),
         .default_text = "",
         .doc = "directory of the dated rules; empty: $GUICHET_RULES, else deploy/rules"},
};

int directory_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        (void)engine;
        const struct directory_config *wanted = settings;
        struct directory *directory = calloc(1, sizeof(*directory));
        require(directory != NULL);
        int err = dated_load(config_rules_directory(wanted == NULL ? NULL : wanted->rules), "partners_words",
                             &types__list_words__descriptor, &directory->partners_words, info);
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
        free(directory);
}
