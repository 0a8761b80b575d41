/* The span of a clause and its periods, table by table. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/control/calendar.h"

static struct day parse(const char *text)
{
        struct day day;
        assert_int_equal(day_parse(text, &day), 0);
        return day;
}

static const char *text_of(struct day day)
{
        static char text[DAY_TEXT_SIZE];
        day_format(day, text);
        return text;
}

static void test_periods(void **state)
{
        static const struct {
                Contracts__StatementFrequency frequency;
                uint32_t due_day;
                const char *start, *end;
                const char *expected[8]; /* end, due, end, due… */
        } rows[] = {
                {CONTRACTS__STATEMENT_FREQUENCY__EVERY_QUARTER,
                 15,
                 "2026-03-02",
                 "2026-12-31",
                 {"2026-03-31", "2026-04-15", "2026-06-30", "2026-07-15", "2026-09-30", "2026-10-15", "2026-12-31",
                  "2027-01-15"}},
                {CONTRACTS__STATEMENT_FREQUENCY__EVERY_QUARTER,
                 15,
                 "2026-08-20",
                 "2026-11-04",
                 {"2026-09-30", "2026-10-15", "2026-11-04", "2026-12-15"}},
                {CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH,
                 10,
                 "2027-12-15",
                 "2028-02-29",
                 {"2027-12-31", "2028-01-10", "2028-01-31", "2028-02-10", "2028-02-29", "2028-03-10"}},
                {CONTRACTS__STATEMENT_FREQUENCY__EVERY_HALF_YEAR,
                 28,
                 "2026-01-01",
                 "2026-12-30",
                 {"2026-06-30", "2026-07-28", "2026-12-30", "2027-01-28"}},
                {CONTRACTS__STATEMENT_FREQUENCY__AT_THE_END,
                 1,
                 "2026-01-01",
                 "2028-05-09",
                 {"2028-05-09", "2028-06-01"}},
                {CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH,
                 1,
                 "2026-05-31",
                 "2026-05-31",
                 {"2026-05-31", "2026-06-01"}},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__ControlPlan plan = CONTRACTS__CONTROL_PLAN__INIT;
                struct span span = {.start = parse(rows[i].start), .end = parse(rows[i].end)};
                struct period period;
                size_t at = 0;
                plan.frequency = rows[i].frequency;
                plan.due_day = rows[i].due_day;
                struct calendar calendar = calendar_begin(&plan, &span);
                while (calendar_next(&calendar, &period)) {
                        assert_true(at < ARRAY_SIZE(rows[i].expected) && rows[i].expected[at] != NULL);
                        assert_string_equal(text_of(period.end), rows[i].expected[at++]);
                        assert_string_equal(text_of(period.due), rows[i].expected[at++]);
                        assert_true(calendar_find(&plan, &span, period.end, &period));
                        assert_false(calendar_find(&plan, &span, period.due, &period));
                }
                assert_true(at == ARRAY_SIZE(rows[i].expected) || rows[i].expected[at] == NULL);
        }
}

static void test_suspended_days_do_not_count(void **state)
{
        struct span span = {
                .start = parse("2026-01-01"),
                .end = parse("2026-12-31"),
                .pauses = {{parse("2026-06-01"), parse("2026-06-30")},
                           {parse("2026-02-01"), parse("2026-02-28")},
                           {parse("2026-02-15"), parse("2026-03-10")}}, /* overlaps, and stands out of order */
                .pause_count = 3,
        };
        (void)state;
        assert_int_equal(span_days(&span, span.start, span.end), 365 - 30 - 38);
        assert_int_equal(span_days(&span, span.start, parse("2026-02-20")), 31);
        assert_int_equal(span_days(&span, parse("2026-02-20"), parse("2026-03-12")), 2);
        assert_int_equal(span_days(&span, parse("2025-01-01"), parse("2025-12-31")), 0);
        assert_int_equal(span_days(&span, parse("2026-12-31"), parse("2027-06-30")), 1);
}

