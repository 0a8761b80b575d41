#include "common/texts/texts.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/texts/pieces.h"

const Texts__Text *text_find(const Texts__TextVersion *version, const char *name)
{
        for (size_t i = 0; i < version->n_texts; i++)
                if (strcmp(version->texts[i]->name, name) == 0)
                        return version->texts[i];
        return NULL;
}

/* A merge: gone through twice, first to measure, then to write. */
struct merge {
        const struct text_field *fields;
        size_t count;
        char *at; /* NULL: only measured */
        size_t size;
        char missing[256]; /* names of the fields without a value, each once */
};

static const char *value_of(const struct merge *merge, struct span name)
{
        for (size_t i = 0; i < merge->count; i++)
                if (span_is(name, merge->fields[i].name))
                        return text_is_empty(merge->fields[i].value) ? NULL : merge->fields[i].value;
        return NULL;
}

static void append(struct merge *merge, const char *from, size_t size)
{
        merge->size += size;
        if (merge->at == NULL)
                return;
        memcpy(merge->at, from, size);
        merge->at += size;
}

static void add_missing(struct merge *merge, struct span field)
{
        char name[64];
        (void)snprintf(name, sizeof(name), "%.*s", (int)field.size, field.start);
        if (strstr(merge->missing, name) != NULL)
                return;
        size_t used = strlen(merge->missing);
        (void)snprintf(merge->missing + used, sizeof(merge->missing) - used, "%s%s", used > 0 ? ", " : "", name);
}

static void put_field(struct merge *merge, const struct piece *piece)
{
        const char *value = value_of(merge, piece->text);
        if (value != NULL)
                append(merge, value, strlen(value));
        else if (piece->otherwise.start != NULL)
                append(merge, piece->otherwise.start, piece->otherwise.size);
        else
                add_missing(merge, piece->text);
}

/* False: the line was to say something only where a field has a value, and says nothing. */
static bool put_line(struct merge *merge, const char *line)
{
        struct piece piece;
        size_t before = merge->size;
        bool silent = false, has_sections = false, has_more = false;
        for (const char *at = line; piece_next(&at, &piece);) {
                switch (piece.kind) {
                case PIECE_SECTION: silent = value_of(merge, piece.text) == NULL; break;
                case PIECE_WITHOUT: silent = value_of(merge, piece.text) != NULL; break;
                case PIECE_END: silent = false; break;
                case PIECE_FIELD:
                        if (!silent)
                                put_field(merge, &piece);
                        break;
                case PIECE_WORDS:
                        if (!silent)
                                append(merge, piece.text.start, piece.text.size);
                        break;
                }
                has_sections = has_sections || piece.kind > PIECE_FIELD;
                has_more = has_more || (piece.kind == PIECE_FIELD && !silent);
        }
        return !has_sections || has_more || merge->size > before;
}

static void put_lines(struct merge *merge, const Texts__Text *text)
{
        for (size_t i = 0; i < text->n_lines; i++)
                if (put_line(merge, text->lines[i]))
                        append(merge, "\n", 1);
}

static char *written(struct merge *merge, const Texts__Text *text, struct arena *arena)
{
        char *merged = arena_alloc(arena, merge->size + 1);
        merge->at = merged;
        put_lines(merge, text);
        *merge->at = '\0';
        return merged;
}

char *text_merge(const Texts__Text *text, const struct text_field *fields, size_t count, struct arena *arena,
                 struct refusal *ret_refusal)
{
        struct merge merge = {.fields = fields, .count = count};
        put_lines(&merge, text);
        if (merge.missing[0] == '\0')
                return written(&merge, text, arena);
        (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                     "« %s » ne peut pas être établi, il manque : %s.", text->title, merge.missing);
        return NULL;
}

char *text_title(const Texts__Text *text, const struct text_field *fields, size_t count, struct arena *arena)
{
        Texts__Text title = TEXTS__TEXT__INIT;
        title.lines = (char **)(uintptr_t)&text->title;
        title.n_lines = 1;
        return text_body(&title, fields, count, arena);
}

char *text_body(const Texts__Text *text, const struct text_field *fields, size_t count, struct arena *arena)
{
        struct merge merge = {.fields = fields, .count = count};
        put_lines(&merge, text);
        char *merged = written(&merge, text, arena);
        size_t size = strlen(merged);
        if (size > 0 && merged[size - 1] == '\n')
                merged[size - 1] = '\0';
        return merged;
}
