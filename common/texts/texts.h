/* texts.h: letters, clauses, notices and mails for people, from a dated library (texts.TextLibrary): a text by its
 * name, its fields replaced. Pure. What comes out is French plain text: lines, and blank lines between paragraphs. In a
 * line or a title stand, as in Mustache:
 *
 *   {{buyer}}                      the value of the field
 *   {{buyer|un acheteur}}          the same, or those words where it has none (there may be none: {{buyer|}})
 *   {{#day}}, le {{day}}{{/day}}   a section: only where the field has a value
 *   {{^day}} sans date{{/day}}     only where it has none
 *
 * Sections do not hold sections, and end on their line; a line of which only such sections were to be said, and none
 * is, is left out. Values are put in as they are: what looks like a field in one is none. */
#ifndef COMMON_TEXTS_TEXTS_H
#define COMMON_TEXTS_TEXTS_H

#include "common/base/arena.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "texts.pb-c.h"

struct text_field {
        const char *name;
        const char *value; /* NULL or "": missing */
};

/* NULL: the version has no such text. */
const Texts__Text *text_find(const Texts__TextVersion *version, const char *name);

/* The merged text, in the arena. NULL with *ret_refusal (WRONG_STATE, naming every missing field of the text at once)
 * where a field that the text asks for has no value. A field that is not in `fields` at all is a bug in the library or
 * in the caller: told in the same way, so that it shows and nothing half-filled is printed. */
char *text_merge(const Texts__Text *text, const struct text_field *fields, size_t count, struct arena *arena,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* For what nobody is there to mend, of a library that texts_check() has passed: what is missing is left empty. The
 * title; the lines, with no end after the last one. */
char *text_title(const Texts__Text *text, const struct text_field *fields, size_t count, struct arena *arena);
char *text_body(const Texts__Text *text, const struct text_field *fields, size_t count, struct arena *arena);

/* A text that code asks for, and the names of the fields that it gives, separated by blanks: those that always have a
 * value, and those that may have none. */
struct text_wanted {
        const char *name;
        const char *always;
        const char *perhaps;
};

/* At start: every version of the library has each of these texts once, with a title, and no other; a text names only
 * its own fields, and one that may have no value stands where that is provided for ({{x|…}}, or in its section).
 * Nothing is a control character. ERR_CONFIG with the version, the text, the line and the remedy. */
int texts_check(const struct dated *library, const struct text_wanted *wanted, size_t count,
                struct err_info *info) ATTR_MUST_CHECK;

/* The same of a library whose texts and fields are others' to judge: only that its sections hold. */
int texts_check_sections(const struct dated *library, struct err_info *info) ATTR_MUST_CHECK;

#endif
