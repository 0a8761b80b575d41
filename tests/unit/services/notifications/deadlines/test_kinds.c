/* The table: a row for each kind of the contract, and acts that there are. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/catalogue.h"
#include "notifications/deadlines.pb-c.h"
#include "services/notifications/deadlines/kinds.h"

static void test_every_kind_has_a_row(void **state)
{
        const ProtobufCEnumDescriptor *kinds = &notifications__wait_kind__descriptor;
        (void)state;
        for (unsigned i = 0; i < kinds->n_values; i++) {
                if (kinds->values[i].value == 0)
                        continue;
                const struct wait_kind *kind = wait_kind_of((Notifications__WaitKind)kinds->values[i].value);
                assert_non_null(kind);
                assert_string_equal(kind->word, kinds->values[i].name);
                assert_true(kind->face_count > 0);
        }
        assert_int_equal(wait_kind_count, kinds->n_values - 1);
        assert_null(wait_kind_of(NOTIFICATIONS__WAIT_KIND__WAIT_KIND_UNKNOWN));
}

static void test_every_act_is_a_method(void **state)
{
        struct catalogue_method method;
        (void)state;
        for (size_t i = 0; i < wait_kind_count; i++)
                for (size_t n = 0; n < wait_kinds[i].face_count; n++)
                        if (wait_kinds[i].faces[n].act[0] != '\0')
                                assert_true(catalogue_method(wait_kinds[i].faces[n].act, &method));
}

static void test_faces(void **state)
{
        const struct wait_kind *kind = wait_kind_of(NOTIFICATIONS__WAIT_KIND__WAIT_OUTCOME);
        (void)state;
        assert_string_equal(wait_face_of(kind, 2)->text, "wait_outcome_six_months");
        assert_ptr_equal(wait_face_of(kind, 99), &kind->faces[0]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_kind_has_a_row),
                cmocka_unit_test(test_every_act_is_a_method),
                cmocka_unit_test(test_faces),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
