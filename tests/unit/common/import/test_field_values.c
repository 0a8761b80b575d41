#include "common/import/fields.h"

#include "common/codec/types.h"
#include "tests/unit/common/import/reading.h"

static struct node item(struct reading *reading, const char *json)
{
        static struct node list;
        list = reading_node(reading, arena_printf(&reading->arena, "[%s]", json));
        return node_item(&list, 0);
}

static void days_are_read_in_their_forms(void **state)
{
        static const char *const forms[] = {
                "'2018-12-17'",  "'2018-12-17+01:00'", "'2018-12-17Z'",         "'2018-12-17T10:00:00+01:00'",
                "' 2018-12-17'", "'17/12/2018'",       "'2018-12-17 00:00:00'",
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
                struct node at = item(reading, forms[i]);
                struct day day;
                char text[DAY_TEXT_SIZE];
                assert_int_equal(field_day(&at, &day), FIELD_READ);
                day_format(day, text);
                assert_string_equal(text, "2018-12-17");
        }
}

static void what_is_no_day_is_warned_of(void **state)
{
        static const char *const wrong[] = {"'0218-01-02'", "'2018-13-01'",  "'2018-02-30'", "'test'", "20181217",
                                            "'17-12-2018'", "'2018-12-171'", "'32/12/2018'", "true"};
        struct reading *reading = *state;
        struct day day;

        for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
                struct node at = item(reading, wrong[i]);
                assert_int_equal(field_day(&at, &day), FIELD_WRONG);
                assert_null(field_day_message(&reading->found, &at));
        }
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_DATE), sizeof(wrong) / sizeof(wrong[0]));
        struct node absent = item(reading, "null"), placeholder = item(reading, "'NC'");
        assert_int_equal(field_day(&absent, &day), FIELD_ABSENT);
        assert_int_equal(field_day(&placeholder, &day), FIELD_ABSENT);
}

static void money_is_rounded_to_the_cent(void **state)
{
        static const struct {
                const char *json;
                int64_t cents;
        } cases[] = {
                {"100", 10000},
                {"123456.785", 12345679},
                {"'73500.0'", 7350000},
                {"'7789456.56'", 778945656},
                {"'1 234,5'", 123450},
                {"0", 0},
                {"999999999", 99999999900},
                {"1e12", 100000000000000},
                {"'12\\u00a0000'", 1200000},
                {"0.1", 10},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct node at = item(reading, cases[i].json);
                struct money money;
                enum note_code reason;
                assert_int_equal(field_money(&at, &money, &reason), FIELD_READ);
                assert_int_equal(money_cents(money), cases[i].cents);
        }
}

static void what_is_no_amount_says_why(void **state)
{
        static const struct {
                const char *json;
                enum note_code reason;
        } cases[] = {
                {"'test'", NOTE_NUMBER},    {"'1.2.3'", NOTE_NUMBER},
                {"'12 EUR'", NOTE_NUMBER},  {"[]", NOTE_NUMBER},
                {"'1-2'", NOTE_NUMBER},     {"true", NOTE_NUMBER},
                {"-1", NOTE_NEGATIVE},      {"'-0,5'", NOTE_NEGATIVE},
                {"1e17", NOTE_IMPLAUSIBLE}, {"'99999999999999999999999999999999999999999999'", NOTE_NUMBER},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct node at = item(reading, cases[i].json);
                struct money money;
                enum note_code reason = NOTE_CODES;
                assert_int_equal(field_money(&at, &money, &reason), FIELD_WRONG);
                assert_int_equal(reason, cases[i].reason);
                assert_null(field_money_message(&reading->found, &at));
        }
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_NEGATIVE), 2);
        struct node placeholder = item(reading, "'CDL'");
        assert_null(field_money_message(&reading->found, &placeholder));
        assert_int_equal(reading->found.warnings.count, sizeof(cases) / sizeof(cases[0]));
}

static void whole_numbers_are_whole(void **state)
{
        struct reading *reading = *state;
        struct node plain = item(reading, "36");
        assert_int_equal(field_whole_value(&reading->found, &plain, 1), 36);
        struct node real = item(reading, "48.0");
        assert_int_equal(field_whole_value(&reading->found, &real, 1), 48);
        struct node text = item(reading, "'48.0'");
        assert_int_equal(field_whole_value(&reading->found, &text, 1), 48);
        struct node placeholder = item(reading, "'MQ NC'");
        assert_int_equal(field_whole_value(&reading->found, &placeholder, 1), 0);
        assert_int_equal(reading->found.warnings.count, 0);
        struct node zero = item(reading, "0");
        assert_int_equal(field_whole_value(&reading->found, &zero, 1), 0);
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_BELOW_MINIMUM), 1);

        static const char *const wrong[] = {"1.5", "-1", "'test'", "5000000000"};
        for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
                struct node at = item(reading, wrong[i]);
                assert_int_equal(field_whole_value(&reading->found, &at, 0), 0);
        }
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_OUT_OF_RANGE), 4);
}

static void shares_lie_between_0_and_1(void **state)
{
        struct reading *reading = *state;
        struct node some = item(reading, "'0,3'");
        assert_int_equal(field_share_message(&reading->found, &some)->millionths, 300000);
        struct node all = item(reading, "1");
        assert_int_equal(field_share_message(&reading->found, &all)->millionths, SHARE_ONE_MILLIONTHS);
        assert_int_equal(reading->found.warnings.count, 0);
        struct node percent = item(reading, "30");
        assert_null(field_share_message(&reading->found, &percent));
        struct node negative = item(reading, "-0.1");
        assert_null(field_share_message(&reading->found, &negative));
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_OUT_OF_RANGE), 2);
}

static void truth_has_many_spellings(void **state)
{
        static const char *const yes[] = {"true", "'oui'", "'OUI'", "1", "'1'", "'Vrai'", "'true'"};
        static const char *const no[] = {"false", "'non'", "0", "'0'", "null", "''", "'NC'"};
        static const char *const wrong[] = {"'test'", "2", "[]"};
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
                struct node at = item(reading, yes[i]);
                assert_true(field_boolean_value(&reading->found, &at));
        }
        for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
                struct node at = item(reading, no[i]);
                assert_false(field_boolean_value(&reading->found, &at));
        }
        assert_int_equal(reading->found.warnings.count, 0);
        for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
                struct node at = item(reading, wrong[i]);
                assert_false(field_boolean_value(&reading->found, &at));
        }
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_BOOLEAN), 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(days_are_read_in_their_forms), READING_TEST(what_is_no_day_is_warned_of),
                READING_TEST(money_is_rounded_to_the_cent), READING_TEST(what_is_no_amount_says_why),
                READING_TEST(whole_numbers_are_whole),      READING_TEST(shares_lie_between_0_and_1),
                READING_TEST(truth_has_many_spellings),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
