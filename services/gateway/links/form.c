#include "services/gateway/links/form.h"

#include <string.h>

#include "common/base/text.h"

static int hex_of(char c)
{
        if (is_digit(c))
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL: it cannot be decoded. */
static char *decoded(const char *bytes, size_t size, struct arena *arena)
{
        char *text = arena_alloc(arena, size + 1);
        size_t used = 0;
        for (size_t i = 0; i < size; i++) {
                char c = bytes[i] == '+' ? ' ' : bytes[i];
                if (c == '%') {
                        int high = i + 2 < size ? hex_of(bytes[i + 1]) : -1, low = high < 0 ? -1 : hex_of(bytes[i + 2]);
                        if (low < 0)
                                return NULL;
                        c = (char)(high << 4 | low);
                        i += 2;
                }
                if (c == '\0')
                        return NULL;
                if (c != '\r')
                        text[used++] = c;
        }
        text[used] = '\0';
        return utf8_valid(text, used) ? text : NULL;
}

static const char *trimmed(char *text)
{
        static const char blanks[] = " \t\n";
        text += strspn(text, blanks);
        for (size_t size = strlen(text); size > 0 && strchr(blanks, text[size - 1]) != NULL;)
                text[--size] = '\0';
        return text;
}

static bool has(const struct form *form, const char *name)
{
        for (size_t i = 0; i < form->count; i++)
                if (strcmp(form->fields[i].name, name) == 0)
                        return true;
        return false;
}

static bool add_field(struct form *form, const char *pair, size_t size, struct arena *arena)
{
        const char *equals = memchr(pair, '=', size);
        size_t name_size = equals == NULL ? size : (size_t)(equals - pair);
        char *name = decoded(pair, name_size, arena);
        char *value = equals == NULL ? arena_text(arena, "") : decoded(equals + 1, size - name_size - 1, arena);
        if (name == NULL || value == NULL || form->count == FORM_FIELDS_MAX || has(form, name))
                return false;
        form->fields[form->count++] = (struct form_field){name, trimmed(value)};
        return true;
}

bool form_parse(struct slice body, struct arena *arena, struct form *ret)
{
        const char *at = (const char *)body.data, *end = at + body.size;
        ret->count = 0;
        if (body.size > FORM_BYTES_MAX)
                return false;
        while (at < end) {
                const char *next = memchr(at, '&', (size_t)(end - at));
                size_t size = (size_t)((next == NULL ? end : next) - at);
                if (size > 0 && !add_field(ret, at, size, arena))
                        return false;
                at += size + 1;
        }
        return true;
}

const char *form_value(const struct form *form, const char *name)
{
        for (size_t i = 0; i < form->count; i++)
                if (strcmp(form->fields[i].name, name) == 0)
                        return form->fields[i].value;
        return "";
}
