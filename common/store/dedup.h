/* dedup.h: what was answered to which idempotency key. The key is the command's UUIDv7, so rows come close together
 * in time; the row holds a hash of who asked what, the position at which it was done, and the reply. Kept
 * LIMIT_DEDUP_DAYS. */
#ifndef COMMON_STORE_DEDUP_H
#define COMMON_STORE_DEDUP_H

#include "common/base/id.h"
#include "common/store/store.h"

enum { REQUEST_HASH_SIZE = 16 };

enum dedup_answer { DEDUP_NEW, DEDUP_SAME, DEDUP_OTHER_CONTENT };

void dedup_hash(struct slice user, struct slice method, struct slice body, uint8_t ret_hash[REQUEST_HASH_SIZE]);
struct dedup_reply {
        uint64_t position; /* the last event of the command; 0: a program of before 2026-11-28 did it, and kept none */
        struct slice body; /* dies with the txn */
};
enum dedup_answer dedup_find(struct txn *txn, struct id key, const uint8_t hash[REQUEST_HASH_SIZE],
                             struct dedup_reply *ret_reply); /* untouched but for DEDUP_SAME */
void dedup_put(struct txn *txn, struct id key, const uint8_t hash[REQUEST_HASH_SIZE], const struct dedup_reply *reply);
int64_t dedup_oldest_ms(struct txn *txn); /* when the oldest key that is kept was drawn; 0: there is none */
/* Deletes rows whose key was drawn before `before_ms`, at most `most` of them. Returns how many. */
size_t dedup_prune(struct txn *txn, int64_t before_ms, size_t most);

#endif
