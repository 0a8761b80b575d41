/* Purposes of links: each is one command that is there, on a field that it has; the role that a link has. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/catalogue.h"
#include "common/codec/link_purpose.h"

static const ProtobufCFieldDescriptor *field_of(const struct catalogue_method *method, const char *name)
{
        return protobuf_c_message_descriptor_get_field_by_name(method->method->input, name);
}

static void test_each_is_a_command(void **state)
{
        size_t count = 0;
        (void)state;
        for (const struct link_purpose *purpose; (purpose = link_purpose_at(count)) != NULL; count++) {
                struct catalogue_method method;
                assert_true(catalogue_method(purpose->method, &method));
                assert_true(method.is_command);
                const ProtobufCFieldDescriptor *object = field_of(&method, purpose->object);
                assert_non_null(object);
                assert_ptr_equal(object->descriptor, &types__id__descriptor);
                if (purpose->month != NULL)
                        assert_ptr_equal(field_of(&method, purpose->month)->descriptor, &types__month__descriptor);
                if (purpose->seen_at != NULL)
                        assert_non_null(field_of(&method, "seen"));
                assert_ptr_equal(link_purpose(purpose->purpose), purpose);
        }
        /* all that the enum has, but for "nothing" */
        assert_int_equal(count, accounts__link_purpose__descriptor.n_values - 1);
        assert_null(link_purpose(ACCOUNTS__LINK_PURPOSE__LINK_FOR_NOTHING));
        assert_null(link_purpose((Accounts__LinkPurpose)4711));
}

static void test_roles(void **state)
{
        (void)state;
        const struct link_purpose *month = link_purpose(ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH);
        const struct link_purpose *decide = link_purpose(ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE);
        assert_int_equal(link_role(month, TYPES__ROLE__STRUCTURE), TYPES__ROLE__STRUCTURE);
        assert_int_equal(link_role(month, TYPES__ROLE__ROLE_NONE), TYPES__ROLE__ROLE_NONE); /* it has two */
        assert_int_equal(link_role(month, TYPES__ROLE__BUYER), TYPES__ROLE__ROLE_NONE);
        assert_int_equal(link_role(month, (Types__Role)77), TYPES__ROLE__ROLE_NONE);
        assert_int_equal(link_role(decide, TYPES__ROLE__ROLE_NONE), TYPES__ROLE__BUYER);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_is_a_command),
                cmocka_unit_test(test_roles),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
