/* What the rules of deploy/rules/hours.json say of figures, each check by itself and beside others. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "common/base/days.h"
#include "common/codec/dated.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/hours/checks.h"

static struct dated rules;
static struct arena arena;

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static struct month month(int year, int number)
{
        return month_of_day(day(year, number, 1));
}

/* 35 hours a week from a day on, eligible for long. */
static struct placement placed(struct day starts_on)
{
        return (struct placement){.starts_on = starts_on,
                                  .ends_on = day_of_number(DAY_OPEN_NUMBER),
                                  .ended_on = day_of_number(DAY_OPEN_NUMBER),
                                  .granted_until = day(2028, 12, 31),
                                  .eligible_until = day(2028, 12, 31),
                                  .weekly_hundredths = 3500};
}

static struct month_facts facts_of(const struct placement *placement, struct month of, int64_t stated)
{
        return (struct month_facts){.placement = placement,
                                    .month = of,
                                    .today = day(2026, 11, 28),
                                    .stated = stated,
                                    .before = -1,
                                    .sees_others = true,
                                    .ran_from = placement->starts_on,
                                    .ran_until = placement->ends_on,
                                    .of_age_on = day_of_number(DAY_NO_AGE)};
}

static struct findings found(const struct month_facts *facts)
{
        struct findings findings;
        month_check(dated_on(&rules, month_first_day(facts->month)), facts, &arena, &findings);
        return findings;
}

/* The one finding, by its code; "": none. */
static const char *says(const struct month_facts *facts)
{
        struct findings findings = found(facts);
        assert_true(findings.count <= 1);
        return findings.count == 0 ? "" : findings.list[0].check->code;
}

/* Field report H10. */
static void test_the_days_that_there_are(void **state)
{
        (void)state;
        struct placement late = placed(day(2026, 11, 27));
        struct month_facts facts = facts_of(&late, month(2026, 11), 26250); /* four days, two of them past */
        assert_string_equal(says(&facts), "OVER_DAYS");
        facts.stated = 2400; /* by law, exceptionally; the contract says fourteen */
        assert_string_equal(says(&facts), "FAR_OVER_CONTRACT");
        facts.stated = 1400;
        assert_string_equal(says(&facts), "");

        struct placement all_year = placed(day(2025, 1, 6));
        facts = facts_of(&all_year, month(2026, 2), 26250); /* four weeks */
        assert_string_equal(says(&facts), "OVER_DAYS");
        facts.stated = 15167;
        assert_string_equal(says(&facts), "");

        struct placement ended = all_year;
        ended.ended = 1;
        ended.ended_on = day(2026, 6, 10);
        facts = facts_of(&ended, month(2026, 6), 20000);
        assert_string_equal(says(&facts), "OVER_DAYS");
        facts.stated = 5600; /* a week and three days */
        assert_string_equal(says(&facts), "");

        struct placement to_come = placed(day(2026, 11, 30));
        facts = facts_of(&to_come, month(2026, 11), 700);
        assert_string_equal(says(&facts), "OVER_DAYS");
        facts.stated = 0;
        assert_string_equal(says(&facts), "");
}

static void test_law_and_contract(void **state)
{
        (void)state;
        struct placement full = placed(day(2025, 1, 6)), part = placed(day(2025, 1, 6));
        struct month_facts facts = facts_of(&full, month(2026, 4), 18000);
        assert_string_equal(says(&facts), ""); /* 168 h by the contract, and a tenth */
        facts.stated = 19000;
        assert_string_equal(says(&facts), "OVER_CONTRACT");
        facts.stated = 24000;
        assert_string_equal(says(&facts), "OVER_LEGAL"); /* 232 h; the graver of the two is told */
        facts.stated = 26000;
        assert_string_equal(says(&facts), "FAR_OVER_CONTRACT");
        struct findings findings = found(&facts);
        struct refusal refusal;
        assert_false(findings_pass(&findings, &refusal));
        assert_string_equal(refusal.field, "hours");
        assert_true(findings_are_over(&findings));

        part.weekly_hundredths = 2000;
        facts = facts_of(&part, month(2026, 4), 10000);
        assert_string_equal(says(&facts), "");
        facts.stated = 12000;
        assert_string_equal(says(&facts), "OVER_CONTRACT");
        facts.stated = 15000;
        assert_string_equal(says(&facts), "FAR_OVER_CONTRACT");
}

