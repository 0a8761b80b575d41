/* MarkOffer: each reader apart; from both on, no more. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

static void test_each_apart(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        const Contracts__MarkOfferReply *reply = fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, 150, 100));
        assert_false(reply->both_given);
        assert_int_equal(see_appraisal(f, anne(f), contract)->offers[0]->n_marks, 1);
        assert_int_equal(see_appraisal(f, bruno(f), contract)->offers[0]->n_marks, 0);
        assert_int_equal(see_appraisal(f, bruno(f), contract)->offers[0]->readers_done, 1);
        assert_int_equal(see_appraisal(f, coordinator(f), contract)->offers[0]->n_marks, 0);
        (void)fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, 160, 100)); /* second thoughts */
        reply = fixture_get(f, bruno(f), "MarkOffer", marks_of(f, offer, 100, 100));
        assert_true(reply->both_given);
        const Contracts__OfferView *seen = see_appraisal(f, bruno(f), contract)->offers[0];
        assert_int_equal(seen->n_marks, 2);
        assert_int_equal(seen->marks[0]->marks[0]->mark->millionths, 16000000);
        assert_int_equal(seen->n_to_agree, 1);
        assert_int_equal(seen->to_agree[0], 1);
        assert_int_equal(see_appraisal(f, coordinator(f), contract)->offers[0]->n_marks, 2);
        assert_int_equal(see_appraisal(f, the_buyer(f), contract)->offers[0]->n_marks, 0);
        assert_int_equal(see_appraisal(f, the_buyer(f), contract)->offers[0]->n_to_agree, 0);
        (void)fixture_refused(f, anne(f), "MarkOffer", marks_of(f, offer, 150, 100), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        (void)fixture_refused(f, anne(f), "MarkOffer", marks_of(f, contract, 1, 1), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, coordinator(f), "MarkOffer", marks_of(f, offer, 1, 1),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED); /* reads, but is no reader of the lot */
        (void)fixture_refused(f, facilitator(f), "MarkOffer", marks_of(f, offer, 1, 1), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, the_buyer(f), "MarkOffer", marks_of(f, offer, 1, 1), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, anne(f), "MarkOffer", marks_of(f, offer, 201, 1), TYPES__REFUSAL_CODE__INVALID_FIELD);
        Contracts__MarkOffer *command = marks_of(f, offer, 100, 100);
        command->n_marks = 1;
        (void)fixture_refused(f, anne(f), "MarkOffer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_apart, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
