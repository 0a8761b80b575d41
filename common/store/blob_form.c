#include "common/store/blob_form.h"

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/text.h"

static const char MARK[] = "GUICBLB1";
enum { MARK_SIZE = 8, AT_OWNER = 8, AT_NUMBER = 24, AT_SIZE = 40, AT_MEDIA = 48, AT_ZEROS = 49, BITS = 8 };

static void write_number(uint64_t number, size_t bytes, uint8_t *ret)
{
        for (size_t i = 0; i < bytes; i++)
                ret[i] = (uint8_t)(number >> (BITS * (bytes - 1 - i)));
}

static uint64_t read_number(const uint8_t *from, size_t bytes)
{
        uint64_t number = 0;
        for (size_t i = 0; i < bytes; i++)
                number = number << BITS | from[i];
        return number;
}

static bool size_is_possible(uint64_t size)
{
        return size >= 1 && size <= LIMIT_BLOB_BYTES;
}

void blob_head_write(const struct blob_head *head, uint8_t ret_bytes[BLOB_HEAD_SIZE])
{
        require(size_is_possible(head->size) && head->media > MEDIA_NONE && head->media < MEDIA_END);
        memset(ret_bytes, 0, BLOB_HEAD_SIZE);
        memcpy(ret_bytes, MARK, MARK_SIZE);
        memcpy(ret_bytes + AT_OWNER, head->owner.b, sizeof(head->owner.b));
        memcpy(ret_bytes + AT_NUMBER, head->number.b, sizeof(head->number.b));
        write_number(head->size, sizeof(head->size), ret_bytes + AT_SIZE);
        ret_bytes[AT_MEDIA] = (uint8_t)head->media;
}

bool blob_head_read(struct slice bytes, struct blob_head *ret)
{
        struct blob_head head;
        if (bytes.size < BLOB_HEAD_SIZE || memcmp(bytes.data, MARK, MARK_SIZE) != 0)
                return false;
        memcpy(head.owner.b, bytes.data + AT_OWNER, sizeof(head.owner.b));
        memcpy(head.number.b, bytes.data + AT_NUMBER, sizeof(head.number.b));
        head.size = read_number(bytes.data + AT_SIZE, sizeof(head.size));
        head.media = (enum blob_media)bytes.data[AT_MEDIA];
        for (size_t i = AT_ZEROS; i < BLOB_HEAD_SIZE; i++)
                if (bytes.data[i] != 0)
                        return false;
        if (!size_is_possible(head.size) || head.media <= MEDIA_NONE || head.media >= MEDIA_END)
                return false;
        *ret = head;
        return true;
}

uint32_t blob_piece_count(uint64_t size)
{
        return (uint32_t)((size + LIMIT_BLOB_PIECE_BYTES - 1) / LIMIT_BLOB_PIECE_BYTES);
}

struct blob_piece blob_piece_of(uint64_t size, uint32_t index)
{
        uint64_t before = (uint64_t)index * LIMIT_BLOB_PIECE_BYTES;
        require(index < blob_piece_count(size));
        uint64_t plain = size - before < LIMIT_BLOB_PIECE_BYTES ? size - before : LIMIT_BLOB_PIECE_BYTES;
        return (struct blob_piece){
                .at = BLOB_HEAD_SIZE + before + (uint64_t)index * VAULT_SEAL_BYTES,
                .plain = (uint32_t)plain,
                .sealed = (uint32_t)plain + VAULT_SEAL_BYTES,
        };
}

uint64_t blob_file_bytes(uint64_t size)
{
        return BLOB_HEAD_SIZE + size + (uint64_t)blob_piece_count(size) * VAULT_SEAL_BYTES;
}

uint32_t blob_pieces_in(uint64_t size, uint64_t file_bytes)
{
        if (file_bytes >= blob_file_bytes(size))
                return blob_piece_count(size);
        return file_bytes <= BLOB_HEAD_SIZE
                       ? 0
                       : (uint32_t)((file_bytes - BLOB_HEAD_SIZE) / (LIMIT_BLOB_PIECE_BYTES + VAULT_SEAL_BYTES));
}

void blob_place(const struct blob_head *head, uint32_t index, uint8_t ret_place[BLOB_PLACE_SIZE])
{
        blob_head_write(head, ret_place);
        write_number(index, sizeof(index), ret_place + BLOB_HEAD_SIZE);
}

_Static_assert(BLOB_PLACE_SIZE <= (int)VAULT_PLACE_MAX, "a piece's place is one that the vault takes");

/* --- media ------------------------------------------------------------------------------------------------------- */

/* A sequence that the end of the bytes cuts is none that is wrong. */
static bool is_text(struct slice bytes)
{
        enum { SEQUENCE_MAX = 4, SPACE = 0x20, DELETE = 0x7f };
        const char *text = (const char *)bytes.data;
        for (size_t i = 0; i < bytes.size;) {
                unsigned char c = (unsigned char)text[i];
                size_t size = utf8_sequence(text + i, bytes.size - i);
                if (size == 0)
                        return c >= 0xc2 && bytes.size - i < SEQUENCE_MAX && bytes.size >= LIMIT_BLOB_PIECE_BYTES;
                if ((c < SPACE && c != '\t' && c != '\n' && c != '\r') || c == DELETE)
                        return false;
                i += size;
        }
        return bytes.size > 0;
}

bool blob_media_begins(enum blob_media media, struct slice first)
{
        static const struct {
                const char *mark;
                size_t size;
        } marks[MEDIA_END] = {
                [MEDIA_PDF] = {"%PDF-", 5},
                [MEDIA_JPEG] = {"\xff\xd8\xff", 3},
                [MEDIA_PNG] = {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16},
        };
        if (media == MEDIA_TEXT)
                return is_text(first);
        return media > MEDIA_NONE && media < MEDIA_END &&
               slice_starts_with(first, slice_of(marks[media].mark, marks[media].size));
}

enum blob_media blob_media_of(struct slice first)
{
        for (enum blob_media media = MEDIA_PDF; media < MEDIA_END; media++)
                if (blob_media_begins(media, first))
                        return media;
        return MEDIA_NONE;
}
