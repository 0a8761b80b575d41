/* print_document.h: what a daemon worded, on the terminal or as a file for people: .txt, .html, .pdf (tagged), .odt.
 * The form follows from how the file's name ends. Called by verbs whose reply holds a document
 * (common/texts/document.h). */
#ifndef SERVICES_CTL_PRINT_DOCUMENT_H
#define SERVICES_CTL_PRINT_DOCUMENT_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/attr.h"

struct document_wish {
        const char *out; /* NULL: the text, on standard output */
        bool is_final;   /* without the sheet of what is to be confirmed before signing */
};

/* Whether such a file can be written; complains otherwise. Asked before anything is. */
bool document_wish_holds(const struct document_wish *wish) ATTR_MUST_CHECK;

/* An exit code, after a complaint where it is not CTL_DONE. */
int print_document(const ProtobufCMessage *reply, const struct document_wish *wish);

#endif
