/* blob_names.h: which blobs there should be: a table of kind STATE, "blob", that tells who names each. Changed by
 * apply() alone, from events that carry the address; so it changes in the very transaction that commits the event, and
 * a replay makes it again. A file that no row names is waste, collected by and by; a row without its file is a loss,
 * and never comes of a crash: the file is durable first (blobs.h).
 *
 *   address, 32 bytes; id of the thing that names it    id of whose key seals it, u64 size in bytes (big-endian)
 *   32 zeros, the zero id                               u64 how many rows, u64 bytes of them all
 */
#ifndef COMMON_STORE_BLOB_NAMES_H
#define COMMON_STORE_BLOB_NAMES_H

#include "common/base/id.h"
#include "common/store/walk.h"

enum { BLOB_ADDRESS_SIZE = 32, BLOB_ADDRESS_TEXT_SIZE = 2 * BLOB_ADDRESS_SIZE + 1 };

/* The BLAKE2b-256 of the whole file, sealed as it is: whoever has the file can check it and needs no key, and the
 * address says nothing of what is in it. */
struct blob_address {
        uint8_t b[BLOB_ADDRESS_SIZE];
};

struct blob {
        struct blob_address address;
        struct id owner;
        uint64_t size;
};

void blob_address_format(struct blob_address address, char ret_text[BLOB_ADDRESS_TEXT_SIZE]);
bool blob_address_parse(const char *text, struct blob_address *ret) ATTR_MUST_CHECK;

/* Naming what this thing names already, and taking away a name that is not there, change nothing. */
void blob_name(struct txn *txn, size_t table, const struct blob *blob, struct id by);
void blob_unname(struct txn *txn, size_t table, struct blob_address address, struct id by);
bool blob_is_named(struct txn *txn, size_t table, struct blob_address address);

struct blob_sums {
        uint64_t count, bytes;
};
struct blob_sums blob_sums(struct txn *txn, size_t table);

/* All of them, by address; one that several things name comes several times, one after the other. `after`: where a walk
 * stopped, as walk_cursor() gave it; empty: from the first. */
void blob_names_walk(struct txn *txn, size_t table, struct slice after, struct walk *ret);
bool blob_names_next(struct walk *walk, struct blob *ret);

#endif
