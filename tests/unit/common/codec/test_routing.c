/* By which id a request goes to a partition: its own, or that of the first of its lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/codec/routing.h"
#include "tracking/commands.pb-c.h"

static const Types__Id *routed(const void *request, const char *name)
{
        const ProtobufCMessage *message = request;
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        assert_non_null(field);
        return field_routing_id(message, field);
}

static void test_its_own(void **state)
{
        Tracking__SubmitHours submit = TRACKING__SUBMIT_HOURS__INIT;
        Types__Id id = TYPES__ID__INIT;
        (void)state;
        assert_null(routed(&submit, "placement_id"));
        submit.placement_id = &id;
        assert_ptr_equal(routed(&submit, "placement_id"), &id);
        assert_null(routed(&submit, "month"));
}

static void test_of_the_first_line(void **state)
{
        Tracking__SplitHours split = TRACKING__SPLIT_HOURS__INIT;
        Tracking__HoursPart first = TRACKING__HOURS_PART__INIT, second = TRACKING__HOURS_PART__INIT;
        Tracking__HoursPart *parts[] = {&first, &second};
        Types__Id id = TYPES__ID__INIT, other = TYPES__ID__INIT;
        (void)state;
        assert_null(routed(&split, "parts")); /* no line */
        split.parts = parts;
        split.n_parts = 2;
        second.placement_id = &other;
        assert_null(routed(&split, "parts")); /* a line without its id */
        first.placement_id = &id;
        assert_ptr_equal(routed(&split, "parts"), &id);
}

/* Each line of a month is another's, and is refused or granted by itself. */
static void test_lines_that_are_of_many(void **state)
{
        Tracking__ValidateMonth many = TRACKING__VALIDATE_MONTH__INIT;
        Tracking__MonthDecision one = TRACKING__MONTH_DECISION__INIT, *decisions[] = {&one};
        Types__Id id = TYPES__ID__INIT;
        (void)state;
        one.placement_id = &id;
        many.decisions = decisions;
        many.n_decisions = 1;
        assert_null(routed(&many, "decisions"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_its_own),
                cmocka_unit_test(test_of_the_first_line),
                cmocka_unit_test(test_lines_that_are_of_many),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
