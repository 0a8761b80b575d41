/* An entry of a log, as apply, copy and react functions get it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/pb.h"
#include "common/service/event.h"
#include "contracts/obligations.pb-c.h"
#include "envelope.pb-c.h"
#include "notifications/events.pb-c.h"

static struct arena arena;

static struct slice record_of(uint64_t number, const char *cause)
{
        Notifications__NoticeRead read = NOTIFICATIONS__NOTICE_READ__INIT;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        Wire__EventRecord record = WIRE__EVENT_RECORD__INIT;
        event.body_case = NOTIFICATIONS__EVENT__BODY_NOTICE_READ;
        event.notice_read = &read;
        record.number = number;
        record.at_ms = 1700000000000;
        record.cause = pb_bytes(slice_of_text(cause));
        record.user = (char *)(uintptr_t) "anne";
        record.body = pb_bytes(pb_encode(&event, &arena));
        return pb_encode(&record, &arena);
}

static bool read_entry(const char *source, struct slice record, struct event *ret)
{
        return event_of_entry(&notifications__event__descriptor, source, record, slice_of(NULL, 0), &arena, ret);
}

static void what_the_entry_says(void **state)
{
        struct event event;
        (void)state;
        assert_true(read_entry("a", record_of(7, "0123456789abcdef"), &event));
        assert_int_equal(event.number, 7);
        assert_string_equal(event.user, "anne");
        assert_memory_equal(event.cause.b, "0123456789abcdef", 16);
        assert_true(id_is_zero(event.account));
        assert_true(event_is_known(event.body));
}

static void an_entry_that_cannot_be_read_is_no_event(void **state)
{
        struct event event;
        (void)state;
        assert_false(read_entry("a", slice_of("\377", 1), &event));
        assert_false(read_entry("a", slice_of(NULL, 0), &event));
        assert_false(read_entry("a", record_of(7, "too short"), &event));
}

/* The body's type tells which kind it is: so no two kinds may share one. */
static void a_body_finds_its_kind(void **state)
{
        Notifications__NoticeRead read = NOTIFICATIONS__NOTICE_READ__INIT;
        struct err_info info;
        (void)state;
        const Notifications__Event *event = event_of_body(&notifications__event__descriptor, &read.base, &arena);
        assert_int_equal(event->body_case, NOTIFICATIONS__EVENT__BODY_NOTICE_READ);
        assert_ptr_equal(event->notice_read, &read);
        assert_int_equal(event_kinds_differ(&notifications__event__descriptor, &info), 0);
        assert_int_equal(event_kinds_differ(&contracts__posting__descriptor, &info), ERR_CONFIG);
}

/* Told by the first bytes, for each kind as decoding tells it; a field's number may take two bytes. */
static void a_kind_is_told_without_decoding(void **state)
{
        struct event event;
        struct slice body;
        (void)state;
        assert_true(event_open("a", record_of(1, "0123456789abcdef"), &arena, &event, &body));
        assert_null(event.body);
        assert_int_equal(event_kind(body), NOTIFICATIONS__EVENT__BODY_NOTICE_READ);
        assert_int_equal(event_kind(slice_of("\xa2\x06\x00", 3)), 100);
        assert_int_equal(event_kind(slice_of("\x08\x01", 2)), 0); /* a number, no message */
        assert_int_equal(event_kind(slice_of("\xff\xff\xff\xff\xff", 5)), 0);
        assert_int_equal(event_kind(slice_of(NULL, 0)), 0);
}

/* A later program's kind decodes to nothing. */
static void a_kind_that_is_not_known(void **state)
{
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        (void)state;
        assert_false(event_is_known(&event));
}

/* A reaction's cause is derived from source and number, so that doing it again after a crash gives the same ids. */
static void an_id_is_the_same_each_time_and_for_nobody_else(void **state)
{
        struct event one, again, next, other;
        (void)state;
        assert_true(read_entry("a", record_of(1, "0123456789abcdef"), &one));
        assert_true(read_entry("a", record_of(1, "0123456789abcdef"), &again));
        assert_true(read_entry("a", record_of(2, "0123456789abcdef"), &next));
        assert_true(read_entry("b", record_of(1, "0123456789abcdef"), &other));
        assert_true(id_equal(event_id(&one), event_id(&again)));
        assert_false(id_equal(event_id(&one), event_id(&next)));
        assert_false(id_equal(event_id(&one), event_id(&other)));
}

static int forget(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_the_entry_says),
                cmocka_unit_test(an_entry_that_cannot_be_read_is_no_event),
                cmocka_unit_test(a_body_finds_its_kind),
                cmocka_unit_test(a_kind_is_told_without_decoding),
                cmocka_unit_test(a_kind_that_is_not_known),
                cmocka_unit_test(an_id_is_the_same_each_time_and_for_nobody_else),
        };
        return cmocka_run_group_tests(tests, NULL, forget);
}
