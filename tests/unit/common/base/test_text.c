#include "common/base/text.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/err.h"

static void blank_is_empty(void **state)
{
        (void)state;
        assert_true(text_is_empty(NULL));
        assert_true(text_is_empty(""));
        assert_true(text_is_empty(" \t\n"));
        assert_false(text_is_empty(" a "));
        assert_false(text_is_empty("0"));
}

static void digits_are_counted(void **state)
{
        (void)state;
        assert_true(text_is_digits("31555", 5));
        assert_true(text_is_digits("", 0));
        assert_false(text_is_digits("31555", 4));
        assert_false(text_is_digits("31555", 6));
        assert_false(text_is_digits("3155a", 5));
        assert_false(text_is_digits("-1555", 5));
        assert_false(text_is_digits("٣١٥٥٥", 5));
}

static void numbers_are_read_within_their_bound(void **state)
{
        (void)state;
        static const char *const malformed[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1.0"};
        uint64_t value = 42;

        for (size_t i = 0; i < ARRAY_SIZE(malformed); i++)
                assert_int_equal(text_to_u64(malformed[i], 100, &value), ERR_MALFORMED);
        assert_int_equal(text_to_u64("101", 100, &value), ERR_OVERFLOW);
        assert_int_equal(text_to_u64("18446744073709551616", UINT64_MAX, &value), ERR_OVERFLOW);
        assert_int_equal(value, 42);
        assert_int_equal(text_to_u64("100", 100, &value), 0);
        assert_int_equal(value, 100);
        assert_int_equal(text_to_u64("18446744073709551615", UINT64_MAX, &value), 0);
        assert_true(value == UINT64_MAX);
        assert_int_equal(text_to_u64("0", 0, &value), 0);
        assert_int_equal(value, 0);
}

static void utf8_is_what_the_rfc_says(void **state)
{
        (void)state;
        static const char *const good[] = {"",
                                           "a",
                                           "é",
                                           "€",
                                           "𝄞",
                                           "\xef\xbf\xbd",
                                           "\xf4\x8f\xbf\xbf",
                                           "\xed\x9f\xbf",
                                           "\xee\x80\x80",
                                           "\xc2\x80",
                                           "\xe0\xa0\x80",
                                           "\xf0\x90\x80\x80"};
        static const char *const bad[] = {
                "\x80",             /* a continuation alone */
                "\xc0\x80",         /* overlong */
                "\xc1\xbf",         /* overlong */
                "\xe0\x9f\xbf",     /* overlong */
                "\xf0\x8f\xbf\xbf", /* overlong */
                "\xed\xa0\x80",     /* surrogate */
                "\xed\xbf\xbf",     /* surrogate */
                "\xf4\x90\x80\x80", /* beyond U+10FFFF */
                "\xf5\x80\x80\x80",
                "\xff",
                "\xc3",         /* cut */
                "\xe2\x82",     /* cut */
                "\xf0\x9d\x84", /* cut */
                "d\xe9p\xf4t",  /* ISO 8859-1 */
                "\xc3\x28",
                "\xe2\x28\xa1",
                "\xe2\x82\x28",
        };
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                assert_true(utf8_valid(good[i], strlen(good[i])));
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(utf8_valid(bad[i], strlen(bad[i])));
        assert_false(utf8_valid("€", 2));
        assert_true(utf8_valid("€\xff", 3));
        assert_true(utf8_valid("a\0b", 3));
}

static void sequences_and_lengths_are_of_code_points(void **state)
{
        (void)state;
        assert_int_equal(utf8_sequence("a", 1), 1);
        assert_int_equal(utf8_sequence("é", 2), 2);
        assert_int_equal(utf8_sequence("€uro", 6), 3);
        assert_int_equal(utf8_sequence("𝄞", 4), 4);
        assert_int_equal(utf8_sequence("𝄞", 3), 0);
        assert_int_equal(utf8_sequence("a", 0), 0);
        assert_int_equal(utf8_length(""), 0);
        assert_int_equal(utf8_length("Évry"), 4);
        assert_int_equal(utf8_length("1 €"), 3);
        assert_int_equal(utf8_cut("", 3), 0);
        assert_int_equal(utf8_cut("Évry", 0), 0);
        assert_int_equal(utf8_cut("Évry", 1), 2);
        assert_int_equal(utf8_cut("Évry", 60), 5);
        assert_int_equal(utf8_cut("a\xff"
                                  "b",
                                  3),
                         1); /* it is no character */
}

static void a_postcode_lies_in_a_territory(void **state)
{
        static const struct {
                const char *postcode, *territory;
        } cases[] = {
                {"31000", "31"}, {"01000", "01"},  {"20000", "2A"},  {"20137", "2A"}, {"20200", "2B"},
                {"20620", "2B"}, {"97400", "974"}, {"98800", "988"}, {"2A004", ""},   {"3100", ""},
                {"310000", ""},  {"", ""},         {"99000", ""},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char territory[TERRITORY_TEXT_SIZE] = "xxx";
                territory_of_postcode(cases[i].postcode, territory);
                assert_string_equal(territory, cases[i].territory);
        }
}

static void a_commune_lies_in_its_territory(void **state)
{
        (void)state;
        static const struct {
                const char *commune, *territory;
        } cases[] = {
                {"31555", "31"},  {"01001", "01"}, {"2A004", "2A"}, {"2B033", "2B"}, {"97105", "971"}, {"97608", "976"},
                {"98735", "987"}, {"95585", "95"}, {"", ""},        {"9", ""},       {"97", ""},       {"3155", ""},
                {"315555", ""},   {"20004", ""},   {"96001", ""},   {"99100", ""},   {"2C001", ""},    {"00001", ""},
                {"31ABC", ""},    {"2A0 4", ""},   {"971A5", ""},   {"2a004", ""},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char territory[TERRITORY_TEXT_SIZE] = "xxx";
                territory_of_commune(cases[i].commune, territory);
                assert_string_equal(territory, cases[i].territory);
        }
}

static void territories_are_departments_and_overseas(void **state)
{
        (void)state;
        static const char *const bad[] = {"",    "0",   "00", "20", "96", "97",  "98",  "970", "979",
                                          "983", "990", "2C", "2a", "1",  "001", "310", "3 ",  "FR"};
        int count = 0;
        for (int number = 0; number < 1000; number++) {
                char two[] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10), '\0'};
                char three[] = {(char)('0' + number / 100), two[0], two[1], '\0'};
                count += territory_valid(three) + (number < 100 && territory_valid(two));
        }
        assert_int_equal(count, 94 + 8 + 6); /* and the two of Corsica */
        assert_true(territory_valid("2A") && territory_valid("2B"));
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(territory_valid(bad[i]));
}

