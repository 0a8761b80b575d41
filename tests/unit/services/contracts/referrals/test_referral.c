/* When a referral may end. */
#include "tests/unit/services/contracts/referrals/referral_fixture.h"

#include "services/contracts/referrals/referral.h"

static void assert_stays_open(const Contracts__ReferralRow *row, const Contracts__CloseReferral *command,
                              const char *field)
{
        struct refusal refusal = {0};
        assert_false(referral_check_close(row, command, &refusal));
        assert_string_equal(refusal.field, field);
}

static void test_its_end(void **state)
{
        struct fixture *f = *state;
        struct refusal refusal;
        Contracts__ReferralRow row = CONTRACTS__REFERRAL_ROW__INIT;
        Contracts__MatterReferred referred = CONTRACTS__MATTER_REFERRED__INIT;
        Contracts__ReferralClosed closed = CONTRACTS__REFERRAL_CLOSED__INIT;
        referred.referred_on = a_day(f, 2026, 9, 1);
        row.referred = &referred;
        assert_true(referral_check_close(&row, an_answer(f, NULL), &refusal));
        Contracts__CloseReferral *command = an_answer(f, NULL);
        command->closed_on = a_day(f, 2026, 8, 31); /* before it was handed over */
        assert_stays_open(&row, command, "closedOn");
        row.closed = &closed;
        assert_stays_open(&row, an_answer(f, NULL), "referralId");
}

static void test_the_rules(void **state)
{
        struct dated rules = {0};
        struct err_info info = {0};
        (void)state;
        assert_int_equal(dated_load("deploy/rules", "referrals", &contracts__referral_rules__descriptor, &rules, &info),
                         0);
        assert_int_equal(referral_rules_check(&rules, &info), 0);
        ((Contracts__ReferralRules *)(uintptr_t)rules.root)->versions[0]->reminder_days = 0;
        assert_int_equal(referral_rules_check(&rules, &info), ERR_CONFIG);
        dated_fini(&rules);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_its_end, setup, fixture_close),
                cmocka_unit_test(test_the_rules),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