static void test_eligibility(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        p.eligible_until = day(2026, 4, 10);
        struct month_facts facts = facts_of(&p, month(2026, 4), 15000);
        assert_string_equal(says(&facts), "PARTLY_ELIGIBLE");
        facts.stated = 5000;
        assert_string_equal(says(&facts), "");
        facts = facts_of(&p, month(2026, 5), 15000);
        struct findings findings = found(&facts);
        assert_int_equal(findings.count, 1);
        assert_string_equal(findings.list[0].check->code, "NOT_ELIGIBLE");
        assert_null(findings_block(&findings));
        assert_false(findings_are_over(&findings));
}

static void test_the_person_elsewhere(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        struct month_facts facts = facts_of(&p, month(2026, 4), 15000);
        facts.elsewhere = 8000;
        assert_string_equal(says(&facts), ""); /* 232 h by law */
        facts.elsewhere = 9000;
        assert_string_equal(says(&facts), "PERSON_OVER_LEGAL");
        facts.sees_others = false; /* a company is told nothing of another's staff */
        assert_string_equal(says(&facts), "");
        facts.elsewhere = 0;
        facts.is_twice = true;
        assert_string_equal(says(&facts), "TWICE");
        facts.stated = 0;
        assert_string_equal(says(&facts), "");
}

/* February to April: of the weeks beside any twelve no fewer than five days, 50 hours. */
static void test_twelve_weeks(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        p.weekly_hundredths = 4800;
        struct month_facts facts = facts_of(&p, month(2026, 4), 18000);
        facts.around[0] = facts.around[1] = 19900;
        assert_string_equal(says(&facts), "");
        facts.around[2] = 1; /* of another placement, in the same month */
        assert_string_equal(says(&facts), "OVER_AVERAGE");
        struct findings findings = found(&facts);
        assert_null(findings_block(&findings));
        assert_false(findings_are_over(&findings));
        assert_non_null(strstr(findings.list[0].text, "Du 1er février 2026 au 30 avril 2026, plus de 578"));
        assert_non_null(strstr(findings.list[0].text, "tous les parcours"));
        facts.sees_others = false;
        findings = found(&facts);
        assert_non_null(strstr(findings.list[0].text, "dans vos parcours"));
        facts.stated = 0; /* whatever is around it */
        assert_string_equal(says(&facts), "");

        facts = facts_of(&p, month(2026, 2), 18000); /* paper that comes late: the months behind are there */
        facts.around[3] = 19900;
        facts.around[4] = 19901;
        assert_string_equal(says(&facts), "OVER_AVERAGE");
        facts = facts_of(&p, month(2026, 3), 18000); /* and with this month in the middle */
        facts.around[1] = facts.around[3] = 19901;
        assert_string_equal(says(&facts), "OVER_AVERAGE");

        facts = facts_of(&p, month(2026, 4), 18000); /* she came on 3 March: fewer than twelve weeks */
        facts.around[0] = facts.around[1] = 17401;
        facts.ran_from = day(2026, 3, 3);
        assert_string_equal(says(&facts), "OVER_AVERAGE");
}

static uint32_t drawn;
static int64_t draw(int64_t most)
{
        drawn = drawn * 1664525u + 1013904223u;
        return (int64_t)(drawn >> 8) % (most + 1);
}

enum { LIFE_WEEKS = 104, LIFE_MONTHS = 24, DAYS_A_WEEK = 7, WEEKS_OF_LAW = 12, BESIDE = AROUND_MONTHS - 1 };

/* Two years of work within the law, week after week: as much as there may be, or less by chance, at the beginning of a
 * week or at its end. The months have two empty ones before them and behind. */
