#include "tests/unit/common/store/fixture.h"

#include "common/store/dedup.h"

struct request {
        const char *user, *method, *body;
};

static void hash(struct request request, uint8_t ret_hash[REQUEST_HASH_SIZE])
{
        dedup_hash(slice_of_text(request.user), slice_of_text(request.method), slice_of_text(request.body), ret_hash);
}

static void who_asks_what_makes_the_hash(void **state)
{
        static const struct request different[] = {
                {"anne", "m", "b"}, {"ann", "em", "b"}, {"anne", "mb", ""}, {"bob", "m", "b"}, {"anne", "m", "c"},
        };
        uint8_t hashes[ARRAY_SIZE(different)][REQUEST_HASH_SIZE], again[REQUEST_HASH_SIZE];
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(different); i++) {
                hash(different[i], hashes[i]);
                for (size_t j = 0; j < i; j++)
                        assert_memory_not_equal(hashes[i], hashes[j], REQUEST_HASH_SIZE);
        }
        hash(different[0], again);
        assert_memory_equal(again, hashes[0], REQUEST_HASH_SIZE);
}

static void the_same_request_gets_its_stored_reply(void **state)
{
        struct fixture *f = *state;
        struct id key = id_new(&f->world, 1000, 0), other_key = id_new(&f->world, 1000, 0);
        uint8_t own[REQUEST_HASH_SIZE], other[REQUEST_HASH_SIZE];
        struct dedup_reply reply = {7, slice_of_text("untouched")}, kept = {42, slice_of_text("réponse")};
        hash((struct request){"anne", "m", "b"}, own);
        hash((struct request){"anne", "m", "c"}, other);
        assert_int_equal(dedup_find(f->txn, key, own, &reply), DEDUP_NEW);
        assert_int_equal(reply.body.size, strlen("untouched"));
        dedup_put(f->txn, key, own, &kept);
        fixture_commit(f);
        assert_int_equal(dedup_find(f->txn, key, own, &reply), DEDUP_SAME);
        assert_true(slice_equal(reply.body, slice_of_text("réponse")));
        assert_int_equal(reply.position, 42);
        assert_int_equal(dedup_find(f->txn, key, other, &reply), DEDUP_OTHER_CONTENT);
        assert_int_equal(dedup_find(f->txn, other_key, own, &reply), DEDUP_NEW);
}

static void an_empty_reply_is_a_reply(void **state)
{
        struct fixture *f = *state;
        struct id key = id_new(&f->world, 1000, 0);
        uint8_t own[REQUEST_HASH_SIZE];
        struct dedup_reply reply = {0, slice_of_text("x")}, kept = {1, slice_of(NULL, 0)};
        hash((struct request){"anne", "m", "b"}, own);
        dedup_put(f->txn, key, own, &kept);
        assert_int_equal(dedup_find(f->txn, key, own, &reply), DEDUP_SAME);
        assert_int_equal(reply.body.size, 0);
}

/* The hash, then the reply: what programs wrote before positions were kept, and kept for a week. */
static void a_row_of_an_older_program_is_read(void **state)
{
        struct fixture *f = *state;
        struct id key = id_new(&f->world, 1000, 0), short_key = id_new(&f->world, 1000, 0);
        uint8_t own[REQUEST_HASH_SIZE], other[REQUEST_HASH_SIZE], row[REQUEST_HASH_SIZE + 12];
        struct dedup_reply reply = {7, slice_of_text("x")};
        hash((struct request){"anne", "m", "b"}, own);
        hash((struct request){"anne", "m", "c"}, other);
        memcpy(row, own, sizeof(own));
        memcpy(row + sizeof(own), "the old body", 12);
        txn_put(f->txn, RUNTIME_DEDUP, id_slice(&key), slice_of(row, sizeof(row)));
        txn_put(f->txn, RUNTIME_DEDUP, id_slice(&short_key), slice_of(row, sizeof(own)));
        assert_int_equal(dedup_find(f->txn, key, own, &reply), DEDUP_SAME);
        assert_true(slice_equal(reply.body, slice_of_text("the old body")));
        assert_int_equal(reply.position, 0);
        assert_int_equal(dedup_find(f->txn, key, other, &reply), DEDUP_OTHER_CONTENT);
        assert_int_equal(dedup_find(f->txn, short_key, own, &reply), DEDUP_SAME);
        assert_int_equal(reply.body.size, 0);
}

enum { KEYS = 600 };

static void fill(struct fixture *f)
{
        uint8_t own[REQUEST_HASH_SIZE] = {7};
        for (int i = 0; i < KEYS; i++)
                dedup_put(f->txn, id_new(&f->world, 1000 + i, 0), own, &(struct dedup_reply){1, slice_of_text("r")});
        fixture_commit(f);
}

static void the_oldest_are_pruned_first_some_at_a_time(void **state)
{
        struct fixture *f = *state;
        fill(f);
        assert_int_equal(dedup_prune(f->txn, 1000, 100), 0); /* none was drawn before that */
        assert_int_equal(dedup_prune(f->txn, 1001, 100), 1);
        assert_int_equal(dedup_prune(f->txn, 1500, 100), 100);
        assert_int_equal(txn_count(f->txn, RUNTIME_DEDUP), KEYS - 101);
        assert_int_equal(dedup_prune(f->txn, INT64_MAX, 100000), 256); /* one batch's worth, whatever was asked */
        assert_int_equal(dedup_prune(f->txn, 1500, 100000), 500 - 101 - 256);
        assert_int_equal(txn_count(f->txn, RUNTIME_DEDUP), KEYS - 500);
        assert_int_equal(dedup_prune(f->txn, 1500, 100000), 0);
}

static void a_pruned_key_may_serve_again(void **state)
{
        struct fixture *f = *state;
        struct id key = id_new(&f->world, 1000, 0);
        uint8_t own[REQUEST_HASH_SIZE] = {1};
        struct dedup_reply reply;
        dedup_put(f->txn, key, own, &(struct dedup_reply){1, slice_of_text("r")});
        assert_int_equal(dedup_prune(f->txn, 1001, 10), 1);
        assert_int_equal(dedup_find(f->txn, key, own, &reply), DEDUP_NEW);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(who_asks_what_makes_the_hash),
                TEST(the_same_request_gets_its_stored_reply),
                TEST(an_empty_reply_is_a_reply),
                TEST(a_row_of_an_older_program_is_read),
                TEST(the_oldest_are_pruned_first_some_at_a_time),
                TEST(a_pruned_key_may_serve_again),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