static void test_a_period_suspended_from_end_to_end_demands_nothing(void **state)
{
        struct span span = {.start = parse("2026-01-01"),
                            .end = parse("2026-03-31"),
                            .pauses = {{parse("2026-02-01"), parse("2026-02-28")}},
                            .pause_count = 1};
        Contracts__ControlPlan plan = CONTRACTS__CONTROL_PLAN__INIT;
        struct period period;
        (void)state;
        plan.frequency = CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH;
        plan.due_day = 10;
        struct calendar calendar = calendar_begin(&plan, &span);
        assert_true(calendar_next(&calendar, &period));
        assert_string_equal(text_of(period.end), "2026-01-31");
        assert_true(calendar_next(&calendar, &period));
        assert_string_equal(text_of(period.end), "2026-03-31");
        assert_false(calendar_next(&calendar, &period));
}

/* A concession from July 2026 to 20 January 2028: a year and a half, and twenty days that are told with 2027. */
static void test_yearly_reports_stand_beside_the_periods(void **state)
{
        static const struct {
                const char *begin, *last, *end, *due;
                bool is_report;
        } expected[] = {
                {"2026-07-01", "2026-12-31", "2026-12-31", "2027-01-10", false},
                {"2026-07-01", "2026-12-31", "2027-01-01", "2027-05-31", true},
                {"2027-01-01", "2027-06-30", "2027-06-30", "2027-07-10", false},
                {"2027-07-01", "2027-12-31", "2027-12-31", "2028-01-10", false},
                {"2028-01-01", "2028-01-20", "2028-01-20", "2028-02-10", false},
                {"2027-01-01", "2028-01-20", "2028-01-21", "2029-05-31", true},
        };
        struct span span = {.start = parse("2026-07-01"), .end = parse("2028-01-20")};
        Contracts__ReportTerms terms = CONTRACTS__REPORT_TERMS__INIT;
        Contracts__ControlPlan plan = CONTRACTS__CONTROL_PLAN__INIT;
        struct period period;
        (void)state;
        plan.frequency = CONTRACTS__STATEMENT_FREQUENCY__EVERY_HALF_YEAR;
        plan.due_day = 10;
        plan.report_terms = &terms;
        terms.due_month = 5;
        terms.due_day = 31;
        struct calendar calendar = calendar_begin(&plan, &span);
        for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
                assert_true(calendar_next(&calendar, &period));
                assert_string_equal(text_of(period.begin), expected[i].begin);
                assert_string_equal(text_of(period.last), expected[i].last);
                assert_string_equal(text_of(period.end), expected[i].end);
                assert_string_equal(text_of(period.due), expected[i].due);
                assert_int_equal(period.is_report, expected[i].is_report);
                assert_true(calendar_find(&plan, &span, period.end, &period));
                assert_int_equal(period.is_report, expected[i].is_report);
        }
        assert_false(calendar_next(&calendar, &period));
}

/* ---- the span */

struct parts {
        struct arena arena;
        Contracts__ObligationRecorded obligation;
        Contracts__ContractRecord contract;
        Contracts__ContractFile file;
        Contracts__ControlPlan plan;
};

static void make(struct parts *parts)
{
        *parts = (struct parts){.obligation = CONTRACTS__OBLIGATION_RECORDED__INIT,
                                .contract = CONTRACTS__CONTRACT_RECORD__INIT,
                                .file = CONTRACTS__CONTRACT_FILE__INIT,
                                .plan = CONTRACTS__CONTROL_PLAN__INIT};
        parts->obligation.obligation_id = id_to(&parts->arena, (struct id){{1}});
        parts->obligation.lot = 2;
        parts->contract.notified_on = day_to(&parts->arena, parse("2026-03-02"));
        parts->contract.duration_months = 12;
}

static bool span(const struct parts *parts, struct span *ret)
{
        return span_of(&parts->obligation, &parts->contract, &parts->file, &parts->plan, ret);
}

