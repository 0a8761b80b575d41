/* guard.h: what a request must look like, byte for byte, before the HTTP library sees it. Pure: no socket, no clock.
 *
 * libmicrohttpd 0.9.75 takes bare LF for a line's end, the first of two Content-Length, and what stands before a NUL.
 * A proxy in front may read the same bytes otherwise, and then one's request ends in another's. So what is ambiguous
 * is refused here: each line ends with CRLF, what decides something stands once, a body has one length. The bounds are
 * such that the library never has a reason to answer by itself. */
#ifndef SERVICES_GATEWAY_DOOR_GUARD_H
#define SERVICES_GATEWAY_DOOR_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/limits.h"
#include "common/base/slice.h"

enum {
        GUARD_HEAD_MAX = 64 * 1024, /* request line and headers */
        GUARD_LINE_MAX = 32 * 1024, /* the request line */
        GUARD_COOKIES_MAX = 4096,   /* all of them together */
        GUARD_HEADERS_MAX = 100,
        GUARD_PARAMETERS_MAX = 256,
        GUARD_BODY_MAX = LIMIT_REQUEST_BYTES,
        GUARD_FILE_MAX = LIMIT_TABLE_BYTES,  /* the body of GUARD_FILE_TARGET */
        GUARD_PIECES_MAX = LIMIT_BLOB_BYTES, /* what is put below GUARD_PIECES_PLACE, and cut as it comes */
};

/* The requests whose body is a file. Written otherwise ("%74able") it has the bound of all others. */
#define GUARD_FILE_TARGET  "/v1/table"
#define GUARD_PIECES_PLACE "/v1/files/"

struct guard_flaw {
        int status;       /* 400, 413, 414, 431, 505 */
        const char *text; /* French, for the one who asked */
};

enum guard_state {
        GUARD_HEAD,       /* a zeroed guard stands before a request */
        GUARD_BODY,       /* of a length that was announced */
        GUARD_CHUNK_SIZE, /* chunked: the line before a piece */
        GUARD_CHUNK,
        GUARD_CHUNK_END, /* the CRLF behind it */
        GUARD_BODY_END,  /* the CRLF behind the last, which has no piece */
        GUARD_FLAWED,    /* nothing more is looked at */
};

struct guard {
        enum guard_state state;
        size_t seen;       /* of the head that is not whole yet */
        size_t line_start; /* in it */
        uint64_t left;     /* of the body, or of its piece */
        uint64_t body;     /* so far, where it is chunked */
        uint64_t most;     /* of the body; 0: GUARD_BODY_MAX */
};

enum guard_verdict {
        GUARD_MORE, /* nothing can be said before more bytes are there */
        GUARD_PASS, /* the first `size` bytes may go on; the guard stands behind them */
        GUARD_FLAW, /* see `flaw`; instead of what is there, `instead` makes the request whole for the library */
};

struct guard_look {
        enum guard_verdict verdict;
        size_t size;
        bool is_head;              /* those bytes are a head */
        bool is_whole;             /* with them the request is whole */
        const char *authorization; /* of a head: the header's value, in the bytes; NULL: none */
        size_t authorization_size;
        struct slice session; /* the value of the session's cookie (cookie.h), likewise */
        const struct guard_flaw *flaw;
        const char *instead;
};

/* Looks at what came and was not passed on yet; always the same bytes again, and more, after GUARD_MORE. Heads and the
 * lines between pieces are passed whole or not at all. */
struct guard_look guard_look(struct guard *guard, const char *bytes, size_t size);

#endif
