/* json_tree.h: one JSON value as a tree in an arena, strictly RFC 8259 in UTF-8. Called by the readers of this room.
 *
 * Jansson reads and writes JSON everywhere else. Here it was four fifths of a reader's work: it allocates every value,
 * hashes every key and takes the text byte by byte. A tree lives in the element's arena, texts lie one after the other
 * and small objects are searched as they stand (docs/decisions/0015-a-json-reader-for-imports.md).
 * Jansson stays the judge: what this parser refuses is given to Jansson, which says why (json_stream.h), and a test
 * compares both over every file of the fuzzer's corpus.
 *
 * Accessors accept NULL and values of another kind: they yield NULL, 0 or false. Pointers live as long as the arena,
 * `raw` as long as the text. */
#ifndef COMMON_IMPORT_JSON_TREE_H
#define COMMON_IMPORT_JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/slice.h"

enum { JSON_TREE_DEPTH_MAX = 64, JSON_TREE_BYTES_MAX = 16 * 1024 * 1024 };

enum json_tree_kind { TREE_NULL, TREE_FALSE, TREE_TRUE, TREE_INTEGER, TREE_REAL, TREE_TEXT, TREE_LIST, TREE_OBJECT };

struct json_tree {
        const char *key; /* of a member of an object */
        union {
                int64_t integer;
                double real;
                const char *text; /* ends with a NUL, and holds none */
                const struct json_tree *items;
        };
        const char *raw; /* its bytes in what was parsed */
        uint32_t key_size;
        uint32_t size; /* bytes of the text; number of items or members */
        uint32_t raw_size;
        enum json_tree_kind kind;
};

/* The value that `text` begins with, and how many bytes it takes. NULL where it is not JSON, nested deeper than
 * JSON_TREE_DEPTH_MAX, longer than JSON_TREE_BYTES_MAX, or holds a number beyond a double's or an int64's range. */
const struct json_tree *json_tree_parse(struct slice text, struct arena *arena, size_t *ret_size) ATTR_MUST_CHECK;

static inline bool tree_is(const struct json_tree *tree, enum json_tree_kind kind)
{
        return tree != NULL && tree->kind == kind;
}
static inline bool tree_is_object(const struct json_tree *tree)
{
        return tree_is(tree, TREE_OBJECT);
}
static inline bool tree_is_list(const struct json_tree *tree)
{
        return tree_is(tree, TREE_LIST);
}
static inline bool tree_is_text(const struct json_tree *tree)
{
        return tree_is(tree, TREE_TEXT);
}
static inline bool tree_is_integer(const struct json_tree *tree)
{
        return tree_is(tree, TREE_INTEGER);
}
static inline bool tree_is_number(const struct json_tree *tree)
{
        return tree_is(tree, TREE_INTEGER) || tree_is(tree, TREE_REAL);
}
static inline bool tree_is_boolean(const struct json_tree *tree)
{
        return tree_is(tree, TREE_TRUE) || tree_is(tree, TREE_FALSE);
}
static inline bool tree_is_true(const struct json_tree *tree)
{
        return tree_is(tree, TREE_TRUE);
}

static inline const char *tree_text(const struct json_tree *tree)
{
        return tree_is_text(tree) ? tree->text : NULL;
}
static inline int64_t tree_integer(const struct json_tree *tree)
{
        return tree_is_integer(tree) ? tree->integer : 0;
}
static inline double tree_number(const struct json_tree *tree)
{
        return tree_is(tree, TREE_REAL) ? tree->real : (double)tree_integer(tree);
}
static inline size_t tree_count(const struct json_tree *list)
{
        return tree_is_list(list) ? list->size : 0;
}
static inline const struct json_tree *tree_item(const struct json_tree *list, size_t index)
{
        return index < tree_count(list) ? &list->items[index] : NULL;
}
/* The last of that name, as everywhere. */
const struct json_tree *tree_member(const struct json_tree *object, const char *key);

#endif
