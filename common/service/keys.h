/* keys.h: one key for each person and contact without an erasure event. What a lost key sealed is lost without a word
 * otherwise: nothing is read of it until somebody asks. */
#ifndef COMMON_SERVICE_KEYS_H
#define COMMON_SERVICE_KEYS_H

#include "common/service/spec.h"
#include "common/store/vault.h"

enum { KEYS_LOOKED_AT_AT_START = 10000 }; /* the newest: an older keys/ than the store shows there */

struct missing_keys {
        uint64_t looked_at, missing;
        struct id first; /* of those that are missing, the newest */
};

/* Of the newest `max` ids that something is sealed for. */
struct missing_keys keys_missing(const struct service_spec *spec, struct txn *txn, struct vault_keys *keys,
                                 uint64_t max);

/* What is wrong and what to do: ids only, never a name. Ended by a zero. */
enum { KEYS_TEXT_SIZE = 320 };
void keys_tell(const struct missing_keys *missing, const char *store, char ret_text[KEYS_TEXT_SIZE]);

#endif
