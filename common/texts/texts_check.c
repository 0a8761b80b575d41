#include "common/texts/texts.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/texts/pieces.h"

/* Where the check is, for what it tells. */
struct checking {
        const char *subject;
        const char *version;
        const char *text;
        size_t line;                      /* from 1 on; 0: the title */
        const struct text_wanted *wanted; /* NULL: any field will do */
        struct err_info *info;
};

static int bad(const struct checking *at, const char *what)
{
        char place[32] = "its title";
        if (at->line > 0)
                (void)snprintf(place, sizeof(place), "line %zu", at->line);
        return err_set(at->info, ERR_CONFIG, "%s.json: version %s, text %s, %s: %s", at->subject, at->version, at->text,
                       place, what);
}

static int bad_field(const struct checking *at, struct span name, const char *what)
{
        char text[280];
        (void)snprintf(text, sizeof(text), "{{%.*s}} %s", (int)(name.size < 60 ? name.size : 60), name.start, what);
        return bad(at, text);
}

/* ---- fields */

static bool is_listed(const char *names, struct span name)
{
        for (const char *at = names; at != NULL && *at != '\0';) {
                size_t size = strcspn(at, " ");
                if (size > 0 && span_same((struct span){at, size}, name))
                        return true;
                at += size + strspn(at + size, " ");
        }
        return false;
}

static int check_name(const struct checking *at, struct span name)
{
        const struct text_wanted *wanted = at->wanted;
        char all[200];
        if (name.size == 0)
                return bad(at, "a field without a name");
        if (wanted == NULL || is_listed(wanted->always, name) || is_listed(wanted->perhaps, name))
                return 0;
        (void)snprintf(all, sizeof(all), "is no field of this text; it has: %s %s", wanted->always, wanted->perhaps);
        return bad_field(at, name, all);
}

/* ---- lines: `open` is the section that the place is in; its kind PIECE_WORDS: none */

static int check_piece(const struct checking *at, const struct piece *piece, struct piece *open)
{
        if (piece->kind == PIECE_WORDS)
                return 0;
        if (piece->kind == PIECE_END) {
                if (open->kind == PIECE_WORDS || !span_same(open->text, piece->text))
                        return bad_field(at, piece->text, "ends a section that it did not begin");
                open->kind = PIECE_WORDS;
                return 0;
        }
        int err = check_name(at, piece->text);
        if (err != 0)
                return err;
        if (piece->kind == PIECE_FIELD) {
                bool provided = piece->otherwise.start != NULL ||
                                (open->kind == PIECE_SECTION && span_same(open->text, piece->text));
                return at->wanted == NULL || provided || is_listed(at->wanted->always, piece->text)
                               ? 0
                               : bad_field(at, piece->text, "may have no value: give its words {{x|…}} or a section");
        }
        if (open->kind != PIECE_WORDS)
                return bad_field(at, piece->text, "begins a section inside another");
        *open = *piece;
        return 0;
}

static int check_line(const struct checking *at, const char *line)
{
        struct piece piece, open = {.kind = PIECE_WORDS};
        for (const char *byte = line; *byte != '\0'; byte++)
                if ((unsigned char)*byte < 0x20 || *byte == 0x7f)
                        return bad(at, "a line end or another control character; begin another line");
        for (const char *next = line; piece_next(&next, &piece);) {
                int err = check_piece(at, &piece, &open);
                if (err != 0)
                        return err;
        }
        return open.kind == PIECE_WORDS ? 0 : bad_field(at, open.text, "is not ended on its line: {{/…}}");
}

static int check_text(struct checking *at, const Texts__Text *text)
{
        int err = 0;
        at->text = text->name;
        at->line = 0;
        if (at->wanted != NULL && text_is_empty(text->title))
                return bad(at, "there must be one");
        err = check_line(at, text->title);
        for (size_t i = 0; i < text->n_lines && err == 0; i++) {
                at->line = i + 1;
                err = check_line(at, text->lines[i]);
        }
        return err;
}

/* ---- versions */

static const struct text_wanted *wanted_named(const struct text_wanted *wanted, size_t count, const char *name)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(wanted[i].name, name) == 0)
                        return &wanted[i];
        return NULL;
}

static int check_version(struct checking *at, const Texts__TextVersion *version, const struct text_wanted *wanted,
                         size_t count)
{
        for (size_t i = 0; i < count; i++) {
                at->text = wanted[i].name;
                at->line = 0;
                if (text_find(version, wanted[i].name) == NULL)
                        return err_set(at->info, ERR_CONFIG, "%s.json: version %s: needs the text %s", at->subject,
                                       at->version, wanted[i].name);
        }
        for (size_t i = 0; i < version->n_texts; i++) {
                const Texts__Text *text = version->texts[i];
                at->wanted = wanted_named(wanted, count, text->name);
                if (wanted != NULL && (at->wanted == NULL || text_find(version, text->name) != text))
                        return err_set(at->info, ERR_CONFIG, "%s.json: version %s: text %s: %s", at->subject,
                                       at->version, text->name,
                                       at->wanted == NULL ? "nothing asks for it" : "stands there twice");
                int err = check_text(at, text);
                if (err != 0)
                        return err;
        }
        return 0;
}

int texts_check(const struct dated *library, const struct text_wanted *wanted, size_t count, struct err_info *info)
{
        const Texts__TextLibrary *root = (const Texts__TextLibrary *)library->root;
        int err = 0;
        for (size_t i = 0; i < root->n_versions && err == 0; i++) {
                struct checking at = {.subject = root->subject, .version = root->versions[i]->version, .info = info};
                err = check_version(&at, root->versions[i], wanted, count);
        }
        return err;
}

int texts_check_sections(const struct dated *library, struct err_info *info)
{
        return texts_check(library, NULL, 0, info);
}
