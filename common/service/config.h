/* config.h: an instance's settings, from the "settings" object of the topology into the service's config struct.
 * Every key must be in the table; a value of the wrong type or out of range is refused with the key and the remedy. */
#ifndef COMMON_SERVICE_CONFIG_H
#define COMMON_SERVICE_CONFIG_H

#include <jansson.h>
#include <stdio.h>

#include "common/service/spec.h"

/* What every daemon has, whatever its trade. */
struct runtime_config {
        int64_t map_mib_max;
        bool debug;
};

extern const struct config_row runtime_config_rows[];
extern const size_t runtime_config_count;

/* Fills the rows' fields of `ret_config` with defaults, then with what `settings` (object or NULL) says. Texts are
 * borrowed from `settings` or the table. Keys that belong to `others` are passed over. */
struct config_table {
        const struct config_row *rows;
        size_t count;
};
int config_read(const json_t *settings, const struct config_table *table, const struct config_table *others,
                void *ret_config, struct err_info *info) ATTR_MUST_CHECK;
/* Where the dated rules are (the files of deploy/rules): the setting "rules" if it says anything, else $GUICHET_RULES,
 * else deploy/rules below the working directory. */
const char *config_rules_directory(const char *setting);
/* The table as documentation: key, default, range, meaning. */
void config_print(FILE *out, const struct config_table *table);

#endif
