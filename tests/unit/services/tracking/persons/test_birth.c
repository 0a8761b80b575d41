#include "services/tracking/persons/birth.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "common/codec/types.h"

enum { YOUNGEST = 14, OLDEST = 80 };

static struct day day(int year, int month, int of_month)
{
        return day_of_civil((struct civil){year, month, of_month});
}

static void test_parts_are_read(void **state)
{
        (void)state;
        struct birth birth;
        static const char *const wrong[] = {"",        "90",         "1990-", "1990-13", "1990-00",
                                            "1990/05", "1990-00-00", "1890",  "199a"};
        assert_true(birth_parse("1990", &birth));
        assert_int_equal(birth.year, 1990);
        assert_int_equal(birth.month, 0);
        assert_true(birth_parse("1990-05", &birth));
        assert_int_equal(birth.month, 5);
        assert_int_equal(birth.day, 0);
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
                if (birth_parse(wrong[i], &birth))
                        fail_msg("« %s »", wrong[i]);
}

static void bounds(struct birth birth, struct day first, struct day last)
{
        struct birth_days days = birth_days(birth, day(2026, 10, 18), YOUNGEST, OLDEST);
        assert_int_equal(day_number(days.first), day_number(first));
        assert_int_equal(day_number(days.last), day_number(last));
}

static void test_days_that_it_may_have_been(void **state)
{
        (void)state;
        bounds((struct birth){1990, 5, 17}, day(1990, 5, 17), day(1990, 5, 17));
        bounds((struct birth){1992, 2, 0}, day(1992, 2, 1), day(1992, 2, 29));
        bounds((struct birth){1990, 12, 0}, day(1990, 12, 1), day(1990, 12, 31));
        bounds((struct birth){1990, 0, 0}, day(1990, 1, 1), day(1990, 12, 31));
        bounds((struct birth){0, 0, 0}, day(1946, 10, 18), day(2012, 10, 18));
}

/* H11: a year, a month, or nothing, with who says so. */
static void test_what_is_enough(void **state)
{
        (void)state;
        struct refusal refusal;
        Types__Day whole = TYPES__DAY__INIT;
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        struct day today = day(2026, 10, 18);
        assert_false(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        assert_string_equal(refusal.field, "identity.bornOn");
        identity.birth_vouched_by = (char[]){"Mission locale, récépissé de la préfecture"};
        assert_true(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.birth_vouched_by = (char[]){""};
        identity.born_in = (char[]){"1990"};
        assert_true(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.born_in = (char[]){"1990-05"};
        assert_true(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.born_in = (char[]){"1990-5"};
        assert_false(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        assert_string_equal(refusal.field, "identity.bornIn");
        identity.born_in = (char[]){"2012"}; /* fourteen, if born early in it */
        assert_true(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.born_in = (char[]){"2013"};
        assert_false(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.born_in = (char[]){"1945"}; /* eighty, if born late in it */
        assert_true(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.born_in = (char[]){"1944"};
        assert_false(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        identity.born_in = (char[]){"1990"};
        whole.days = day_number(day(1990, 5, 17));
        identity.born_on = &whole;
        assert_false(birth_is_sound(&identity, today, YOUNGEST, OLDEST, &refusal));
        assert_string_equal(refusal.field, "identity.bornIn");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_parts_are_read),
                cmocka_unit_test(test_days_that_it_may_have_been),
                cmocka_unit_test(test_what_is_enough),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