static void live(int life, struct day monday, int64_t months[LIFE_MONTHS + BESIDE])
{
        int64_t weeks[LIFE_WEEKS];
        drawn = (uint32_t)life;
        for (int w = 0; w < LIFE_WEEKS; w++) {
                int64_t most = WEEKS_OF_LAW * 4400;
                for (int before = w < WEEKS_OF_LAW ? 0 : w - WEEKS_OF_LAW + 1; before < w; before++)
                        most -= weeks[before];
                most = most < 4800 ? most : 4800;
                weeks[w] = life == 0 || draw(3) > 0 ? most : draw(most);
                if (life % 2 == 1 && weeks[w] > 4400 && draw(1) == 0)
                        weeks[w] = 4400;
                int64_t open = weeks[w];
                bool is_early = draw(1) == 0;
                for (int d = 0; d < DAYS_A_WEEK; d++) {
                        int64_t worked = open < 1000 ? open : 1000;
                        struct day on = day_plus(monday, w * DAYS_A_WEEK + (is_early ? d : DAYS_A_WEEK - 1 - d));
                        int at = month_number(month_of_day(on)) - month_number(month_of_day(monday));
                        months[at + BESIDE / 2] += worked;
                        open -= worked;
                }
        }
}

static void test_no_lawful_month_is_over(void **state)
{
        struct placement p = placed(day(2024, 1, 1)); /* a Monday */
        int close = 0;
        (void)state;
        for (int life = 0; life < 400; life++) {
                int64_t months[LIFE_MONTHS + BESIDE] = {0};
                live(life, p.starts_on, months);
                for (int m = 0; m < LIFE_MONTHS; m++) {
                        struct month_facts facts = facts_of(&p, month_of_number(month_number(month(2024, 1)) + m), 0);
                        facts.stated = months[m + BESIDE / 2];
                        for (int i = 0; i < AROUND_MONTHS; i++)
                                facts.around[i] = i == THIS_MONTH ? 0 : months[m + i];
                        struct findings findings = found(&facts);
                        for (size_t i = 0; i < findings.count; i++)
                                assert_string_not_equal(findings.list[i].check->code, "OVER_AVERAGE");
                        close += facts.stated + facts.around[0] + facts.around[1] > WEEKS_OF_LAW * 4400;
                }
        }
        assert_true(close > 1000); /* of so many the weeks are counted */
}

static void test_minors(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        struct month_facts facts = facts_of(&p, month(2026, 4), 17201); /* 172 h, with eight a day */
        facts.of_age_on = day(2026, 5, 1);
        assert_string_equal(says(&facts), ""); /* who asks is not told of it */
        facts.sees_age = true;
        assert_true(month_asks_for_age(dated_on(&rules, day(2026, 4, 1)), &facts));
        assert_string_equal(says(&facts), "MINOR_OVER_LEGAL");
        facts.of_age_on = day(2026, 4, 30); /* perhaps on the last day */
        assert_string_equal(says(&facts), "");
        facts.of_age_on = day_of_number(DAY_NO_AGE);
        assert_string_equal(says(&facts), "");
        facts.of_age_on = day(2026, 5, 1);
        facts.stated = 17200;
        assert_false(month_asks_for_age(dated_on(&rules, day(2026, 4, 1)), &facts));
        assert_string_equal(says(&facts), "");
}

static void test_the_month_before(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        struct month_facts facts = facts_of(&p, month(2026, 4), 5000);
        facts.before = 15000;
        assert_string_equal(says(&facts), "FAR_FROM_BEFORE");
        facts.stated = 0; /* a month without work is none */
        assert_string_equal(says(&facts), "");
        facts.stated = 12000;
        assert_string_equal(says(&facts), "");
        facts.before = 2000; /* twice as much, but few hours */
        facts.stated = 4500;
        assert_string_equal(says(&facts), "");

        struct placement begun = placed(day(2026, 3, 23)); /* a week and two days of March, then all of April */
        facts = facts_of(&begun, month(2026, 4), 15167);
        facts.before = 4900;
        assert_string_equal(says(&facts), "");
}

