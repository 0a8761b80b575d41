#include "common/import/decp_shapes.h"

#include <string.h>

#include "common/import/labels.h"

struct walk {
        struct findings *found;
        const struct shape *shape;
        size_t places;
};

static const struct json_tree *parsed_whole(const char *text, struct arena *arena)
{
        size_t size;
        const struct json_tree *tree = json_tree_parse(slice_of_text(text), arena, &size);
        return tree != NULL && text[size + strspn(text + size, " \t\r\n")] == '\0' ? tree : NULL;
}

/* Exports with one column a field hold lists as text: JSON, or Python's form of it with ' for ". NULL: neither. */
static const struct json_tree *tree_in_text(const struct json_tree *json, struct arena *arena)
{
        const char *text = tree_text(json);
        if (text == NULL || (text[0] != '[' && text[0] != '{'))
                return NULL;
        const struct json_tree *tree = parsed_whole(text, arena);
        if (tree != NULL)
                return tree;
        char *quoted = arena_text(arena, text);
        for (char *c = quoted; *c != '\0'; c++)
                if (*c == '\'')
                        *c = '"';
        return parsed_whole(quoted, arena);
}

static void walk(struct walk *to, const struct node *at, int nesting)
{
        const struct json_tree *held = tree_in_text(at->json, to->found->arena);
        struct node here = *at, inner = {0};

        if (held != NULL)
                here.json = held;
        if (tree_is_object(here.json))
                inner = node_first(&here, to->shape->wrappers);
        if (nesting < SHAPE_NESTING_MAX && tree_is_list(here.json)) {
                for (size_t i = 0; i < tree_count(here.json); i++) {
                        struct node item = node_item(&here, i);
                        walk(to, &item, nesting + 1);
                }
        } else if (nesting < SHAPE_NESTING_MAX && inner.json != NULL) {
                walk(to, &inner, nesting + 1);
        } else {
                to->shape->part(to->found, &here, to->places++, to->shape->argument);
        }
}

static bool is_nothing(const struct json_tree *json)
{
        const char *text = tree_text(json);
        if (text != NULL)
                return label_is_placeholder(text) || strcmp(text, "[]") == 0 || strcmp(text, "{}") == 0;
        return json == NULL || (tree_is_object(json) && json->size == 0);
}

void shape_parts(struct findings *found, const struct node *list, const struct shape *shape)
{
        struct walk to = {.found = found, .shape = shape};

        if (is_nothing(list->json))
                return;
        bool is_held = tree_in_text(list->json, found->arena) != NULL;
        if (tree_is_list(list->json) || tree_is_object(list->json) || is_held || shape->is_words)
                walk(&to, list, 0);
        else
                note_warning(found, NOTE_NOT_LIST, list);
}

const struct node *shape_one(struct findings *found, const struct node *at)
{
        const struct node *one = arena_copy(found->arena, at, sizeof(*at));

        for (int nesting = 0; nesting < SHAPE_NESTING_MAX; nesting++) {
                struct node inner = node_member(one, at->name);
                if (tree_is_list(one->json)) {
                        if (tree_count(one->json) > 1)
                                note_warning(found, NOTE_SEVERAL, one);
                        inner = node_item(one, 0);
                }
                if (inner.json == NULL || tree_is_text(inner.json))
                        break;
                one = arena_copy(found->arena, &inner, sizeof(inner));
        }
        return one;
}
