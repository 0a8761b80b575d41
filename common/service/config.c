#include "common/service/config.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const struct config_row runtime_config_rows[] = {
        {"map_mib_max", CONFIG_NUMBER, offsetof(struct runtime_config, map_mib_max), NULL, 65536, 1, 1 << 20,
         "MiB that the store may grow to"},
        {"debug", CONFIG_BOOL, offsetof(struct runtime_config, debug), NULL, 0, 0, 1, "log at debug level"},
};
const size_t runtime_config_count = ARRAY_SIZE(runtime_config_rows);

static const struct config_row *find_row(const struct config_table *table, const char *key)
{
        for (size_t i = 0; table != NULL && i < table->count; i++)
                if (strcmp(table->rows[i].key, key) == 0)
                        return &table->rows[i];
        return NULL;
}

static void set_default(const struct config_row *row, void *config)
{
        void *field = (char *)config + row->offset;
        switch (row->type) {
        case CONFIG_TEXT: *(const char **)field = row->default_text; return;
        case CONFIG_NUMBER: *(int64_t *)field = row->default_number; return;
        case CONFIG_BOOL: *(bool *)field = row->default_number != 0; return;
        }
}

static int set_value(const struct config_row *row, const json_t *value, void *config, struct err_info *info)
{
        void *field = (char *)config + row->offset;
        switch (row->type) {
        case CONFIG_TEXT:
                if (!json_is_string(value))
                        return err_set(info, ERR_CONFIG, "settings.%s: must be text (%s)", row->key, row->doc);
                *(const char **)field = json_string_value(value);
                return 0;
        case CONFIG_NUMBER:
                if (!json_is_integer(value) || json_integer_value(value) < row->min ||
                    json_integer_value(value) > row->max)
                        return err_set(info, ERR_CONFIG, "settings.%s: must be a whole number from %lld to %lld (%s)",
                                       row->key, (long long)row->min, (long long)row->max, row->doc);
                *(int64_t *)field = json_integer_value(value);
                return 0;
        case CONFIG_BOOL:
                if (!json_is_boolean(value))
                        return err_set(info, ERR_CONFIG, "settings.%s: must be true or false (%s)", row->key, row->doc);
                *(bool *)field = json_is_true(value);
                return 0;
        }
        return ERR_CONFIG;
}

int config_read(const json_t *settings, const struct config_table *table, const struct config_table *others,
                void *ret_config, struct err_info *info)
{
        for (size_t i = 0; i < table->count; i++)
                set_default(&table->rows[i], ret_config);

        const char *key;
        json_t *value;
        json_object_foreach ((json_t *)(uintptr_t)settings, key, value) {
                const struct config_row *row = find_row(table, key);
                if (row == NULL && find_row(others, key) != NULL)
                        continue;
                if (row == NULL)
                        return err_set(info, ERR_CONFIG, "settings.%s: no such setting; --print-config lists them",
                                       key);
                int err = set_value(row, value, ret_config, info);
                if (err != 0)
                        return err;
        }
        return 0;
}

const char *config_rules_directory(const char *setting)
{
        if (setting != NULL && setting[0] != '\0')
                return setting;
        const char *from_environment = getenv("GUICHET_RULES");
        return from_environment != NULL ? from_environment : "deploy/rules";
}

void config_print(FILE *out, const struct config_table *table)
{
        for (size_t i = 0; i < table->count; i++) {
                const struct config_row *row = &table->rows[i];
                switch (row->type) {
                case CONFIG_TEXT:
                        (void)fprintf(out, "%-20s text, default \"%s\": %s\n", row->key, row->default_text, row->doc);
                        break;
                case CONFIG_NUMBER:
                        (void)fprintf(out, "%-20s number %lld..%lld, default %lld: %s\n", row->key, (long long)row->min,
                                      (long long)row->max, (long long)row->default_number, row->doc);
                        break;
                case CONFIG_BOOL:
                        (void)fprintf(out, "%-20s true or false, default %s: %s\n", row->key,
                                      row->default_number != 0 ? "true" : "false", row->doc);
                        break;
                }
        }
}
