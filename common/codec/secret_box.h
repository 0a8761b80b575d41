/* secret_box.h: a secret under a key that lies elsewhere than what keeps it (XChaCha20-Poly1305, a nonce of its own
 * each time). `bound_to` is not in it, and must be said again to open it: so that no box passes for another. */
#ifndef COMMON_CODEC_SECRET_BOX_H
#define COMMON_CODEC_SECRET_BOX_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/slice.h"
#include "common/base/world.h"

enum { SECRET_BOX_KEY_SIZE = 32 };

struct slice secret_box_seal(struct world *world, const uint8_t key[SECRET_BOX_KEY_SIZE], struct slice bound_to,
                             struct slice plain, struct arena *arena);
/* False: another key or binding, or it was changed. */
bool secret_box_open(const uint8_t key[SECRET_BOX_KEY_SIZE], struct slice bound_to, struct slice box,
                     struct arena *arena, struct slice *ret_plain);

#endif
