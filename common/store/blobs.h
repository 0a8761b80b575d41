/* blobs.h: documents, as files in a directory beside the store's file. A blob is sealed piece by piece with the key of
 * a person or contact (blob_form.h), is named by the hash of its sealed bytes, and never changes. Which ones there
 * should be is told by a table (blob_names.h).
 *
 *   uploads/ACCOUNT.NUMBER   unfinished: a head, and the pieces that have come
 *   ab/ABCD…                 finished: by the 64 digits of its address
 *
 * An upload grows by one piece at a time, in order; after a crash, a cut line or a full disk it goes on from the piece
 * that is missing. upload_finish() reads it through, makes it durable, and gives it its second name, its address, which
 * is durable when it returns: before the transaction that names it begins to commit. The first name stays until that is
 * committed, so that who got no answer can ask again.
 *
 * What no row names is collected: at once where somebody doubts it (a removal, a commit that may have failed), and by
 * and by all over the directory (blobs_collect()). Only between two transactions of the one thread that writes them, so
 * a file can go only if the committed table does not name it; and never while somebody holds the directory to read it
 * (blobs_hold(): backup, verify).
 *
 * Threads: the writer has all of it; others may use upload_look() and blob_read(). Plain bytes live in the arena of who
 * asked, no longer. */
#ifndef COMMON_STORE_BLOBS_H
#define COMMON_STORE_BLOBS_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/store/blob_form.h"
#include "common/store/blob_names.h"

struct blobs;

struct blobs_options {
        const char *directory; /* made if it is not there */
        struct vault *vault;   /* borrowed, as the world */
        struct world *world;
};
int blobs_open(const struct blobs_options *options, struct blobs **ret, struct err_info *info) ATTR_MUST_CHECK;
void blobs_close(struct blobs *blobs); /* accepts NULL */

/* --- coming in ---------------------------------------------------------------------------------------------------- */

/* An upload is its account's alone: to another it is not there. */
struct upload {
        struct id account;
        struct id number; /* the blob's */
};

struct upload_state {
        struct blob_head head;
        uint32_t next; /* the piece that is missing first; blob_piece_count(head.size): none */
};

/* Begins it; where it was begun already with the same head, nothing happens. ERR_TOO_LARGE: the account has
 * LIMIT_UPLOADS_OF_ONE unfinished ones; ERR_OVERFLOW: the daemon has LIMIT_UPLOADS; ERR_DISK_FULL: the blob would leave
 * less than LIMIT_BLOB_SPARE_BYTES of the disk; ERR_FORGED: another head. */
int upload_begin(struct blobs *blobs, struct upload upload, const struct blob_head *head) ATTR_MUST_CHECK;
/* ERR_NOT_FOUND; ERR_FORGED: it was damaged. */
int upload_look(const struct blobs *blobs, struct upload upload, struct upload_state *ret) ATTR_MUST_CHECK;
/* A piece that is there already is left as it is. ERR_MALFORMED: one before it is missing, or it is not as long as it
 * must be; those of upload_look() and vault_seal(); ERR_DISK_FULL: it did not fit, and can be sent again. */
int upload_put(struct blobs *blobs, struct upload upload, uint32_t index, struct slice plain,
               struct arena *arena) ATTR_MUST_CHECK;
/* Nothing of it is left; one that is not there is none. */
int upload_drop(struct blobs *blobs, struct upload upload) ATTR_MUST_CHECK;
/* ERR_MALFORMED: pieces are missing; ERR_FORGED: a piece does not open (lost by a power cut): begin anew. */
int upload_finish(struct blobs *blobs, struct upload upload, struct blob *ret) ATTR_MUST_CHECK;

/* --- going out ---------------------------------------------------------------------------------------------------- */

/* 0; ERR_NOT_FOUND: its key is destroyed, and so is it; ERR_STORE: the file is missing; ERR_FORGED: damaged, or of
 * another owner; ERR_MALFORMED: it has no such piece. */
int blob_read(const struct blobs *blobs, const struct blob *blob, uint32_t index, struct arena *arena,
              struct slice *ret_plain) ATTR_MUST_CHECK;

/* --- from another partition --------------------------------------------------------------------------------------- */

/* A finished blob's file as it lies on the other's disk, in pieces from the first byte on: `bytes` stand at `at` of
 * `size`. *ret_next: the byte that is wanted now; `size`: it is here, whole and durable. A piece that is
 * not the wanted one is passed over. What nothing names in the end is collected. ERR_TOO_LARGE: longer than any;
 * ERR_FORGED: not the bytes of that address, and to be sent anew; ERR_DISK_FULL. */
struct blob_bytes {
        struct blob_address address;
        uint64_t size, at;
        struct slice bytes;
};
int blob_take(struct blobs *blobs, const struct blob_bytes *piece, uint64_t *ret_next) ATTR_MUST_CHECK;
bool blob_is_there(const struct blobs *blobs, struct blob_address address);
const char *blobs_directory(const struct blobs *blobs);

/* --- keeping house ----------------------------------------------------------------------------------------------- */

/* The committed table may not name it (any more): it is looked at by the next blobs_collect(). */
void blobs_doubt(struct blobs *blobs, struct blob_address address);
/* Its first name goes with the doubt, once the table names it. */
void blobs_doubt_upload(struct blobs *blobs, struct upload upload, struct blob_address address);

/* Whether blobs_collect() has something to look at. Every BLOBS_LOOK_MS it looks at the uploads and at one of the 256
 * directories: at all of them in 43 minutes. */
enum { BLOBS_LOOK_MS = 10000 };
bool blobs_want_a_look(const struct blobs *blobs);
/* `txn`: what is committed; nothing may be in it besides. */
void blobs_collect(struct blobs *blobs, struct txn *txn, size_t table);

struct blobs_figures {
        uint64_t collected, uploads_dropped;
};
struct blobs_figures blobs_figures(const struct blobs *blobs);

/* --- for who looks from outside: backup, verify, restore --------------------------------------------------------- */

/* From here on until *ret_hold is closed nothing is collected. Take it before the snapshot: then what that names stays.
 * *ret_hold is -1 where there is no such directory. */
int blobs_hold(const char *directory, int *ret_hold, struct err_info *info) ATTR_MUST_CHECK;
void blobs_let_go(int *hold); /* accepts -1, and leaves it */

/* "ab/ABCD…", below the directory. */
enum { BLOB_PATH_SIZE = 3 + BLOB_ADDRESS_TEXT_SIZE };
void blob_path(struct blob_address address, char ret_path[BLOB_PATH_SIZE]);
/* The file's bytes in the arena, if they are those of the address. ERR_NOT_FOUND: missing; ERR_FORGED: damaged. */
int blob_load(const char *directory, struct blob_address address, struct arena *arena, struct slice *ret_file,
              struct err_info *info) ATTR_MUST_CHECK;
/* Every file that is where a blob would be. -errno: the directory cannot be read; 0 where there is none. */
int blobs_each(const char *directory, void (*see)(void *argument, struct blob_address address), void *argument);

#endif
