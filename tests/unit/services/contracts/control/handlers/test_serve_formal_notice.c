/* ServeFormalNotice: the buyer's own act, or its signed letter recorded for it. */
#include "tests/unit/services/contracts/control/steps.h"

static Types__Id *drafted(struct fixture *f)
{
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        the_buyer_is_known(f);
        to_warning(f, case_id);
        (void)fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        return case_id;
}

static void test_by_the_buyer(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = drafted(f); /* on 2026-11-08 */
        Contracts__ServeFormalNotice *notice = notice_of(f, case_id);
        notice->reference = notice->signatory = arena_text(&f->arena, "");
        const Contracts__ServeFormalNoticeReply *reply = fixture_get(f, buyer(f), "ServeFormalNotice", notice);
        assert_int_equal(reply->contradictory_until->days, a_day(f, 2026, 11, 23)->days);
        assert_int_equal(reply->answer_by->days, a_day(f, 2026, 11, 23)->days); /* 11 November is none */
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__NOTICE_SERVED);
        (void)fixture_refused(f, buyer(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_recorded_for_the_buyer(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = drafted(f);
        Contracts__ServeFormalNotice *notice = notice_of(f, case_id);
        notice->reference = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "reference");
        notice = notice_of(f, case_id);
        notice->signatory = arena_text(&f->arena, " ");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "signatory");
        (void)fixture_get(f, facilitator(f), "ServeFormalNotice", notice_of(f, case_id));
        assert_string_equal(see_case(f, case_id)->notice_reference, "LRAR 2026-118");
        assert_string_equal(see_case(f, case_id)->notice_signatory, "La directrice des marchés");
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = drafted(f);
        Contracts__ServeFormalNotice *notice = notice_of(f, case_id);
        notice->served_on = a_day(f, 2026, 11, 7); /* before it was drafted */
        (void)fixture_refused(f, buyer(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__INVALID_FIELD);
        notice->served_on = a_day(f, 2026, 11, 9); /* tomorrow */
        (void)fixture_refused(f, buyer(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__INVALID_FIELD);
        notice = notice_of(f, case_id);
        (void)fixture_refused(f, stranger(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 2, OTHER, "21340172201787"); /* another town */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, OTHER), "ServeFormalNotice", notice,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_the_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_recorded_for_the_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
