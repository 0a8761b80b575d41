#include "common/texts/publics.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"

enum { PATH_SIZE = 4096 };

static const char *text_at(const json_t *object, const char *key)
{
        const char *text = json_string_value(json_object_get(object, key));
        return text_is_empty(text) ? NULL : text;
}

/* A public whose rule was replaced has a line for each; the last, still open, is the one that counts. */
static int read_labels(const char *path, const json_t *list, struct publics *ret, struct err_info *info)
{
        ret->labels = arena_zalloc(&ret->arena, (json_array_size(list) + 1) * sizeof(*ret->labels));
        for (size_t i = 0; i < json_array_size(list); i++) {
                const json_t *entry = json_array_get(list, i);
                const char *code = text_at(entry, "code"), *label = text_at(entry, "label");
                if (code == NULL || label == NULL)
                        return err_set(info, ERR_CONFIG, "%s: publics[%zu]: needs code and label", path, i);
                if (text_at(entry, "valid_to") != NULL)
                        continue;
                if (publics_label(ret, code) != NULL)
                        return err_set(info, ERR_CONFIG, "%s: publics[%zu]: %s is open twice", path, i, code);
                ret->labels[ret->count++] =
                        (struct public_label){arena_text(&ret->arena, code), arena_text(&ret->arena, label)};
        }
        return ret->count > 0 ? 0 : err_set(info, ERR_CONFIG, "%s: publics: there must be at least one", path);
}

int publics_open(const char *directory, struct publics *ret, struct err_info *info)
{
        struct publics publics = {0};
        char path[PATH_SIZE];
        json_error_t where;

        if (snprintf(path, sizeof(path), "%s/publics.json", directory) >= (int)sizeof(path))
                return err_set(info, ERR_CONFIG, "publics: the path is too long");
        json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
        if (root == NULL)
                return err_set(info, where.line < 0 ? ERR_NOT_FOUND : ERR_CONFIG, "%s: line %d: %s", path, where.line,
                               where.text);
        arena_init(&publics.arena);
        const char *version = text_at(root, "version");
        publics.version = arena_text(&publics.arena, version == NULL ? "" : version);
        int err = read_labels(path, json_object_get(root, "publics"), &publics, info);
        json_decref(root);
        if (err != 0)
                publics_close(&publics);
        else
                *ret = publics;
        return err;
}

void publics_close(struct publics *publics)
{
        arena_fini(&publics->arena);
        *publics = (struct publics){0};
}

const char *publics_label(const struct publics *publics, const char *code)
{
        for (size_t i = 0; i < publics->count; i++)
                if (strcmp(publics->labels[i].code, code) == 0)
                        return publics->labels[i].label;
        return NULL;
}