static void test_where_the_dates_come_from(void **state)
{
        struct parts parts;
        struct span s;
        (void)state;
        make(&parts);
        assert_true(span_of(&parts.obligation, &parts.contract, NULL, NULL, &s));
        assert_string_equal(text_of(s.start), "2026-03-02");
        assert_string_equal(text_of(s.end), "2027-03-01");

        Contracts__Lot lot = CONTRACTS__LOT__INIT, *lots = &lot;
        lot.number = 2;
        lot.duration_months = 3;
        parts.file.lots = &lots;
        parts.file.n_lots = 1;
        assert_true(span(&parts, &s));
        assert_string_equal(text_of(s.end), "2026-06-01");
        lot.number = 1; /* another lot's */
        assert_true(span(&parts, &s));
        assert_string_equal(text_of(s.end), "2027-03-01");

        parts.contract.starts_on = day_to(&parts.arena, parse("2026-04-01"));
        assert_true(span(&parts, &s));
        assert_string_equal(text_of(s.start), "2026-04-01");
        parts.plan.starts_on = day_to(&parts.arena, parse("2026-05-04"));
        parts.plan.ends_on = day_to(&parts.arena, parse("2026-11-27"));
        assert_true(span(&parts, &s));
        assert_string_equal(text_of(s.start), "2026-05-04");
        assert_string_equal(text_of(s.end), "2026-11-27");

        parts.file.ended_on = day_to(&parts.arena, parse("2026-09-01"));
        assert_true(span(&parts, &s));
        assert_string_equal(text_of(s.end), "2026-09-01");
        parts.file.ended_on = day_to(&parts.arena, parse("2026-01-01"));
        assert_false(span(&parts, &s));
        arena_fini(&parts.arena);
}

static void test_what_is_not_known(void **state)
{
        struct parts parts;
        struct span s;
        (void)state;
        make(&parts);
        parts.contract.duration_months = 0;
        assert_false(span(&parts, &s));
        parts.file.ended_on = day_to(&parts.arena, parse("2026-09-01"));
        assert_true(span(&parts, &s));
        parts.contract.notified_on = NULL;
        assert_false(span(&parts, &s));
        arena_fini(&parts.arena);
}

static void test_suspensions_of_the_contract_and_of_this_obligation(void **state)
{
        struct parts parts;
        struct span s;
        Contracts__Suspension ours = CONTRACTS__SUSPENSION__INIT, all = CONTRACTS__SUSPENSION__INIT,
                              other = CONTRACTS__SUSPENSION__INIT;
        Contracts__Suspension *list[] = {&ours, &all, &other};
        (void)state;
        make(&parts);
        ours.obligation_id = parts.obligation.obligation_id;
        ours.from = all.from = other.from = day_to(&parts.arena, parse("2026-02-01"));
        ours.to = day_to(&parts.arena, parse("2026-03-11"));
        all.from = day_to(&parts.arena, parse("2027-02-20")); /* still open */
        other.obligation_id = id_to(&parts.arena, (struct id){{2}});
        ours.lot = other.lot = parts.obligation.lot = 1;
        parts.file.suspensions = list;
        parts.file.n_suspensions = ARRAY_SIZE(list);
        assert_true(span(&parts, &s));
        assert_int_equal(s.pause_count, 2);
        assert_int_equal(span_days(&s, s.start, s.end), 365 - 10 - 10);
        arena_fini(&parts.arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_periods),
                cmocka_unit_test(test_yearly_reports_stand_beside_the_periods),
                cmocka_unit_test(test_suspended_days_do_not_count),
                cmocka_unit_test(test_a_period_suspended_from_end_to_end_demands_nothing),
                cmocka_unit_test(test_where_the_dates_come_from),
                cmocka_unit_test(test_what_is_not_known),
                cmocka_unit_test(test_suspensions_of_the_contract_and_of_this_obligation),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
