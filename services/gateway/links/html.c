#include "services/gateway/links/html.h"

#include <stdarg.h>
#include <string.h>

#include "common/base/require.h"

enum { ROOM_AT_FIRST = 4096 };

static void append_bytes(struct html *html, const char *text, size_t size)
{
        if (size == 0)
                return;
        if (html->used + size > html->room) {
                size_t room = html->room == 0 ? ROOM_AT_FIRST : html->room;
                while (room < html->used + size)
                        room *= 2;
                char *bigger = arena_alloc(html->arena, room);
                if (html->used > 0)
                        memcpy(bigger, html->text, html->used);
                html->text = bigger;
                html->room = room;
        }
        memcpy(html->text + html->used, text, size);
        html->used += size;
}

static const char *escape_of(char c)
{
        switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&#39;";
        default: return NULL;
        }
}

static void add_escaped(struct html *html, const char *text)
{
        const char *from = text;
        for (; *text != '\0'; text++) {
                const char *escaped = escape_of(*text);
                if (escaped == NULL)
                        continue;
                append_bytes(html, from, (size_t)(text - from));
                append_bytes(html, escaped, strlen(escaped));
                from = text + 1;
        }
        append_bytes(html, from, (size_t)(text - from));
}

void html_put(struct html *html, const char *markup, ...)
{
        va_list arguments;
        va_start(arguments, markup);
        while (*markup != '\0') {
                size_t literal = strcspn(markup, "%");
                append_bytes(html, markup, literal);
                markup += literal;
                if (*markup == '\0')
                        break;
                require(markup[1] == 's');
                add_escaped(html, va_arg(arguments, const char *));
                markup += 2;
        }
        va_end(arguments);
}

struct slice html_page(const struct html *html)
{
        return slice_of(html->text, html->used);
}