static void folded_text_is_cut_to_its_room(void **state)
{
        char small[6];
        (void)state;
        text_fold("Œuvres d'été n° 12", small, sizeof(small));
        assert_string_equal(small, "oeuv");
        char large[64];
        text_fold("Œuvres d'été n° 12", large, sizeof(large));
        assert_string_equal(large, "oeuvresdeten12");
}

static void a_text_is_among_those_that_are_equal(void **state)
{
        (void)state;
        char first[] = "31", second[] = "32", *texts[] = {first, second};
        assert_true(text_is_among("32", texts, 2));
        assert_false(text_is_among("32", texts, 1));
        assert_false(text_is_among("3", texts, 2));
        assert_false(text_is_among("31", NULL, 0));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_text_is_among_those_that_are_equal),
                cmocka_unit_test(blank_is_empty),
                cmocka_unit_test(digits_are_counted),
                cmocka_unit_test(numbers_are_read_within_their_bound),
                cmocka_unit_test(utf8_is_what_the_rfc_says),
                cmocka_unit_test(sequences_and_lengths_are_of_code_points),
                cmocka_unit_test(a_commune_lies_in_its_territory),
                cmocka_unit_test(a_postcode_lies_in_a_territory),
                cmocka_unit_test(territories_are_departments_and_overseas),
                cmocka_unit_test(folded_text_is_cut_to_its_room),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
