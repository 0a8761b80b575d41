/* notes.h: what a reader has to say about one element of a file: why it was rejected, or what is doubtful in it.
 *
 * A reason rejects the element. A warning is kept beside what was read: something was lost, left aside or cannot be
 * true; a change of form that loses nothing (a number written as text, an offset after a date) is not worth one.
 * Called by the readers of this room; guichetctl prints the notes and counts them by code. Both lists are bounded:
 * after NOTES_MAX the rest is only counted. All text lives in the arena of the element. */
#ifndef COMMON_IMPORT_NOTES_H
#define COMMON_IMPORT_NOTES_H

#include <stddef.h>

#include "common/base/arena.h"
#include "common/import/json_tree.h"

enum { NOTES_MAX = 32, NOTE_VALUE_CHARACTERS_MAX = 60 };

enum note_code {
        NOTE_NOT_JSON,
        NOTE_BARE_WORD,
        NOTE_NOT_UTF8,
        NOTE_ELEMENT_TOO_LARGE,
        NOTE_TOO_DEEP,
        NOTE_NOT_OBJECT,
        NOTE_NOT_LIST,
        NOTE_NOT_TEXT,
        NOTE_FLATTENED,
        NOTE_SEVERAL,
        NOTE_MISSING,
        NOTE_EMPTY,
        NOTE_SIRET_FORM,
        NOTE_SIRET_CHECKSUM,
        NOTE_SIRET_DROPPED,
        NOTE_DATE,
        NOTE_NUMBER,
        NOTE_NEGATIVE,
        NOTE_IMPLAUSIBLE,
        NOTE_BELOW_MINIMUM,
        NOTE_OUT_OF_RANGE,
        NOTE_BOOLEAN,
        NOTE_LABEL,
        NOTE_CONTRADICTION,
        NOTE_COMPANY_ID_KIND,
        NOTE_CPV,
        NOTE_ZERO_ADDED,
        NOTE_TOO_LONG,
        NOTE_CUT,
        NOTE_LOST_CHARACTERS,
        NOTE_KIND,
        NOTE_SEVERAL_KINDS,
        NOTE_TERRITORY,
        NOTE_COORDINATES,
        NOTE_MAIL_ADDRESS,
        NOTE_NAME_FROM_OFFICIAL,
        NOTE_REFUSED_AUTHORISATION,
        NOTE_CODES /* how many there are */
};

const char *note_name(enum note_code code); /* a stable English key: "siret_checksum" */
const char *note_text(enum note_code code); /* French: what is wrong, and what was done or what to do */

struct note {
        enum note_code code;
        const char *field; /* its path in the element, lists from 0: "modifications[2].id"; "" = the element itself */
        const char *value; /* as the file has it, shortened; "" where there is none */
        const char *text;  /* note_text(code) */
};

struct note_list {
        struct note *at;
        size_t count;
        size_t untold; /* found beyond NOTES_MAX */
};

struct findings {
        struct arena *arena;
        struct note_list reasons;
        struct note_list warnings;
};

/* A value of the element that is being read, and the way to it. Lives on the stack: rendered only when noted. */
struct node {
        const struct node *up;        /* NULL: the element itself */
        const char *name;             /* "" for an item of the list above */
        size_t index;                 /* of an item */
        const struct json_tree *json; /* NULL: absent */
};

struct node node_root(const struct json_tree *element);
struct node node_member(const struct node *object, const char *key);        /* absent too where it is null */
struct node node_first(const struct node *object, const char *const *keys); /* the first present of a NULL-ended list */
struct node node_item(const struct node *list, size_t index);

void note_reason(struct findings *found, enum note_code code, const struct node *at);
void note_warning(struct findings *found, enum note_code code, const struct node *at);
/* The same where there is no JSON value to point at. The texts are copied. */
void note_reason_text(struct findings *found, enum note_code code, const char *field, const char *value);
void note_warning_text(struct findings *found, enum note_code code, const char *field, const char *value);

#endif
