#include "common/texts/pieces.h"

#include <string.h>

static struct piece between_braces(const char *start, size_t size)
{
        struct piece piece = {.kind = PIECE_FIELD, .text = {start, size}};
        switch (size == 0 ? '\0' : *start) {
        case '#': piece.kind = PIECE_SECTION; break;
        case '^': piece.kind = PIECE_WITHOUT; break;
        case '/': piece.kind = PIECE_END; break;
        default: {
                const char *bar = memchr(start, '|', size);
                if (bar == NULL)
                        return piece;
                piece.text.size = (size_t)(bar - start);
                piece.otherwise = (struct span){bar + 1, size - piece.text.size - 1};
                return piece;
        }
        }
        piece.text = (struct span){start + 1, size - 1};
        return piece;
}

bool piece_next(const char **at, struct piece *ret)
{
        if (**at == '\0')
                return false;
        const char *open = strstr(*at, "{{");
        const char *close = open == NULL ? NULL : strstr(open, "}}");
        if (open != *at || close == NULL) {
                size_t size = close == NULL ? strlen(*at) : (size_t)(open - *at);
                *ret = (struct piece){.kind = PIECE_WORDS, .text = {*at, size}};
                *at += size;
                return true;
        }
        *ret = between_braces(open + 2, (size_t)(close - open) - 2);
        *at = close + 2;
        return true;
}

bool span_is(struct span span, const char *text)
{
        return strlen(text) == span.size && memcmp(text, span.start, span.size) == 0;
}

bool span_same(struct span a, struct span b)
{
        return a.size == b.size && memcmp(a.start, b.start, a.size) == 0;
}
