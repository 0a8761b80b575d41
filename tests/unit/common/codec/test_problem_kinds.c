/* Every code of a refusal is a kind of problem with a title and a remedy; what no row knows is told as such. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/problem_kinds.h"

static void test_each_code_has_its_row(void **state)
{
        const ProtobufCEnumDescriptor *codes = &types__refusal_code__descriptor;
        size_t count = 0;
        (void)state;
        for (unsigned i = 0; i < codes->n_values; i++) {
                const struct problem_kind *kind = problem_kind_of((Types__RefusalCode)codes->values[i].value);
                if (codes->values[i].value == TYPES__REFUSAL_CODE__REFUSAL_NONE)
                        continue;
                assert_string_equal(kind->name, codes->values[i].name);
                assert_true(kind->status >= 400 && kind->status < 600);
                assert_true(strlen(kind->title) > 0 && strlen(kind->remedy) > 0);
                count++;
        }
        for (const struct problem_kind *kind = problem_kinds; kind->name != NULL; kind++)
                count--;
        assert_int_equal(count, 0);
}

static void test_a_later_code(void **state)
{
        (void)state;
        assert_string_equal(problem_kind_of((Types__RefusalCode)99)->name, "UNKNOWN");
        assert_int_equal(problem_kind_of((Types__RefusalCode)99)->status, 500);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_code_has_its_row),
                cmocka_unit_test(test_a_later_code),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
