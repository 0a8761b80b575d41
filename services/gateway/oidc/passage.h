/* passage.h: what a gateway hands to a browser to bring back, to whichever gateway it comes: sealed under a key that
 * all gateways of the network have (keys/gateways.key), so nothing of who is on the way is kept here.
 *
 * Security: nobody reads it, changes it, or passes one kind for another; one that is too old is as good as none. That
 * it is taken once is not said here: flow.h. */
#ifndef SERVICES_GATEWAY_OIDC_PASSAGE_H
#define SERVICES_GATEWAY_OIDC_PASSAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/attr.h"
#include "common/base/world.h"
#include "common/codec/secret_box.h"

enum {
        PASSAGE_SKEW_MS = 60 * 1000, /* by which another gateway's clock may be ahead */
        PASSAGE_TEXT_MAX = 3000,     /* of a Cookie header, which takes 4096 with all others */
        PASSAGE_MARK_SIZE = 16,
};

struct passages {
        struct world *world;
        uint8_t key[SECRET_BOX_KEY_SIZE];
};

/* The text for a cookie, or NULL where it would be too long. `what` is an object, which is taken. */
char *passage_seal(const struct passages *passages, const char *kind, json_t *what, struct arena *arena);
/* The object, for the caller to let go; NULL: of another kind or network, changed, or older than `life_ms`. `text` may
 * be NULL. */
json_t *passage_open(const struct passages *passages, const char *kind, const char *text, int64_t life_ms);

/* By which all gateways know that one of them drew these bytes. */
void passage_mark(const struct passages *passages, struct slice of, uint8_t ret[PASSAGE_MARK_SIZE]);

/* A text member; NULL: none. */
const char *passage_text(const json_t *what, const char *name);

#endif
