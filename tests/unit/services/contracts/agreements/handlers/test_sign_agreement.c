/* SignAgreement: only what could be printed is signed, once. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static const Types__Refusal *sign_refused(struct fixture *f, Types__Id *id, Types__Day *on, Types__RefusalCode code)
{
        Contracts__SignAgreement command = CONTRACTS__SIGN_AGREEMENT__INIT;
        command.agreement_id = id;
        command.signed_on = on;
        return fixture_refused(f, facilitator(f), "SignAgreement", &command, code);
}

static void test_signed(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = put_agreement(f, an_agreement(f));
        assert_int_equal(sign_agreement(f, id), CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE);
        const Contracts__AgreementView *view = see_agreement(f, coordinator(f), id);
        assert_int_equal(view->signed_on->days, a_day(f, 2025, 12, 10)->days);
        assert_int_equal(view->term_ends_on->days, a_day(f, 2026, 12, 31)->days);
        assert_true(view->financial);
        (void)sign_refused(f, id, a_day(f, 2025, 12, 11), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        Types__Day *signed_on = a_day(f, 2026, 1, 5);
        agreement->perimeter = arena_text(&f->arena, "");
        const Types__Refusal *refusal =
                sign_refused(f, put_agreement(f, agreement), signed_on, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "périmètre"));
        agreement = an_agreement(f);
        agreement->ends_on = NULL;
        refusal = sign_refused(f, put_agreement(f, agreement), signed_on, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "agreement.startsOn");
        agreement = an_agreement(f);
        agreement->fee = NULL;
        refusal = sign_refused(f, put_agreement(f, agreement), signed_on, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "agreement.fee");
        Types__Id *id = put_agreement(f, an_agreement(f));
        (void)sign_refused(f, id, NULL, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)sign_refused(f, id, a_day(f, 2026, 10, 19), TYPES__REFUSAL_CODE__INVALID_FIELD); /* tomorrow */
        (void)sign_refused(f, id_to(&f->arena, id_numbered(3)), signed_on, TYPES__REFUSAL_CODE__NOT_FOUND);
        Contracts__SignAgreement command = CONTRACTS__SIGN_AGREEMENT__INIT;
        command.agreement_id = id;
        command.signed_on = signed_on;
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "SignAgreement", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_signed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
