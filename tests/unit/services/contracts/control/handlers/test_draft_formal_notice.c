/* DraftFormalNotice: a letter for the buyer to sign, which has no effect by itself. */
#include "tests/unit/services/contracts/control/steps.h"

static void test_drafted_and_drafted_again(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_warning(f, case_id);
        const Contracts__DraftFormalNoticeReply *reply =
                fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        assert_non_null(strstr(reply->text, "Je vous mets en demeure"));
        assert_non_null(strstr(reply->text, "Peintures du Lauragais\nSIRET 130\u00a0025\u00a0265\u00a000013\n"));
        assert_non_null(strstr(reply->text, "contrat n° 2026-031"));
        assert_non_null(strstr(reply->text, "Nom, qualité et signature :"));
        const Contracts__ControlCase *record = see_case(f, case_id);
        assert_int_equal(record->step, CONTRACTS__CASE_STEP__NOTICE_DRAFTED);
        assert_null(record->served_on);
        assert_null(record->contradictory_until);
        assert_string_equal(record->texts_version, "control-textes-2026-2");
        days_pass(f, 1);
        (void)fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
}

static void test_not_before_the_warning(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        const Types__Refusal *refusal = fixture_refused(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id),
                                                        TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "il manque un rappel"));
        (void)fixture_refused(f, stranger(f), "DraftFormalNotice", draft_of(f, case_id),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_not_when_the_hours_were_done(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_warning(f, case_id);
        hours_validated(f, 1, c.obligation, 1, 83300);
        (void)fixture_refused(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_drafted_and_drafted_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_before_the_warning, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_when_the_hours_were_done, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
