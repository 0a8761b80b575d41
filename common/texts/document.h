/* document.h: a letter, a piece or a note that a daemon put into words, written for people: as HTML, from which PDF
 * (tagged, RGAA 13.3 and 13.4) and OpenDocument are made by programs of the system. Pure. Called by guichetctl and the
 * gateway, which start these programs.
 *
 * A text is lines, as daemons put them together; what they are is told by how they begin:
 *
 *   Objet : …               behind a blank line: the heading of the document (else its first line is)
 *   1. …, Article 1. …      behind a blank line: a heading
 *   À l'attention de :      with the lines below: who it goes to
 *   - …, two blanks and - … an item of a list, and one of a list in it
 *   …signature :            room for one
 *
 * What is to be confirmed before signing stands on a sheet of its own behind it. */
#ifndef COMMON_TEXTS_DOCUMENT_H
#define COMMON_TEXTS_DOCUMENT_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/attr.h"

struct document {
        const char *text;
        char *const *to_confirm;
        size_t to_confirm_count;
};

/* The document of a reply: its text, letter or notice, in itself or in a message that it holds, and its list of what is
 * to be confirmed. Borrowed. False: it has none. */
bool document_of_reply(const ProtobufCMessage *reply, struct document *ret) ATTR_MUST_CHECK;

/* Whether replies of that type may hold one. */
bool document_is_in(const ProtobufCMessageDescriptor *type);

/* In the arena. */
char *document_text(const struct document *document, bool with_sheet, struct arena *arena);
char *document_html(const struct document *document, bool with_sheet, struct arena *arena);
char *document_html_untitled(const struct document *document, bool with_sheet, struct arena *arena);

/* How a document is written: what its file ends with, its type in HTTP, and the program that makes it of HTML, from its
 * standard input to its standard output; NULL: the text, or the HTML itself. */
struct document_form {
        const char *ending; /* "pdf" */
        const char *type;
        const char *const *command; /* ended by NULL; [0] is looked for in PATH */
        char *(*write)(const struct document *document, bool with_sheet, struct arena *arena);
};
/* NULL: there is none of that name. */
const struct document_form *document_form_of(const char *ending);

#endif
