/* AgreeMarks: after both, and said where they differ. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

static void test_said_where_they_differ(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        (void)fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, 160, 100));
        (void)fixture_refused(f, anne(f), "AgreeMarks", agreement_of(f, offer), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, bruno(f), "MarkOffer", marks_of(f, offer, 100, 120));
        Contracts__AgreeMarks *command = agreement_of(f, offer);
        assert_string_equal(
                fixture_refused(f, anne(f), "AgreeMarks", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "marks");
        Contracts__OfferMark *said[] = {a_mark(f, 1, 140)};
        command->marks = said;
        command->n_marks = 1;
        (void)fixture_refused(f, coordinator(f), "AgreeMarks", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        const Contracts__AgreeMarksReply *reply = fixture_get(f, bruno(f), "AgreeMarks", command);
        assert_int_equal(reply->result->millionths, 12800000); /* 14 x 60 % + 11 x 40 % */
        const Contracts__OfferView *seen = see_appraisal(f, the_buyer(f), contract)->offers[0];
        assert_int_equal(seen->n_agreed, 2);
        assert_int_equal(seen->result->millionths, 12800000);
        assert_non_null(strstr(see_facts(f, anne(f), contract)->history[0]->text, "12,8 / 20"));
        assert_null(strstr(see_facts(f, facilitator(f), contract)->history[0]->text, "12,8"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_said_where_they_differ, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
