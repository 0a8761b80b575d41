/* Hours that are taken over: who is meant, which months, what a month of work holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/codec/types.h"
#include "services/contracts/obligations/taken_over.h"

static struct month month(int year, int number)
{
        return month_of_day(day_of_civil((struct civil){year, number, 1}));
}

static void test_a_reference_is_no_name(void **state)
{
        static const char *const good[] = {"", "A.B.", "abc", "É. D.", "00124", "SAL-0012", "matr 12", "HG 2025/004"};
        static const char *const bad[] = {"Durand",          "Marie D.",       "DUPONT Jean",
                                          "Lefebvre12",      "m.d@exemple.fr", "1 85 05 78 006 084",
                                          "185057800608436", "06 12 34 56 78", "2A85057800608"};
        struct refusal refusal;
        (void)state;
        for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
                assert_true(taken_over_reference(good[i], "hours.person", &refusal));
        for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
                assert_false(taken_over_reference(bad[i], "hours.person", &refusal));
                assert_string_equal(refusal.field, "hours.person");
                assert_non_null(strstr(refusal.text, "matricule"));
        }
}

static void test_a_person_is_her_employers_reference(void **state)
{
        static const uint8_t key[PERSON_KEY_SIZE] = {1}, other[PERSON_KEY_SIZE] = {2};
        struct id one = taken_over_person(key, "13002526500013", "A.B.");
        (void)state;
        assert_true(id_equal(one, taken_over_person(key, "13002526500013", "a b")));
        assert_false(id_equal(one, taken_over_person(key, "13002526500013", "a c")));
        assert_false(id_equal(one, taken_over_person(key, "38012986646850", "A.B.")));
        assert_false(id_equal(one, taken_over_person(other, "13002526500013", "A.B.")));
        assert_true(id_is_zero(taken_over_person(key, "13002526500013", " ")));
}

static void test_a_line_is_what_it_is_about(void **state)
{
        static char structure[] = "38012986646850", none[] = "";
        struct id obligation = {{1}}, elsewhere = {{2}};
        Types__Month at = TYPES__MONTH__INIT;
        Contracts__TakenOverLine line = CONTRACTS__TAKEN_OVER_LINE__INIT;
        (void)state;
        at.months = 675;
        line.month = &at;
        line.structure_siret = none;
        struct id one = taken_over_line_id(obligation, &line);
        assert_false(id_equal(one, taken_over_line_id(elsewhere, &line)));
        line.structure_siret = structure;
        assert_false(id_equal(one, taken_over_line_id(obligation, &line)));
        line.structure_siret = none;
        line.modality = TYPES__MODALITY__STAFF_PROVIDED;
        assert_false(id_equal(one, taken_over_line_id(obligation, &line)));
        line.modality = TYPES__MODALITY__MODALITY_UNKNOWN;
        at.months++;
        assert_false(id_equal(one, taken_over_line_id(obligation, &line)));
        at.months--;
        assert_true(id_equal(one, taken_over_line_id(obligation, &line)));
}

static void test_months_of_the_contract(void **state)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Types__Day notified = TYPES__DAY__INIT, ended = TYPES__DAY__INIT;
        struct day today = day_of_civil((struct civil){2026, 10, 23});
        struct refusal refusal;
        (void)state;
        struct contract_months months = contract_months_of(&record, NULL, today);
        assert_true(taken_over_month(&months, month(2019, 1), "hours.month", &refusal)); /* no date is known */
        assert_true(taken_over_month(&months, month(2026, 10), "hours.month", &refusal));
        assert_false(taken_over_month(&months, month(2026, 11), "hours.month", &refusal));
        notified.days = day_number(day_of_civil((struct civil){2026, 3, 2}));
        ended.days = day_number(day_of_civil((struct civil){2026, 6, 30}));
        record.notified_on = &notified;
        months = contract_months_of(&record, &ended, today);
        assert_false(taken_over_month(&months, month(2026, 2), "hours.month", &refusal));
        assert_non_null(strstr(refusal.text, "2026-03"));
        assert_true(taken_over_month(&months, month(2026, 3), "hours.month", &refusal));
        assert_true(taken_over_month(&months, month(2026, 6), "hours.month", &refusal));
        assert_false(taken_over_month(&months, month(2026, 7), "hours.month", &refusal));
        ended.days = day_number(today) + 100; /* to come */
        months = contract_months_of(&record, &ended, today);
        assert_true(taken_over_month(&months, month(2026, 10), "hours.month", &refusal));
        assert_false(taken_over_month(&months, month(2026, 11), "hours.month", &refusal));
}

static void test_what_a_month_holds(void **state)
{
        static char over_days[] = "OVER_DAYS", over_legal[] = "PERSON_OVER_LEGAL";
        Types__Hours daily = TYPES__HOURS__INIT, weekly = TYPES__HOURS__INIT, most = TYPES__HOURS__INIT;
        Tracking__HoursCheck blocks = TRACKING__HOURS_CHECK__INIT, warns = TRACKING__HOURS_CHECK__INIT;
        Tracking__HoursCheck *checks[] = {&blocks, &warns};
        Tracking__HoursVersion rules = TRACKING__HOURS_VERSION__INIT;
        struct arena arena = {0};
        struct refusal refusal;
        (void)state;
        daily.hundredths = 1000;
        weekly.hundredths = 4800;
        most.hundredths = 6000;
        blocks.code = over_days;
        blocks.daily = &daily;
        blocks.weekly = &most;
        blocks.severity = TRACKING__HOURS_SEVERITY__BLOCK;
        warns.code = over_legal;
        warns.daily = &daily;
        warns.weekly = &weekly;
        warns.severity = TRACKING__HOURS_SEVERITY__WARN;
        rules.checks = checks;
        rules.n_checks = 2;
        struct person_month worked = {month(2026, 2), 4 * 4800}; /* Sunday the 1st, Saturday the 28th */
        assert_null(taken_over_warn(&rules, &worked, &arena));
        worked.hundredths = 4 * 4800 + 1001;
        assert_non_null(strstr(taken_over_warn(&rules, &worked, &arena), "février 2026"));
        assert_true(taken_over_may_work(&rules, &worked, "hours.hours", &refusal));
        worked.hundredths = 4 * 6000 + 1001;
        assert_false(taken_over_may_work(&rules, &worked, "hours.hours", &refusal));
        assert_non_null(strstr(refusal.text, "250 h"));
        warns.severity = TRACKING__HOURS_SEVERITY__OFF;
        assert_null(taken_over_warn(&rules, &worked, &arena));
        arena_fini(&arena);
}

static void test_accounts(void **state)
{
        (void)state;
        assert_int_equal(taken_over_account(TYPES__MODALITY__SUBCONTRACTING), ACCOUNT_CONVERTED);
        assert_int_equal(taken_over_account(TYPES__MODALITY__DIRECT_HIRE), ACCOUNT_DONE);
        assert_int_equal(taken_over_account(TYPES__MODALITY__STAFF_PROVIDED), ACCOUNT_DONE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_reference_is_no_name),
                cmocka_unit_test(test_a_person_is_her_employers_reference),
                cmocka_unit_test(test_a_line_is_what_it_is_about),
                cmocka_unit_test(test_months_of_the_contract),
                cmocka_unit_test(test_what_a_month_holds),
                cmocka_unit_test(test_accounts),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
