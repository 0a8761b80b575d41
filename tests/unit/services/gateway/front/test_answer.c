/* Every code of a refusal has the status that the interface promises. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/front/answer.h"

static void test_statuses(void **state)
{
        (void)state;
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__MALFORMED), 400);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__INVALID_FIELD), 400);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__NOT_AUTHENTICATED), 401);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__NOT_ALLOWED), 403);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__UNKNOWN_METHOD), 404);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__NOT_FOUND), 404);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__ALREADY_EXISTS), 409);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__WRONG_STATE), 409);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__NOT_ELIGIBLE), 409);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__KEY_REUSED), 409);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__TOO_LARGE), 413);
        assert_int_equal(answer_status(TYPES__REFUSAL_CODE__UNAVAILABLE), 503);
}

static void test_every_known_code_has_one(void **state)
{
        (void)state;
        for (unsigned i = 0; i < types__refusal_code__descriptor.n_values; i++) {
                Types__RefusalCode code = (Types__RefusalCode)types__refusal_code__descriptor.values[i].value;
                if (code == TYPES__REFUSAL_CODE__REFUSAL_NONE)
                        assert_int_equal(answer_status(code), 500);
                else
                        assert_int_not_equal(answer_status(code), 500);
        }
        assert_int_equal(answer_status((Types__RefusalCode)99), 500);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_statuses),
                cmocka_unit_test(test_every_known_code_has_one),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
