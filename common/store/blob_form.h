/* blob_form.h: what a blob's file holds, as bytes. Pure: no file, no key. A head of BLOB_HEAD_SIZE bytes in clear, then
 * the pieces, each sealed by itself (vault_seal_at()) and bound to the head and to its number: none can be left out,
 * added, moved, or taken from another blob. All but the last hold LIMIT_BLOB_PIECE_BYTES; how many there are, and where
 * each lies, follows from the size in the head, so any one is found and opened without the others.
 *
 *   8 bytes "GUICBLB1" · 16 whose key seals it · 16 its number · u64 size in bytes, unsealed · u8 media · 15 zeros
 *   pieces: 24 bytes nonce, ciphertext, 16 bytes tag
 */
#ifndef COMMON_STORE_BLOB_FORM_H
#define COMMON_STORE_BLOB_FORM_H

#include <stdbool.h>

#include "common/base/id.h"
#include "common/base/limits.h"
#include "common/store/vault.h"

enum {
        BLOB_HEAD_SIZE = 64,
        BLOB_PIECES_MAX = (LIMIT_BLOB_BYTES + LIMIT_BLOB_PIECE_BYTES - 1) / LIMIT_BLOB_PIECE_BYTES,
        BLOB_FILE_BYTES_MAX = BLOB_HEAD_SIZE + LIMIT_BLOB_BYTES + BLOB_PIECES_MAX * VAULT_SEAL_BYTES,
};

/* What may be kept: told by its first bytes, never by its name, and never interpreted here. The numbers are kept. */
enum blob_media { MEDIA_NONE = 0, MEDIA_PDF = 1, MEDIA_JPEG = 2, MEDIA_PNG = 3, MEDIA_TEXT = 4, MEDIA_END };

struct blob_head {
        struct id owner;  /* the person or contact, in the vault */
        struct id number; /* no other blob has it */
        uint64_t size;    /* 1 … LIMIT_BLOB_BYTES */
        enum blob_media media;
};

void blob_head_write(const struct blob_head *head, uint8_t ret_bytes[BLOB_HEAD_SIZE]);
/* False: not what blob_head_write() makes. */
bool blob_head_read(struct slice bytes, struct blob_head *ret) ATTR_MUST_CHECK;

struct blob_piece {
        uint64_t at;     /* in the file */
        uint32_t plain;  /* bytes of the document in it */
        uint32_t sealed; /* bytes of the file */
};
uint32_t blob_piece_count(uint64_t size);
struct blob_piece blob_piece_of(uint64_t size, uint32_t index); /* below blob_piece_count() */
uint64_t blob_file_bytes(uint64_t size);
/* Of an unfinished file of so many bytes: the pieces that are there whole. */
uint32_t blob_pieces_in(uint64_t size, uint64_t file_bytes);

/* What a piece is sealed for. */
enum { BLOB_PLACE_SIZE = BLOB_HEAD_SIZE + 4 };
void blob_place(const struct blob_head *head, uint32_t index, uint8_t ret_place[BLOB_PLACE_SIZE]);

/* Whether a document can begin so. PDF, JPEG and PNG by their marks; text is UTF-8 without control characters. */
bool blob_media_begins(enum blob_media media, struct slice first);
/* The kind that begins so; MEDIA_NONE: none that is taken. */
enum blob_media blob_media_of(struct slice first);

#endif