static void test_staff_and_invoice(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        struct month_facts facts = facts_of(&p, month(2026, 4), 15000);
        facts.invoice = "F-2026-041";
        struct findings findings = found(&facts);
        assert_int_equal(findings.count, 1);
        assert_string_equal(findings.list[0].check->code, "STAFF_AND_INVOICE");
        assert_non_null(strstr(findings.list[0].text, "F-2026-041"));
        size_t count;
        Tracking__HoursWarning **warnings = findings_to(&arena, &findings, &count);
        assert_int_equal(count, 1);
        assert_string_equal(warnings[0]->field, "hours");
        assert_string_equal(warnings[0]->source, findings.list[0].check->source); /* why, where it is told */
        assert_string_not_equal(warnings[0]->source, "");
        assert_false(warnings[0]->blocks);
        facts.sees_others = false;
        assert_string_equal(says(&facts), "");
}

/* A month of which some days are in it says nothing: work begins and ends within months. */
static void test_before_and_after_the_contract(void **state)
{
        (void)state;
        struct placement p = placed(day(2025, 1, 6));
        struct month_facts facts = facts_of(&p, month(2026, 4), 15000);
        facts.life = (struct contract_life){.has_begun = true, .first = day(2026, 4, 30)};
        assert_string_equal(says(&facts), "");
        facts.life.first = day(2026, 5, 1);
        assert_string_equal(says(&facts), "OUTSIDE_CONTRACT");
        facts.life = (struct contract_life){.has_ended = true, .last = day(2026, 4, 1)};
        assert_string_equal(says(&facts), "");
        facts.life.last = day(2026, 3, 31);
        assert_string_equal(says(&facts), "OUTSIDE_CONTRACT");
        facts.stated = 0;
        assert_string_equal(says(&facts), "");
}

static void test_rules_that_do_not_hold(void **state)
{
        (void)state;
        Tracking__TrainingRule training = TRACKING__TRAINING_RULE__INIT;
        Tracking__HoursCheck check = TRACKING__HOURS_CHECK__INIT, *checks[] = {&check};
        Tracking__HoursVersion version = TRACKING__HOURS_VERSION__INIT, *versions[] = {&version};
        Tracking__HoursRules all = TRACKING__HOURS_RULES__INIT;
        struct err_info info = {0};
        all.versions = versions;
        all.n_versions = version.n_checks = 1;
        version.checks = checks;
        version.version = (char *)"essai";
        check.code = (char *)"FAR_FROM_BEFORE";
        check.severity = TRACKING__HOURS_SEVERITY__WARN;
        check.percent = 50;
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG); /* what of training? */
        version.training = &training;
        assert_int_equal(hours_rules_hold(&all, &info), 0);
        training.counted_percent = 101;
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG);
        training.counted_percent = 0;
        check.percent = 0;
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "needs percent"));
        check.code = (char *)"OVER_DAYS";
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG);
        check.code = (char *)"UNHEARD_OF";
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG);
        check.code = (char *)"TWICE";
        assert_int_equal(hours_rules_hold(&all, &info), 0);
        Types__Hours hours = TYPES__HOURS__INIT;
        check.code = (char *)"OVER_AVERAGE";
        check.daily = check.weekly = check.average = &hours;
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "needs average"));
        check.weeks = 12;
        assert_int_equal(hours_rules_hold(&all, &info), 0);
        check.severity = TRACKING__HOURS_SEVERITY__HOURS_SEVERITY_UNKNOWN;
        assert_int_equal(hours_rules_hold(&all, &info), ERR_CONFIG);
}

static int load(void **state)
{
        (void)state;
        struct err_info info = {0};
        if (dated_load("deploy/rules", "hours", &tracking__hours_rules__descriptor, &rules, &info) != 0)
                fail_msg("%s", info.text);
        return hours_rules_hold((const Tracking__HoursRules *)rules.root, &info);
}

static int unload(void **state)
{
        (void)state;
        dated_fini(&rules);
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_days_that_there_are),
                cmocka_unit_test(test_law_and_contract),
                cmocka_unit_test(test_eligibility),
                cmocka_unit_test(test_the_person_elsewhere),
                cmocka_unit_test(test_twelve_weeks),
                cmocka_unit_test(test_no_lawful_month_is_over),
                cmocka_unit_test(test_minors),
                cmocka_unit_test(test_the_month_before),
                cmocka_unit_test(test_staff_and_invoice),
                cmocka_unit_test(test_before_and_after_the_contract),
                cmocka_unit_test(test_rules_that_do_not_hold),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
