/* The texts of fields.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/siret.h"
#include "common/import/fields.h"
#include "common/import/labels.h"

/* What cp1252 means by the bytes 80..9F, which careless converters leave as U+0080..U+009F. */
static const char *const cp1252[32] = {
        "€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "",
        "",  "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ",
};

/* Every form that is rewritten needs one of these bytes; most texts have none of them. */
static bool is_clean(const char *text, size_t size)
{
        for (size_t i = 0; i < size; i++) {
                unsigned char c = (unsigned char)text[i];
                if (c < ' ' || c == 0x7f || c == '\\' || (c == 0xc2 && (unsigned char)text[i + 1] < 0xa0))
                        return false;
        }
        return true;
}

/* Copies one character, rewritten where need be; the number of bytes read. */
static size_t put_character(const char *text, char **to)
{
        unsigned char c = (unsigned char)text[0], next = (unsigned char)text[1];

        if (c == 0xc2 && next >= 0x80 && next < 0xa0) {
                const char *meant = cp1252[next - 0x80];
                memcpy(*to, meant, strlen(meant));
                *to += strlen(meant);
                return 2;
        }
        if (c == '\\' && (next == 'n' || next == 'r' || next == 't')) {
                *(*to)++ = ' ';
                return 2;
        }
        *(*to)++ = c < ' ' || c == 0x7f ? ' ' : (char)c;
        return 1;
}

static char *rewritten(struct arena *arena, const char *text, size_t size)
{
        char *copy = arena_alloc(arena, 2 * size + 1); /* U+0080 takes two bytes, "€" three */
        char *to = copy;

        for (size_t i = 0; i < size;)
                i += put_character(text + i, &to);
        *to = '\0';
        return copy;
}

static bool is_blank(const char *at)
{
        return *at == ' ' || *at == '\t' || *at == '\n' || *at == '\r';
}

static char *trimmed(char *text)
{
        while (is_blank(text))
                text++;
        size_t size = strlen(text);
        while (size > 0 && is_blank(text + size - 1))
                size--;
        text[size] = '\0';
        return text;
}

static void cut(struct findings *found, const struct node *at, char *text)
{
        size_t end = FIELD_TEXT_BYTES_MAX;

        if (strlen(text) <= end)
                return;
        while (((unsigned char)text[end] & 0xc0) == 0x80)
                end--;
        text[end] = '\0';
        note_warning(found, NOTE_CUT, at);
}

static bool already_warned(const struct findings *found, enum note_code code)
{
        for (size_t i = 0; i < found->warnings.count; i++)
                if (found->warnings.at[i].code == code)
                        return true;
        return false;
}

static char *number_text(struct findings *found, const struct node *at)
{
        if (tree_is_integer(at->json))
                return arena_printf(found->arena, "%" PRId64, tree_integer(at->json));
        return arena_printf(found->arena, "%.15g", tree_number(at->json));
}

char *field_text(struct findings *found, const struct node *at)
{
        if (at->json == NULL)
                return NULL;
        if (tree_is_number(at->json))
                return number_text(found, at);
        if (!tree_is_text(at->json)) {
                note_warning(found, NOTE_NOT_TEXT, at);
                return NULL;
        }
        const char *published = tree_text(at->json);
        size_t size = at->json->size;
        char *text = is_clean(published, size) ? arena_copy(found->arena, published, size + 1)
                                               : rewritten(found->arena, published, size);
        text = trimmed(text);
        if (text[0] == '\0')
                return NULL;
        cut(found, at, text);
        if (strstr(text, "\xef\xbf\xbd") != NULL && !already_warned(found, NOTE_LOST_CHARACTERS))
                note_warning(found, NOTE_LOST_CHARACTERS, at);
        return text;
}

char *field_code(struct findings *found, const struct node *at)
{
        char *text = field_text(found, at);
        return text == NULL || label_is_placeholder(text) ? NULL : text;
}

/* The blanks that are found inside numbers: spaces, tabs, and the no-break spaces U+00A0 and U+202F. */
static size_t blank_size(const char *at)
{
        if (is_blank(at))
                return 1;
        if (strncmp(at, "\xc2\xa0", 2) == 0)
                return 2;
        return strncmp(at, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

char *field_digits(struct findings *found, const struct node *at)
{
        char *text = field_code(found, at);
        size_t digits = 0;

        if (text == NULL || text[strspn(text, "0123456789")] == '\0')
                return text;
        char *compact = arena_alloc(found->arena, strlen(text) + 1);
        for (const char *from = text; *from != '\0';) {
                size_t blank = blank_size(from);
                if (blank == 0)
                        compact[digits++] = *from++;
                from += blank;
        }
        compact[digits] = '\0';
        return compact[strspn(compact, "0123456789")] == '\0' ? compact : text;
}

char *field_siret(struct findings *found, const struct node *at)
{
        char whole[SIRET_DIGITS + 1], *siret = field_digits(found, at);

        if (siret == NULL || !siret_with_zero(siret, whole))
                return siret;
        note_warning(found, NOTE_ZERO_ADDED, at);
        return arena_text(found->arena, whole);
}
