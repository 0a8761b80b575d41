/* hasher.h: what a password proves, by Argon2id (libsodium), on libuv's worker threads: slow on purpose, so never on
 * the loop. A bounded number at once, each with its memory, and a bounded line behind them, in
 * which no network fills more than its part. For the loop thread. */
#ifndef SERVICES_GATEWAY_PASSWORDS_HASHER_H
#define SERVICES_GATEWAY_PASSWORDS_HASHER_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "common/base/id.h"
#include "common/base/slice.h"

enum { PROOF_SIZE = 32, PROOF_SALT_SIZE = 16, HASHES_AT_ONCE = 2, HASHES_WAITING = 32, HASHES_OF_ONE = 4 };

struct hasher;
struct hasher *hasher_new(uv_loop_t *loop);
/* Nobody is called back any more. What runs ends by itself, in the loop's next turns. Accepts NULL. */
void hasher_free(struct hasher *hasher);

struct hash_wish {
        const char *password; /* kept as a copy, and wiped */
        struct slice salt;    /* PROOF_SALT_SIZE bytes */
        uint32_t passes;
        uint32_t memory_kib;
        struct id network; /* that it is asked from; zero: this machine, which is not bounded */
};
/* `proof` NULL: there was no memory for it. Called from the loop. */
typedef void (*hash_done_f)(void *argument, const uint8_t *proof);
/* False: the line is full, or that network has its part of it, or the wish cannot be fulfilled (salt, cost). */
bool hasher_ask(struct hasher *hasher, const struct hash_wish *wish, hash_done_f done, void *argument);

#endif
