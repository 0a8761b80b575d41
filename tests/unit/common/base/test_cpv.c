#include "common/base/cpv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/attr.h"

static void a_lost_zero_is_put_back_where_the_code_then_exists(void **state)
{
        static const struct {
                const char *text;
                enum cpv_form form;
                const char *cpv;
        } cases[] = {
                {"45210000", CPV_WHOLE, "45210000"},
                {"45210000-2", CPV_WHOLE, "45210000-2"},
                {"45210000-", CPV_WHOLE, "45210000"},
                {"09310000-5", CPV_WHOLE, "09310000-5"},
                {"9310000", CPV_ZERO_ADDED, "09310000"},
                {"9310000-5", CPV_ZERO_ADDED, "09310000-5"},
                {"3110000", CPV_ZERO_ADDED, "03110000"},
                {"9910000", CPV_NONE, NULL}, /* no class 0991 */
                {"4521000", CPV_NONE, NULL}, /* no division 04 */
                {"931000", CPV_NONE, NULL},
                {"12345678", CPV_NONE, NULL},
                {"00000000", CPV_NONE, NULL},
                {"452100000", CPV_NONE, NULL},
                {"45210000-22", CPV_NONE, NULL},
                {"45210000 travaux", CPV_NONE, NULL},
                {"45", CPV_NONE, NULL},
                {"", CPV_NONE, NULL},
        };

        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char cpv[CPV_TEXT_SIZE] = "before";
                assert_int_equal(cpv_read(cases[i].text, cpv), cases[i].form);
                assert_string_equal(cpv, cases[i].cpv == NULL ? "before" : cases[i].cpv);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_lost_zero_is_put_back_where_the_code_then_exists),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
