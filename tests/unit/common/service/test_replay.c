#include "tests/unit/common/service/toy.h"

#include "common/service/replay.h"
#include "envelope.pb-c.h"

static void an_event_of_no_kind_is_not_known(void **state)
{
        (void)state;
        Notifications__Subscribed subscribed = NOTIFICATIONS__SUBSCRIBED__INIT;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        assert_false(event_is_known(&event));
        event.body_case = NOTIFICATIONS__EVENT__BODY_SUBSCRIBED;
        event.subscribed = &subscribed;
        assert_true(event_is_known(&event));
}

static void an_event_of_a_later_program_is_not_known(void **state)
{
        (void)state;
        static const uint8_t later[] = {0x82, 0x7d, 0x02, 0x08, 0x01}; /* field 2000, a message */
        struct arena arena scoped(arena_fini) = {0};
        const void *event = pb_decode(&notifications__event__descriptor, slice_of(later, sizeof(later)), &arena);
        assert_non_null(event);
        assert_false(event_is_known(event));
}

static void what_is_no_choice_is_known(void **state)
{
        (void)state;
        Wire__EventBatch batch = WIRE__EVENT_BATCH__INIT;
        assert_true(event_is_known(&batch));
}

static void events_go_up_to_the_last_that_is_asked_for(void **state)
{
        (void)state;
        struct toy *source = toy_open(&toy_source), *into = toy_open(&toy_follower);
        toy_tell(source, 9);
        struct replay replay = {.into = engine_store(into->engine),
                                .kind = TABLE_COPY,
                                .type = &notifications__event__descriptor,
                                .source = "notifications-1",
                                .put = toy_put,
                                .last = 7};
        struct txn *log = txn_begin_read(engine_store(source->engine), NULL);
        assert_non_null(log);
        assert_int_equal(replay_log(&replay, log, &into->info), 0);
        txn_end_read(log);
        assert_int_equal(replay.replayed, 7);
        assert_int_equal(toy_rows(into), 7);
        toy_close(into);
        toy_close(source);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_event_of_no_kind_is_not_known),
                cmocka_unit_test(an_event_of_a_later_program_is_not_known),
                cmocka_unit_test(what_is_no_choice_is_known),
                cmocka_unit_test(events_go_up_to_the_last_that_is_asked_for),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
