#include "common/import/json_scan.h"

#include <stdint.h>

enum { DEPTH_MAX = 64 }; /* deeper nesting is counted, its kinds are no longer told apart */

/* The brackets that are open: bit n of `lists` says that level n is a list. */
struct brackets {
        uint64_t lists;
        size_t depth;
};

static bool top_is_list(const struct brackets *open)
{
        return open->depth > 0 && open->depth <= DEPTH_MAX && ((open->lists >> (open->depth - 1)) & 1) != 0;
}

static void push(struct brackets *open, bool list)
{
        if (open->depth < DEPTH_MAX)
                open->lists = (open->lists & ~(1ULL << open->depth)) | ((uint64_t)list << open->depth);
        open->depth++;
}

/* Closes up to the innermost bracket of that kind. False where there is none: the bracket belongs to what is around. */
static bool pop(struct brackets *open, bool list)
{
        if (open->depth > DEPTH_MAX) {
                open->depth--;
                return true;
        }
        for (size_t depth = open->depth; depth > 0; depth--)
                if (((open->lists >> (depth - 1)) & 1) == (uint64_t)list) {
                        open->depth = depth - 1;
                        return true;
                }
        return false;
}

static bool is_blank(uint8_t c)
{
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

size_t json_scan_string(struct slice text, bool lines_end_strings)
{
        for (size_t i = 1; i < text.size; i++) {
                if (text.data[i] == '"')
                        return i + 1;
                if (text.data[i] == '\\')
                        i++;
                else if (lines_end_strings && text.data[i] == '\n')
                        return i;
        }
        return 0;
}

/* A number, or a word like true: up to what cannot be in one. At least one byte, so that readers advance. */
static size_t scan_word(struct slice text)
{
        for (size_t i = 1; i < text.size; i++) {
                uint8_t c = text.data[i];
                if (is_blank(c) || c == ',' || c == ']' || c == '}' || c == '[' || c == '{' || c == '"' || c == ':')
                        return i;
        }
        return 0;
}

/* In an object a key follows a comma. Where an object does, the one before was never closed: the place of that comma;
 * 0 where all is well. */
static size_t comma_before(struct slice text, size_t brace)
{
        size_t i = brace;
        while (i > 0 && is_blank(text.data[i - 1]))
                i--;
        return i > 0 && text.data[i - 1] == ',' ? i - 1 : 0;
}

static size_t scan_brackets(struct slice text, bool lines_end_strings)
{
        struct brackets open = {0};

        for (size_t i = 0; i < text.size; i++) {
                uint8_t c = text.data[i];
                if (c == '"') {
                        size_t length = json_scan_string(slice_of(text.data + i, text.size - i), lines_end_strings);
                        if (length == 0)
                                return 0;
                        i += length - 1;
                } else if (c == '{' || c == '[') {
                        size_t end = c == '{' && open.depth > 0 && !top_is_list(&open) ? comma_before(text, i) : 0;
                        if (end > 0)
                                return end;
                        push(&open, c == '[');
                } else if (c == '}' || c == ']') {
                        if (!pop(&open, c == ']'))
                                return i;
                        if (open.depth == 0)
                                return i + 1;
                }
        }
        return 0;
}

size_t json_scan_value(struct slice text, bool lines_end_strings)
{
        if (text.size == 0)
                return 0;
        switch (text.data[0]) {
        case '{':
        case '[': return scan_brackets(text, lines_end_strings);
        case '"': return json_scan_string(text, lines_end_strings);
        default: return scan_word(text);
        }
}
