#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/store/blob_form.h"

static struct blob_head head_of(uint64_t size)
{
        return (struct blob_head){
                .owner = id_derived(1, slice_of_text("owner")),
                .number = id_derived(1, slice_of_text("number")),
                .size = size,
                .media = MEDIA_PNG,
        };
}

static void test_a_head_comes_back(void **state)
{
        (void)state;
        uint8_t bytes[BLOB_HEAD_SIZE];
        struct blob_head head = head_of(70000), back;
        blob_head_write(&head, bytes);
        assert_true(blob_head_read(slice_of(bytes, sizeof(bytes)), &back));
        assert_true(id_equal(back.owner, head.owner) && id_equal(back.number, head.number));
        assert_int_equal(back.size, 70000);
        assert_int_equal(back.media, MEDIA_PNG);
}

/* Every byte counts: what is not the owner's, the number's or the size's is fixed. */
static void test_what_is_no_head(void **state)
{
        (void)state;
        uint8_t bytes[BLOB_HEAD_SIZE];
        struct blob_head head = head_of(1), back;
        blob_head_write(&head, bytes);
        assert_false(blob_head_read(slice_of(bytes, sizeof(bytes) - 1), &back));
        for (size_t i = 0; i < sizeof(bytes); i++) {
                bytes[i] ^= 0x80;
                bool says_another = (i >= 8 && i < 40) || i == 46 || i == 47; /* owner, number, a size that can be */
                assert_int_equal(blob_head_read(slice_of(bytes, sizeof(bytes)), &back), says_another);
                bytes[i] ^= 0x80;
        }
        bytes[47] = 0; /* of no size */
        assert_false(blob_head_read(slice_of(bytes, sizeof(bytes)), &back));
        head.size = LIMIT_BLOB_BYTES;
        blob_head_write(&head, bytes);
        assert_true(blob_head_read(slice_of(bytes, sizeof(bytes)), &back));
        bytes[47]++; /* one more than may be */
        assert_false(blob_head_read(slice_of(bytes, sizeof(bytes)), &back));
}

static void test_pieces_follow_each_other(void **state)
{
        (void)state;
        static const uint64_t sizes[] = {1,
                                         LIMIT_BLOB_PIECE_BYTES - 1,
                                         LIMIT_BLOB_PIECE_BYTES,
                                         LIMIT_BLOB_PIECE_BYTES + 1,
                                         3 * LIMIT_BLOB_PIECE_BYTES + 7,
                                         LIMIT_BLOB_BYTES};
        for (size_t s = 0; s < ARRAY_SIZE(sizes); s++) {
                uint64_t at = BLOB_HEAD_SIZE, plain = 0;
                uint32_t count = blob_piece_count(sizes[s]);
                for (uint32_t i = 0; i < count; i++) {
                        struct blob_piece piece = blob_piece_of(sizes[s], i);
                        assert_int_equal(piece.at, at);
                        assert_int_equal(piece.sealed, piece.plain + VAULT_SEAL_BYTES);
                        assert_true(piece.plain == LIMIT_BLOB_PIECE_BYTES || i == count - 1);
                        assert_int_equal(blob_pieces_in(sizes[s], at + piece.sealed - 1), i);
                        at += piece.sealed;
                        plain += piece.plain;
                        assert_int_equal(blob_pieces_in(sizes[s], at), i + 1);
                }
                assert_int_equal(plain, sizes[s]);
                assert_int_equal(at, blob_file_bytes(sizes[s]));
                assert_int_equal(blob_pieces_in(sizes[s], 0), 0);
        }
        assert_int_equal(blob_file_bytes(LIMIT_BLOB_BYTES), BLOB_FILE_BYTES_MAX);
}

static void test_places_differ(void **state)
{
        (void)state;
        uint8_t one[BLOB_PLACE_SIZE], other[BLOB_PLACE_SIZE];
        struct blob_head head = head_of(200000), longer = head_of(200001);
        blob_place(&head, 1, one);
        blob_place(&head, 2, other);
        assert_memory_not_equal(one, other, sizeof(one));
        blob_place(&longer, 1, other);
        assert_memory_not_equal(one, other, sizeof(one));
}

static void begins(enum blob_media media, struct slice first)
{
        assert_int_equal(blob_media_of(first), media);
        for (enum blob_media other = MEDIA_PDF; other < MEDIA_END; other++)
                assert_int_equal(blob_media_begins(other, first),
                                 other == media || (other == MEDIA_TEXT && media == MEDIA_PDF));
}

static void test_media_by_their_first_bytes(void **state)
{
        (void)state;
        begins(MEDIA_PDF, slice_of_text("%PDF-1.7\n"));
        begins(MEDIA_JPEG, slice_of("\xff\xd8\xff\xe0\0\x10JFIF", 10));
        begins(MEDIA_PNG, slice_of("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18));
        begins(MEDIA_TEXT, slice_of_text("Attestation d'embauche, signée le 3\r\n"));
        begins(MEDIA_NONE, slice_of("MZ\x90\0\3\0\0\0", 8)); /* a program */
        begins(MEDIA_NONE, slice_of("PK\3\4\x14\0", 6));     /* an archive */
        begins(MEDIA_NONE, slice_of("\xff\xd8", 2));         /* half a mark */
        begins(MEDIA_NONE, slice_of("caf\xe9", 4));          /* Latin-1 */
        begins(MEDIA_NONE, slice_of("esc\x1b[2J", 7));       /* what a terminal would obey */
        begins(MEDIA_NONE, slice_of(NULL, 0));
        assert_false(blob_media_begins(MEDIA_NONE, slice_of_text("texte")));
        assert_false(blob_media_begins(MEDIA_END, slice_of_text("texte")));
}

/* A sequence that the end of a whole first piece cuts is no fault; in the midst, or at the end of a short text, it
 * is. */
static void test_text_that_a_piece_cuts(void **state)
{
        (void)state;
        static uint8_t piece[LIMIT_BLOB_PIECE_BYTES];
        memset(piece, 'a', sizeof(piece));
        piece[sizeof(piece) - 1] = 0xc3;
        assert_true(blob_media_begins(MEDIA_TEXT, slice_of(piece, sizeof(piece))));
        piece[100] = 0xc3;
        assert_false(blob_media_begins(MEDIA_TEXT, slice_of(piece, sizeof(piece))));
        assert_false(blob_media_begins(MEDIA_TEXT, slice_of("\xc3", 1)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_head_comes_back),          cmocka_unit_test(test_what_is_no_head),
                cmocka_unit_test(test_pieces_follow_each_other),   cmocka_unit_test(test_places_differ),
                cmocka_unit_test(test_media_by_their_first_bytes), cmocka_unit_test(test_text_that_a_piece_cuts),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
