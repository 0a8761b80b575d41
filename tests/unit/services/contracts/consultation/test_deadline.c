/* The dates of R2132-6 and what they warn of: the rules alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/types.h"
#include "services/contracts/consultation/deadline.h"

static Contracts__InformationDelay information = CONTRACTS__INFORMATION_DELAY__INIT;
static Contracts__InformationDelay concession = CONTRACTS__INFORMATION_DELAY__INIT;
static Contracts__DayDelay before_buyer = CONTRACTS__DAY_DELAY__INIT, soon = CONTRACTS__DAY_DELAY__INIT;
static Contracts__ConsultationVersion rules = CONTRACTS__CONSULTATION_VERSION__INIT;

static int start(void **state)
{
        (void)state;
        information.days = 6;
        information.urgent_days = 4;
        before_buyer.days = 2;
        soon.days = 5;
        concession.days = concession.urgent_days = 7;
        rules.information = rules.private_contract = &information;
        rules.concession = &concession;
        rules.send_to_buyer = &before_buyer;
        rules.soon = &soon;
        return 0;
}

static void test_six_days_or_four(void **state)
{
        Types__Day published = TYPES__DAY__INIT, due = TYPES__DAY__INIT, set = TYPES__DAY__INIT;
        struct consultation_dates dates = {CONTRACTS__CONTRACT_KIND__MARKET, &published, &due, NULL, false};
        struct refusal refusal;
        struct day last;
        (void)state;
        published.days = 100;
        due.days = 140;
        assert_true(deadline_information(&dates, &rules, &last, &refusal));
        assert_int_equal(day_number(last), 134);
        dates.urgent = true;
        assert_true(deadline_information(&dates, &rules, &last, &refusal));
        assert_int_equal(day_number(last), 136);
        dates.kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        assert_true(deadline_information(&dates, &rules, &last, &refusal));
        assert_int_equal(day_number(last), 133);
        dates.information_due_on = &set;
        set.days = 138;
        assert_true(deadline_information(&dates, &rules, &last, &refusal));
        assert_int_equal(day_number(last), 138);
        set.days = 141;
        assert_false(deadline_information(&dates, &rules, &last, &refusal));
        assert_string_equal(refusal.field, "informationDueOn");
        due.days = 100;
        assert_false(deadline_information(&dates, &rules, &last, &refusal));
        assert_string_equal(refusal.field, "offersDueOn");
}

static void test_when_the_buyer_needs_the_answer(void **state)
{
        Contracts__ConsultationRow row = CONTRACTS__CONSULTATION_ROW__INIT;
        Types__Day last = TYPES__DAY__INIT;
        (void)state;
        last.days = 134;
        row.information_due_on = &last;
        assert_int_equal(day_number(deadline_answer(&row, &rules, day_of_number(120))), 132);
        assert_int_equal(day_number(deadline_answer(&row, &rules, day_of_number(132))), 132);
        assert_int_equal(day_number(deadline_answer(&row, &rules, day_of_number(133))), 134);
        assert_int_equal(day_number(deadline_answer(&row, &rules, day_of_number(136))), 136);
}

static void test_coming_soon_late_kept(void **state)
{
        struct day due = day_of_number(134);
        (void)state;
        assert_int_equal(deadline_state(&rules, due, day_of_number(128), false),
                         CONTRACTS__DEADLINE_STATE__DEADLINE_COMING);
        assert_int_equal(deadline_state(&rules, due, day_of_number(129), false),
                         CONTRACTS__DEADLINE_STATE__DEADLINE_SOON);
        assert_int_equal(deadline_state(&rules, due, day_of_number(134), false),
                         CONTRACTS__DEADLINE_STATE__DEADLINE_SOON);
        assert_int_equal(deadline_state(&rules, due, day_of_number(135), false),
                         CONTRACTS__DEADLINE_STATE__DEADLINE_LATE);
        assert_int_equal(deadline_state(&rules, due, day_of_number(135), true),
                         CONTRACTS__DEADLINE_STATE__DEADLINE_KEPT);
}

static void test_warnings(void **state)
{
        Contracts__ConsultationView view = CONTRACTS__CONSULTATION_VIEW__INIT;
        Types__Day published = TYPES__DAY__INIT, last = TYPES__DAY__INIT;
        struct arena arena;
        (void)state;
        arena_init(&arena);
        view.published_on = &published;
        view.information_due_on = &last;
        last.days = 10;
        view.information_state = CONTRACTS__DEADLINE_STATE__DEADLINE_LATE;
        deadline_warn(&view, &arena);
        assert_int_equal(view.n_warnings, 0); /* nothing waits */
        view.pending = 2;
        deadline_warn(&view, &arena);
        assert_int_equal(view.n_warnings, 1);
        assert_non_null(strstr(view.warnings[0], "2 questions sans réponse publiée"));
        view.information_state = CONTRACTS__DEADLINE_STATE__DEADLINE_SOON;
        deadline_warn(&view, &arena);
        assert_non_null(strstr(view.warnings[1], "au plus tard le 11 janvier 1970"));
        view.pending = 0;
        published.days = 11;
        deadline_warn(&view, &arena);
        assert_non_null(strstr(view.warnings[2], "trop court"));
        arena_fini(&arena);
}

static void test_where_the_day_comes_from(void **state)
{
        Contracts__ConsultationRow row = CONTRACTS__CONSULTATION_ROW__INIT;
        struct arena arena;
        (void)state;
        arena_init(&arena);
        information.source = (char *)"article R2132-6";
        assert_string_equal(deadline_source(&row, CONTRACTS__CONTRACT_KIND__MARKET, &rules, &arena), "article R2132-6");
        concession.source = (char *)"article R3122-11";
        assert_string_equal(deadline_source(&row, CONTRACTS__CONTRACT_KIND__CONCESSION, &rules, &arena),
                            "article R3122-11");
        row.information_set = true;
        assert_string_equal(deadline_source(&row, CONTRACTS__CONTRACT_KIND__MARKET, &rules, &arena),
                            "documents de la consultation");
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_six_days_or_four),         cmocka_unit_test(test_when_the_buyer_needs_the_answer),
                cmocka_unit_test(test_coming_soon_late_kept),    cmocka_unit_test(test_warnings),
                cmocka_unit_test(test_where_the_day_comes_from),
        };
        return cmocka_run_group_tests(tests, start, NULL);
}
