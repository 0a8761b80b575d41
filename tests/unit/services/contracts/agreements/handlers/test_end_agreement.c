/* EndAgreement: with its notice by one, at once by both; a draft is given up. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static Contracts__EndAgreement *an_end(struct fixture *f, Types__Id *id, Contracts__EndedBy by)
{
        Contracts__EndAgreement *command = pb_new(&contracts__end_agreement__descriptor, &f->arena);
        command->agreement_id = id;
        command->by = by;
        command->told_on = a_day(f, 2026, 10, 1);
        command->ends_on = a_day(f, 2026, 10, 31);
        command->reason = arena_text(&f->arena, "la commune rejoint un groupement de commandes");
        return command;
}

static void assert_refused_end(struct fixture *f, Contracts__EndAgreement *command, const char *field)
{
        Types__RefusalCode code = TYPES__REFUSAL_CODE__INVALID_FIELD;
        assert_string_equal(fixture_refused(f, facilitator(f), "EndAgreement", command, code)->field, field);
}

static void test_the_notice(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_signed_agreement(f, an_agreement(f));
        Contracts__EndAgreement *command = an_end(f, id, CONTRACTS__ENDED_BY__BY_BUYER);
        assert_refused_end(f, command, "endsOn"); /* 30 days of 60 */
        command->ends_on = a_day(f, 2026, 11, 30);
        const Contracts__EndAgreementReply *reply = fixture_get(f, facilitator(f), "EndAgreement", command);
        assert_int_equal(reply->state, CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE); /* until then */
        const Contracts__AgreementView *view = see_agreement(f, coordinator(f), id);
        assert_int_equal(view->term_ends_on->days, a_day(f, 2026, 11, 30)->days);
        assert_null(view->decide_by);
        assert_non_null(strstr(view->history[2]->text, "par l'acheteur"));
        (void)fixture_refused(f, facilitator(f), "EndAgreement", command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_by_both(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_signed_agreement(f, an_agreement(f));
        Contracts__EndAgreement *command = an_end(f, id, CONTRACTS__ENDED_BY__BY_BOTH);
        command->ends_on = a_day(f, 2026, 10, 5);
        const Contracts__EndAgreementReply *reply = fixture_get(f, facilitator(f), "EndAgreement", command);
        assert_int_equal(reply->state, CONTRACTS__AGREEMENT_STATE__AGREEMENT_ENDED);
}

static void test_a_draft_is_given_up(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = put_agreement(f, an_agreement(f));
        const Contracts__EndAgreementReply *reply =
                fixture_get(f, facilitator(f), "EndAgreement", an_end(f, id, CONTRACTS__ENDED_BY__BY_CARRIER));
        assert_int_equal(reply->state, CONTRACTS__AGREEMENT_STATE__AGREEMENT_ENDED);
        Contracts__SignAgreement sign = CONTRACTS__SIGN_AGREEMENT__INIT;
        sign.agreement_id = id;
        sign.signed_on = a_day(f, 2026, 1, 1);
        (void)fixture_refused(f, facilitator(f), "SignAgreement", &sign, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_what_is_missing(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_signed_agreement(f, an_agreement(f));
        assert_refused_end(f, an_end(f, id, CONTRACTS__ENDED_BY__ENDED_BY_UNKNOWN), "by");
        Contracts__EndAgreement *command = an_end(f, id, CONTRACTS__ENDED_BY__BY_BOTH);
        command->reason = arena_text(&f->arena, " ");
        assert_refused_end(f, command, "reason");
        command = an_end(f, id, CONTRACTS__ENDED_BY__BY_BOTH);
        command->told_on = NULL;
        assert_refused_end(f, command, "toldOn");
        command = an_end(f, id, CONTRACTS__ENDED_BY__BY_BOTH);
        command->ends_on = a_day(f, 2025, 12, 1);
        assert_refused_end(f, command, "endsOn"); /* before it was signed */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_notice, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_both, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_draft_is_given_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_missing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
