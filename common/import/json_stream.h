/* json_stream.h: walks a JSON text of any size from front to back, one element of a list at a time, in flat memory.
 *
 * Called by the readers of this room. It does not judge what is inside an element: it finds where the element ends, by
 * its brackets and strings, and hands out its bytes; json_tree.h reads those. So an element that is not JSON
 * (a bare NaN, a forgotten comma) costs only itself. Where brackets do not match, the element is closed at the first
 * place that can only be the end of it: the end of the list, or an object that starts after a comma inside an object.
 * Where a string never ends, it is taken to end with its line. What no rule can find the end of, within
 * JSON_ELEMENT_SCAN_MAX bytes, ends the reading with ERR_MALFORMED; all that came before has been handed out. Commas
 * between elements are not required.
 *
 * A file is mapped, and the pages behind are given back as the reading advances. It must not be cut short by somebody
 * else meanwhile (the kernel would stop the program with SIGBUS). Texts in `struct err_info` are French: they are for
 * the person who gave the file. */
#ifndef COMMON_IMPORT_JSON_STREAM_H
#define COMMON_IMPORT_JSON_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/slice.h"
#include "common/import/notes.h"

enum {
        JSON_ELEMENT_BYTES_MAX = 1024 * 1024,    /* the largest published contract seen is 30 KiB */
        JSON_ELEMENT_SCAN_MAX = 4 * 1024 * 1024, /* how far the end of an element is looked for */
};

struct json_stream {
        const uint8_t *data;
        size_t size;
        size_t at;       /* bytes read so far */
        void *mapped;    /* NULL: memory of the caller */
        size_t released; /* bytes of the mapping that were given back */
};

/* 0; -errno; ERR_MALFORMED where the file cannot be JSON (compressed, XML, a spreadsheet). An empty file is a stream of
 * nothing: what that means is for the caller to say. */
int json_stream_open(const char *path, struct json_stream *ret, struct err_info *info) ATTR_MUST_CHECK;
/* The same checks on memory that must outlive the stream. */
int json_stream_open_memory(struct slice text, struct json_stream *ret, struct err_info *info) ATTR_MUST_CHECK;
void json_stream_close(struct json_stream *stream); /* accepts a zeroed one */

int json_stream_peek(struct json_stream *stream);                 /* the next byte that is not blank, -1 at the end */
bool json_stream_take(struct json_stream *stream, char expected); /* consumes it where it is the next */

/* Inside an object, after its brace: 1 and the bytes of the next key, its colon consumed; 0 at the closing brace, which
 * is consumed; ERR_MALFORMED. */
int json_stream_member(struct json_stream *stream, struct slice *ret_key) ATTR_MUST_CHECK;
/* Consumes one value, whatever it is and however large. */
int json_stream_skip(struct json_stream *stream) ATTR_MUST_CHECK;

/* Inside a list, after its bracket: 1 and the bytes of the next element; 0 at the closing bracket, which is consumed;
 * ERR_MALFORMED where the text ends before, or no end can be found. */
int json_stream_element(struct json_stream *stream, struct slice *ret_element) ATTR_MUST_CHECK;

/* ERR_MALFORMED, with what there is to say where no further element can be told apart: the text ends too early, or an
 * element has no end. `elements`: how many of the list came before. */
int json_stream_broken(const struct json_stream *stream, uint64_t elements, struct err_info *info);

/* The element as JSON, a new reference; NULL with a reason in `found` where it is none. */
const struct json_tree *json_stream_parse(struct slice element, struct findings *found) ATTR_MUST_CHECK;

/* json_stream_element() and json_stream_parse() at once, in one pass over what is well-formed. *ret_tree: NULL with a
 * reason in `found` where the element is no JSON. */
int json_stream_next(struct json_stream *stream, struct findings *found, struct slice *ret_element,
                     const struct json_tree **ret_tree) ATTR_MUST_CHECK;

#endif
