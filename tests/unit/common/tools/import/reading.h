/* reading.h: what the tests of the importers share: an arena with findings, JSON from text, the real files where they
 * are. Included by the test_*.c of this directory. JSON is written with ' for " and freed with the reading. */
#ifndef TESTS_UNIT_COMMON_TOOLS_IMPORT_READING_H
#define TESTS_UNIT_COMMON_TOOLS_IMPORT_READING_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/tools/import/notes.h"

enum { READING_JSON_MAX = 128 };

struct reading {
        struct arena arena;
        struct findings found;
        json_t *json[READING_JSON_MAX];
        size_t json_count;
};

static inline void reading_init(struct reading *reading)
{
        *reading = (struct reading){0};
        arena_init(&reading->arena);
        reading->found.arena = &reading->arena;
}

static inline void reading_fini(struct reading *reading)
{
        for (size_t i = 0; i < reading->json_count; i++)
                json_decref(reading->json[i]);
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

static inline json_t *reading_json(struct reading *reading, const char *text)
{
        json_t *json = json_loads(reading_quoted(reading, text), JSON_DECODE_ANY, NULL);
        assert_non_null(json);
        assert_true(reading->json_count < READING_JSON_MAX);
        reading->json[reading->json_count++] = json;
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
