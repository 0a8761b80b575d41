#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/eligibility/policy.h"

static Tracking__RetroactiveRule retroactive;
static Tracking__ExtensionRule extension;
static Tracking__EligibilityVersion policy;

static int setup(void **state)
{
        (void)state;
        tracking__retroactive_rule__init(&retroactive);
        tracking__extension_rule__init(&extension);
        tracking__eligibility_version__init(&policy);
        retroactive.months_max = 6;
        extension.months_max = 12;
        extension.times_max = 1;
        policy.retroactive = &retroactive;
        policy.extension = &extension;
        return 0;
}

static struct day day(int year, int month, int of_month)
{
        return day_of_civil((struct civil){year, month, of_month});
}

static void is_refused(const struct deciding_days *days, const char *field)
{
        struct refusal refusal = {0};
        assert_false(policy_days_hold(&policy, days, &refusal));
        assert_string_equal(refusal.field, field);
}

static void test_before_its_own_day(void **state)
{
        struct refusal refusal;
        struct deciding_days days = {.decided_on = day(2026, 10, 18),
                                     .valid_from = day(2026, 10, 18),
                                     .retroactive_reason = "",
                                     .eligible = true};
        (void)state;
        assert_true(policy_days_hold(&policy, &days, &refusal));
        days.valid_from = day(2026, 10, 17);
        is_refused(&days, "retroactiveReason");
        days.eligible = false; /* a refusal takes nothing from what the clause counts too much */
        assert_true(policy_days_hold(&policy, &days, &refusal));
        days.eligible = true;
        days.retroactive_reason = "dossier égaré";
        assert_true(policy_days_hold(&policy, &days, &refusal));
        days.valid_from = day(2026, 4, 18);
        assert_true(policy_days_hold(&policy, &days, &refusal));
        days.valid_from = day(2026, 4, 17);
        is_refused(&days, "validFrom");
}

static void test_a_proof_is_of_before(void **state)
{
        Types__Day dated = TYPES__DAY__INIT;
        struct deciding_days days = {
                .decided_on = day(2026, 10, 18), .valid_from = day(2026, 10, 18), .eligible = true};
        (void)state;
        dated.days = day_number(day(2026, 10, 19));
        days.proof_dated = &dated;
        is_refused(&days, "proofDated");
        days.proof_dated = NULL;
        days.proof_seen = &dated;
        is_refused(&days, "proofId");
}

static void test_no_social_security_number(void **state)
{
        struct refusal refusal;
        (void)state;
        assert_true(policy_text_is_sound("CAF 31", "issuer", &refusal));
        assert_false(policy_text_is_sound("1 85 05 78 006 084 36", "issuer", &refusal));
        assert_string_equal(refusal.field, "issuer");
}

/* A decision of two years, then one that lengthens it. */
static void test_how_often(void **state)
{
        Types__Day from[2] = {TYPES__DAY__INIT, TYPES__DAY__INIT}, until[2] = {TYPES__DAY__INIT, TYPES__DAY__INIT};
        Tracking__DecisionRow first = TRACKING__DECISION_ROW__INIT, second = TRACKING__DECISION_ROW__INIT;
        Tracking__DecisionRow *decisions[] = {&first, &second};
        Tracking__EligibilityRow row = TRACKING__ELIGIBILITY_ROW__INIT;
        struct period period = {day(2026, 2, 1), day(2028, 1, 31), false};
        struct extending extending = {&row, &period, 1, 12, day(2027, 12, 1)};
        struct day ret_from, ret_until;
        struct refusal refusal;
        (void)state;
        from[0].days = day_number(period.from);
        until[0].days = day_number(period.until);
        first.state = second.state = TRACKING__DECISION_STATE__DECISION_STANDS;
        first.eligible = second.eligible = true;
        first.valid_from = &from[0];
        first.valid_until = &until[0];
        row.decisions = decisions;
        row.n_decisions = 1;
        assert_ptr_equal(policy_extend(&policy, &extending, &ret_from, &ret_until, &refusal), &first);
        assert_int_equal(day_number(ret_from), day_number(day(2028, 2, 1)));
        assert_int_equal(day_number(ret_until), day_number(day(2029, 1, 31)));

        from[1].days = day_number(ret_from);
        until[1].days = day_number(ret_until);
        second.valid_from = &from[1];
        second.valid_until = &until[1];
        second.is_extension = true;
        row.n_decisions = 2;
        period.until = ret_until;
        assert_null(policy_extend(&policy, &extending, &ret_from, &ret_until, &refusal));
        assert_string_equal(refusal.field, "months");
        extending.decided_on = day(2029, 2, 1); /* it has lapsed */
        assert_null(policy_extend(&policy, &extending, &ret_from, &ret_until, &refusal));
        assert_string_equal(refusal.field, "decidedOn");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_before_its_own_day),
                cmocka_unit_test(test_a_proof_is_of_before),
                cmocka_unit_test(test_no_social_security_number),
                cmocka_unit_test(test_how_often),
        };
        return cmocka_run_group_tests(tests, setup, NULL);
}
