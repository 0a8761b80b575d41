/* pieces.h: a line of a library's text cut into its pieces, one after the other: plain words, fields, sections
 * (texts.h has the syntax). Pure; pieces point into the line. Shared by the merge and by the check at start. */
#ifndef COMMON_TEXTS_PIECES_H
#define COMMON_TEXTS_PIECES_H

#include <stdbool.h>
#include <stddef.h>

enum piece_kind {
        PIECE_WORDS,   /* as they are; also "{{" that nothing closes */
        PIECE_FIELD,   /* {{name}}, {{name|otherwise}} */
        PIECE_SECTION, /* {{#name}} */
        PIECE_WITHOUT, /* {{^name}} */
        PIECE_END,     /* {{/name}} */
};

struct span {
        const char *start;
        size_t size;
};

struct piece {
        enum piece_kind kind;
        struct span text;      /* the words, or the name */
        struct span otherwise; /* of a field that has it; its start is NULL where it has none */
};

/* False at the end. `*at` begins at the line, and is moved. */
bool piece_next(const char **at, struct piece *ret);

bool span_is(struct span span, const char *text);
bool span_same(struct span a, struct span b);

#endif
