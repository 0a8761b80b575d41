#include "services/contracts/texts/texts.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"

const Contracts__Text *text_find(const Contracts__TextVersion *version, const char *name)
{
        for (size_t i = 0; i < version->n_texts; i++)
                if (strcmp(version->texts[i]->name, name) == 0)
                        return version->texts[i];
        return NULL;
}

/* The next piece of a line: plain text up to "{{", or the name of a field. */
struct piece {
        const char *start;
        size_t size;
        bool is_field;
};

static bool next_piece(const char **at, struct piece *ret)
{
        if (**at == '\0')
                return false;
        const char *open = strstr(*at, "{{");
        const char *close = open == NULL ? NULL : strstr(open, "}}");
        if (open != *at || close == NULL) {
                size_t size = open == NULL || close == NULL ? strlen(*at) : (size_t)(open - *at);
                *ret = (struct piece){*at, size, false};
                *at += size;
                return true;
        }
        *ret = (struct piece){open + 2, (size_t)(close - open) - 2, true};
        *at = close + 2;
        return true;
}

static const char *value_of(const struct piece *piece, const struct text_field *fields, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strlen(fields[i].name) == piece->size && memcmp(fields[i].name, piece->start, piece->size) == 0)
                        return text_is_empty(fields[i].value) ? NULL : fields[i].value;
        return NULL;
}

/* What the text needs: the size of the result, and the names of the fields without a value, each once. */
struct need {
        size_t size;
        char missing[256];
};

static void add_missing(struct need *need, const struct piece *piece)
{
        char name[64];
        (void)snprintf(name, sizeof(name), "%.*s", (int)piece->size, piece->start);
        if (strstr(need->missing, name) != NULL)
                return;
        size_t used = strlen(need->missing);
        (void)snprintf(need->missing + used, sizeof(need->missing) - used, "%s%s", used > 0 ? ", " : "", name);
}

static struct need measure(const Contracts__Text *text, const struct text_field *fields, size_t count)
{
        struct need need = {.size = 1};
        for (size_t i = 0; i < text->n_lines; i++) {
                struct piece piece;
                for (const char *at = text->lines[i]; next_piece(&at, &piece);) {
                        const char *value = piece.is_field ? value_of(&piece, fields, count) : NULL;
                        if (piece.is_field && value == NULL)
                                add_missing(&need, &piece);
                        need.size += value != NULL ? strlen(value) : piece.size;
                }
                need.size++;
        }
        return need;
}

char *text_merge(const Contracts__Text *text, const struct text_field *fields, size_t count, struct arena *arena,
                 struct refusal *ret_refusal)
{
        struct need need = measure(text, fields, count);
        if (need.missing[0] != '\0') {
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                             "« %s » ne peut pas être établi, il manque : %s.", text->title, need.missing);
                return NULL;
        }
        char *merged = arena_alloc(arena, need.size), *end = merged;
        for (size_t i = 0; i < text->n_lines; i++) {
                struct piece piece;
                for (const char *at = text->lines[i]; next_piece(&at, &piece);) {
                        const char *from = piece.is_field ? value_of(&piece, fields, count) : piece.start;
                        size_t size = piece.is_field ? strlen(from) : piece.size;
                        memcpy(end, from, size);
                        end += size;
                }
                *end++ = '\n';
        }
        *end = '\0';
        return merged;
}
