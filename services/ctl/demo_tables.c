#include "services/ctl/demo_tables.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "services/ctl/network_file.h"
#include "services/ctl/options.h"
#include "services/ctl/programs.h"

/* Which list of which file goes where. */
static const struct {
        const char *file;
        const char *list;
        size_t offset;
} rows[] = {
        {"communes", "communes", offsetof(struct demo_tables, communes)},
        {"trades", "trades", offsetof(struct demo_tables, trades)},
        {"names", "places", offsetof(struct demo_tables, places)},
        {"names", "women", offsetof(struct demo_tables, women)},
        {"names", "men", offsetof(struct demo_tables, men)},
        {"names", "family", offsetof(struct demo_tables, family)},
        {"organisations", "buyers", offsetof(struct demo_tables, buyers)},
        {"organisations", "companies", offsetof(struct demo_tables, companies)},
        {"organisations", "structures", offsetof(struct demo_tables, structures)},
        {"organisations", "prescribers", offsetof(struct demo_tables, prescribers)},
        {"publics", "publics", offsetof(struct demo_tables, publics)},
};

bool demo_directory(char *ret_path, size_t size)
{
        char beside[CTL_PATH_SIZE];
        (void)snprintf(ret_path, size, "deploy/demo");
        if (access(ret_path, R_OK) == 0)
                return true;
        if (!program_directory(beside, sizeof(beside)))
                return false;
        (void)snprintf(ret_path, size, "%s/../../../deploy/demo", beside);
        return access(ret_path, R_OK) == 0;
}

static bool load_lists(const char *directory, struct demo_tables *tables)
{
        const char *last = "";
        size_t count = 0;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                char path[3 * CTL_PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/%s.json", directory, rows[i].file);
                if (strcmp(rows[i].file, last) != 0) {
                        tables->files[count] = network_read(path);
                        if (tables->files[count++] == NULL)
                                return false;
                        last = rows[i].file;
                }
                const json_t *list = json_object_get(tables->files[count - 1], rows[i].list);
                if (json_array_size(list) == 0)
                        return complain("%s : il manque la liste « %s ».", path, rows[i].list) == 0;
                memcpy((char *)tables + rows[i].offset, &list, sizeof(list));
        }
        return true;
}

bool demo_tables_load(const char *directory, struct demo_tables *ret)
{
        char found[2 * CTL_PATH_SIZE];
        struct demo_tables tables = {0};
        if (directory == NULL && !demo_directory(found, sizeof(found)))
                return complain("deploy/demo est introuvable ; indiquez --tables RÉPERTOIRE.") == 0;
        if (!load_lists(directory != NULL ? directory : found, &tables)) {
                demo_tables_free(&tables);
                return false;
        }
        *ret = tables;
        return true;
}

void demo_tables_free(struct demo_tables *tables)
{
        for (size_t i = 0; i < DEMO_FILES; i++)
                json_decref(tables->files[i]);
}

const char *table_text(const json_t *list, size_t index)
{
        const char *text = json_string_value(json_array_get(list, index % json_array_size(list)));
        return text == NULL ? "" : text;
}

const char *table_member(const json_t *list, size_t index, const char *member)
{
        const json_t *object = json_array_get(list, index % json_array_size(list));
        const char *text = json_string_value(json_object_get(object, member));
        return text == NULL ? "" : text;
}

int table_number(const json_t *list, size_t index, const char *member, int absent)
{
        const json_t *value = json_object_get(json_array_get(list, index % json_array_size(list)), member);
        return json_is_integer(value) ? (int)json_integer_value(value) : absent;
}
