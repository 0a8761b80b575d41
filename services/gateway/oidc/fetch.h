/* fetch.h: one question to a provider over HTTP, asked by a worker of libuv's: the loop never waits. Bounded: so many
 * at once and waiting, so many bytes of head and body, so much time. Security: https alone, but on this machine; no
 * redirect is followed, no proxy of the environment, no cookie; where to is the caller's to have checked (address.h).
 *
 * For the loop thread. */
#ifndef SERVICES_GATEWAY_OIDC_FETCH_H
#define SERVICES_GATEWAY_OIDC_FETCH_H

#include <uv.h>

#include "common/base/attr.h"
#include "common/base/slice.h"

enum {
        FETCH_AT_ONCE = 2, /* of the four workers, which the files of the page and the daemon's own jobs need too */
        FETCH_WAITING_MAX = 64,
        FETCH_BODY_MAX = 64 * 1024,
        FETCH_HEAD_MAX = 16 * 1024,
        FETCH_CONNECT_MS = 3000,
        FETCH_TIMEOUT_MS = 6000, /* three of them, and a code of ProConnect's still holds */
};

struct fetches;
struct fetches *fetches_new(uv_loop_t *loop);
/* Breaks off what is asked; whoever waits is not told. The loop must run until those workers are back. Accepts NULL. */
void fetches_free(struct fetches *fetches);

/* All is copied. */
struct fetch_request {
        const char *address;
        const char *form; /* posted as application/x-www-form-urlencoded; NULL: GET */
        const char *user; /* with `password`, by Basic; NULL: none */
        const char *password;
        const char *bearer; /* NULL: none */
};
enum fetch_outcome { FETCH_ANSWERED, FETCH_SILENT, FETCH_TOO_LARGE };
struct fetch_answer {
        enum fetch_outcome outcome; /* FETCH_SILENT: not reached, late, broken off, or not trusted (TLS) */
        long status;                /* of FETCH_ANSWERED, as the rest */
        char type[64];              /* "application/json", in small letters, without parameters */
        struct slice body;          /* until the callback is over */
};
typedef void (*fetch_done_f)(void *argument, const struct fetch_answer *answer);
/* `done` is called once, later. False: too many wait. */
bool fetch(struct fetches *fetches, const struct fetch_request *request, fetch_done_f done,
           void *argument) ATTR_MUST_CHECK;

#endif
