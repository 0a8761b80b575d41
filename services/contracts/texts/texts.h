/* texts.h: letters, clauses and notes for people, from a dated library (contracts.TextLibrary): a text by its name, its
 * "{{fields}}" replaced. Pure. What comes out is French plain text: lines, and blank lines between paragraphs. */
#ifndef SERVICES_CONTRACTS_TEXTS_TEXTS_H
#define SERVICES_CONTRACTS_TEXTS_TEXTS_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/texts.pb-c.h"

struct text_field {
        const char *name;
        const char *value; /* NULL or "": missing */
};

/* NULL: the version has no such text. */
const Contracts__Text *text_find(const Contracts__TextVersion *version, const char *name);

/* The merged text, in the arena. NULL with *ret_refusal (WRONG_STATE, naming every missing field of the text at once)
 * where a field that the text asks for has no value. A field that is not in `fields` at all is a bug in the library or
 * in the caller: told in the same way, so that it shows and nothing half-filled is printed. */
char *text_merge(const Contracts__Text *text, const struct text_field *fields, size_t count, struct arena *arena,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
