/* RenewAgreement: a later last day, agreed by both. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static Contracts__RenewAgreement *renewal(struct fixture *f, Types__Id *id, int year)
{
        Contracts__RenewAgreement *command = pb_new(&contracts__renew_agreement__descriptor, &f->arena);
        command->agreement_id = id;
        command->ends_on = a_day(f, year, 12, 31);
        command->agreed_on = a_day(f, 2026, 10, 1);
        return command;
}

static void test_renewed(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->tacit_renewal = false;
        agreement->renewal_months = agreement->renewals_max = 0;
        Types__Id *id = a_signed_agreement(f, agreement);
        const Contracts__AgreementView *view = see_agreement(f, coordinator(f), id);
        assert_non_null(strstr(view->warning, "prend fin le 31 décembre 2026")); /* 14 days before the notice */
        (void)fixture_get(f, facilitator(f), "RenewAgreement", renewal(f, id, 2028));
        view = see_agreement(f, coordinator(f), id);
        assert_int_equal(view->term_ends_on->days, a_day(f, 2028, 12, 31)->days);
        assert_string_equal(view->warning, "");
        assert_int_equal(view->n_history, 3);
        assert_non_null(strstr(view->history[2]->text, "jusqu'au 31 décembre 2028"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *draft = put_agreement(f, an_agreement(f));
        (void)fixture_refused(f, facilitator(f), "RenewAgreement", renewal(f, draft, 2028),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        Types__Id *id = a_signed_agreement(f, an_agreement(f));
        assert_string_equal(fixture_refused(f, facilitator(f), "RenewAgreement", renewal(f, id, 2026),
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "endsOn");
        Contracts__RenewAgreement *command = renewal(f, id, 2028);
        command->agreed_on = a_day(f, 2026, 10, 20);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RenewAgreement", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "agreedOn");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_renewed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
