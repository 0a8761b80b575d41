/* chunk.h: one sealed piece of a backup, as bytes. Its name is a keyed hash of what it holds: what is the same has the
 * same name, and is kept once; who has not the key cannot tell, nor make, a name.
 *
 * Sealed form: 8 bytes of format; the chunk's own random key in a crypto_box_seal to the recovery key (80 bytes);
 * XChaCha20-Poly1305 of the zstd frame, with the name as associated data, so that no chunk passes for another;
 * BLAKE2b-256 of all that, by which anybody can tell whether it was written, kept and read back whole. */
#ifndef SERVICES_CTL_BACKUP_CHUNK_H
#define SERVICES_CTL_BACKUP_CHUNK_H

#include "common/base/arena.h"
#include "services/ctl/backup/recovery.h"

enum {
        CHUNK_NAME_SIZE = 32,
        CHUNK_NAME_TEXT_SIZE = 2 * CHUNK_NAME_SIZE + 1,
        CHUNK_PLAIN_MAX = 64 * 1024 * 1024, /* a chunk is cut at 1 MiB; one row alone may be larger */
};

struct chunk_name {
        uint8_t b[CHUNK_NAME_SIZE];
};

struct chunk_name chunk_name_of(const struct recovery *recovery, struct slice plain);
void chunk_name_format(struct chunk_name name, char ret_text[CHUNK_NAME_TEXT_SIZE]);
bool chunk_name_parse(const char *text, struct chunk_name *ret);

/* Sealed bytes in the arena. */
struct slice chunk_seal(const struct recovery *recovery, struct chunk_name name, struct slice plain,
                        struct arena *arena);
/* Whether the bytes are those that chunk_seal() gave; needs no key. */
bool chunk_is_whole(struct slice sealed);
/* 0, or ERR_FORGED: damaged, of another recovery key, or not what its name says. The plain bytes are in the arena. */
int chunk_open(const struct recovery *recovery, struct chunk_name name, struct slice sealed, struct arena *arena,
               struct slice *ret_plain) ATTR_MUST_CHECK;

#endif
