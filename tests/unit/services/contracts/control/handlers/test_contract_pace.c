/* ContractPace: hours month by month against what was to be expected, over what the reader may see. */
#include "tests/unit/services/contracts/control/several.h"

static const Contracts__ContractPaceReply *pace(struct fixture *f, const Wire__Passport *actor, Types__Id *contract)
{
        Contracts__ContractPaceRequest query = CONTRACTS__CONTRACT_PACE_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractPace", &query);
}

static int64_t done_in(const Contracts__ContractPaceReply *reply, int month)
{
        int32_t number = month_number(month_of_day(day_of_civil((struct civil){2026, month, 1})));
        for (size_t i = 0; i < reply->n_months; i++)
                if (reply->months[i]->month->months == number)
                        return reply->months[i]->done->hundredths + reply->months[i]->converted->hundredths;
        return -1;
}

static void test_month_by_month(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        hours_validated(f, 1, s.obligations[0], 1, 60000);
        hours_validated(f, 2, s.obligations[1], 2, 10000);
        hours_validated(f, 3, s.obligations[1], 2, 9000); /* corrected */
        invoice_converted(f, 4, s.obligations[2], 3, 500);
        const Contracts__ContractPaceReply *reply = pace(f, facilitator(f), s.contract);
        assert_int_equal(done_in(reply, 10), 60000 + 9000 + 500);
        assert_int_equal(reply->done->hundredths, 60000 + 9000 + 500);
        assert_int_equal(reply->owed->hundredths, SEVERAL * 83300);
        assert_false(reply->cut);
        const Contracts__PaceMonth *first = reply->months[0], *last = reply->months[reply->n_months - 1];
        assert_int_equal(last->expected->hundredths, reply->owed->hundredths);
        assert_int_equal(first->month->months, month_number(month_of_day(day_of(reply->starts_on))));
        assert_int_equal(last->month->months, month_number(month_of_day(day_of(reply->ends_on))));
        for (size_t i = 1; i < reply->n_months; i++) { /* no hole, and what is expected never falls */
                assert_int_equal(reply->months[i]->month->months, reply->months[i - 1]->month->months + 1);
                assert_true(reply->months[i]->expected->hundredths >= reply->months[i - 1]->expected->hundredths);
        }
}

static void test_a_company_reads_its_own_part(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        hours_validated(f, 1, s.obligations[0], 1, 60000);
        hours_validated(f, 2, s.obligations[1], 2, 10000);
        const Contracts__ContractPaceReply *own = pace(f, contractor(f), s.contract);
        assert_int_equal(own->owed->hundredths, 83300);
        assert_int_equal(own->done->hundredths, 60000);
        assert_int_equal(done_in(own, 10), 60000);
        Contracts__ContractPaceRequest query = CONTRACTS__CONTRACT_PACE_REQUEST__INIT;
        query.contract_id = s.contract;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 99), "ContractPace", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_nobody_owes_hours(void **state)
{
        struct fixture *f = *state;
        const Contracts__ContractPaceReply *reply = pace(f, facilitator(f), a_contract(f));
        assert_int_equal(reply->n_months, 0);
        assert_null(reply->starts_on);
        assert_int_equal(reply->owed->hundredths, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_month_by_month, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_reads_its_own_part, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_owes_hours, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
