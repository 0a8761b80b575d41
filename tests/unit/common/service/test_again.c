/* A command that comes again with its key: in the same batch, after others, and where its reply holds a secret. */
#include "tests/unit/common/service/toy.h"

static const struct dispatch_row sealed_dispatch[] = {
        {.method = "Subscribe",
         .mode = MODE_COMMAND,
         .roles = ROLE_BIT(OPERATOR),
         .handle = toy_subscribe,
         .reply_sealed = true},
        {.method = "Subscriptions", .mode = MODE_QUERY, .roles = ROLE_BIT(OPERATOR), .handle = toy_subscriptions},
};

static struct item *item_of(struct toy *toy, struct slice frame)
{
        struct slice reply;
        struct item *item = engine_accept(toy->engine, slice_of_text("peer"), frame, &toy->arena, &reply);
        assert_non_null(item);
        return item;
}

/* The replies to the frame, `count` times in one batch. */
static void ask(struct toy *toy, struct slice frame, size_t count, const Wire__Reply *ret[])
{
        struct item *items[4] = {NULL};
        for (size_t i = count; i > 0; i--) {
                items[i - 1] = item_of(toy, frame);
                items[i - 1]->next = i < count ? items[i] : NULL;
        }
        assert_int_equal(engine_run(toy->engine, items[0], &toy->info), 0);
        for (size_t i = 0; i < count; i++) {
                ret[i] = pb_decode(&wire__reply__descriptor, items[i]->reply, &toy->arena);
                assert_non_null(ret[i]);
                assert_int_equal(ret[i]->outcome_case, WIRE__REPLY__OUTCOME_BODY);
                item_free(toy->engine, &items[i]);
        }
}

static void asked_twice_in_one_batch_and_again_after_others(const struct service_spec *spec)
{
        struct toy *toy = toy_open(spec);
        struct slice frame = toy_frame(toy, "31");
        const Wire__Reply *replies[3];
        ask(toy, frame, 2, replies);
        toy_tell_many(toy, 5);
        ask(toy, frame, 1, &replies[2]);
        assert_int_equal(engine_position(toy->engine), 1 + 5);
        assert_int_equal(engine_figures(toy->engine).repeats, 2);
        for (size_t i = 0; i < ARRAY_SIZE(replies); i++) {
                assert_true(slice_equal(pb_slice(replies[i]->body), pb_slice(replies[0]->body)));
                assert_int_equal(replies[i]->position, 1); /* nothing of what came after has been read */
                assert_int_equal(replies[i]->repeated_key, i > 0);
        }
        toy_close(toy);
}

static void the_answer_of_that_time(void **state)
{
        (void)state;
        asked_twice_in_one_batch_and_again_after_others(&toy_source);
}

static void a_secret_is_kept_sealed_and_told_again(void **state)
{
        (void)state;
        struct service_spec sealing = toy_source;
        sealing.dispatch = sealed_dispatch;
        asked_twice_in_one_batch_and_again_after_others(&sealing);
}

/* What was kept in clear by a program that did not seal, or was changed on the disk, is not told. */
static void what_does_not_open_is_not_done_again(void **state)
{
        (void)state;
        struct service_spec sealing = toy_source;
        sealing.dispatch = sealed_dispatch;
        struct toy *toy = toy_open(&toy_source);
        struct slice frame = toy_frame(toy, "31");
        const Wire__Reply *first;
        ask(toy, frame, 1, &first);
        engine_close(toy->engine);
        toy_open_engine(toy, &sealing);
        struct item *item = item_of(toy, frame);
        assert_int_equal(engine_run(toy->engine, item, &toy->info), 0);
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, item->reply, &toy->arena);
        assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
        assert_int_equal(reply->refusal->code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(engine_position(toy->engine), 1);
        item_free(toy->engine, &item);
        toy_close(toy);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_answer_of_that_time),
                cmocka_unit_test(a_secret_is_kept_sealed_and_told_again),
                cmocka_unit_test(what_does_not_open_is_not_done_again),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
