#include "services/ctl/network_codes.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/service/config.h"
#include "services/ctl/network_file.h"

/* The rules of the network of that directory, whose codes the description names; NULL: there is no such network. */
static const char *rules_of(const char *directory, struct arena *arena)
{
        char path[CTL_PATH_SIZE];
        const char *rules = NULL;
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *network = json_load_file(path, 0, NULL);
        json_t *instances = json_object_get(network, "instances");
        for (size_t i = 0; i < json_array_size(instances) && rules == NULL; i++)
                rules = json_string_value(
                        json_object_get(json_object_get(json_array_get(instances, i), "settings"), "rules"));
        rules = rules == NULL ? NULL : arena_text(arena, rules);
        json_decref(network);
        return rules;
}

bool network_codes(const char *directory, struct code_lists *ret)
{
        struct err_info info;
        struct arena arena scoped(arena_fini) = {0};
        if (codes_load(config_rules_directory(rules_of(directory, &arena)), NULL, ret, &info) == 0)
                return true;
        (void)fprintf(stderr, "Les codes des listes manquent : %s\n", info.text);
        return false;
}

const char *code_label(const struct code_lists *codes, const char *list, const char *code)
{
        const struct code_list *found = codes_list(codes, list);
        for (size_t i = 0; found != NULL && i < found->count; i++)
                if (strcmp(found->codes[i].code, code) == 0)
                        return found->codes[i].label;
        return code;
}
