/* reading.h: what the tests of the importers share: an arena with findings, JSON from text, the real files where they
 * are. Included by the test_*.c of this directory. JSON is written with ' for ". */
#ifndef TESTS_UNIT_COMMON_IMPORT_READING_H
#define TESTS_UNIT_COMMON_IMPORT_READING_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/import/notes.h"

struct reading {
        struct arena arena;
        struct findings found;
};

static inline void reading_init(struct reading *reading)
{
        *reading = (struct reading){0};
        arena_init(&reading->arena);
        reading->found.arena = &reading->arena;
}

static inline void reading_fini(struct reading *reading)
{
        arena_fini(&reading->arena);
}

static inline int reading_setup(void **state)
{
        static struct reading reading;
        reading_init(&reading);
        *state = &reading;
        return 0;
}

static inline int reading_teardown(void **state)
{
        reading_fini(*state);
        return 0;
}

/* A test whose state is a fresh reading. */
#define READING_TEST(test) cmocka_unit_test_setup_teardown(test, reading_setup, reading_teardown)

/* What was found is forgotten; the arena stays. */
static inline void reading_again(struct reading *reading)
{
        reading->found = (struct findings){.arena = &reading->arena};
}

/* The text with ' turned into ". */
static inline char *reading_quoted(struct reading *reading, const char *text)
{
        char *copy = arena_text(&reading->arena, text);
        for (char *c = copy; *c != '\0'; c++)
                if (*c == '\'')
                        *c = '"';
        return copy;
}

static inline const struct json_tree *reading_json(struct reading *reading, const char *text)
{
        size_t size;
        const char *quoted = reading_quoted(reading, text);
        const struct json_tree *json = json_tree_parse(slice_of_text(quoted), &reading->arena, &size);
        assert_non_null(json);
        assert_int_equal(size, strlen(quoted));
        return json;
}

/* The object of the text with one member given another value (NULL: taken out), as Jansson does it. */
static inline const struct json_tree *reading_variant(struct reading *reading, const char *text, const char *key,
                                                      const char *value)
{
        json_t *object = json_loads(reading_quoted(reading, text), 0, NULL);
        assert_non_null(object);
        (void)json_object_del(object, key);
        if (value != NULL) {
                json_t *member = json_loads(reading_quoted(reading, value), JSON_DECODE_ANY, NULL);
                assert_int_equal(json_object_set_new(object, key, member), 0);
        }
        char *changed = json_dumps(object, JSON_COMPACT);
        const struct json_tree *json = reading_json(reading, changed);
        free(changed);
        json_decref(object);
        return json;
}

static inline struct node reading_node(struct reading *reading, const char *text)
{
        return node_root(reading_json(reading, text));
}

static inline const struct note *reading_find(const struct note_list *list, enum note_code code, const char *field)
{
        for (size_t i = 0; i < list->count; i++)
                if (list->at[i].code == code && strcmp(list->at[i].field, field) == 0)
                        return &list->at[i];
        return NULL;
}

static inline size_t reading_count(const struct note_list *list, enum note_code code)
{
        size_t count = 0;
        for (size_t i = 0; i < list->count; i++)
                count += list->at[i].code == code;
        return count;
}

#define READING_DATA "../shared/data/"

/* The path of a real file, or a skipped test where it is absent. */
static inline void reading_need(const char *path)
{
        FILE *file = fopen(path, "rb");
        if (file == NULL) {
                print_message("skipped: %s is absent\n", path);
                skip();
        }
        (void)fclose(file);
}

#endif
