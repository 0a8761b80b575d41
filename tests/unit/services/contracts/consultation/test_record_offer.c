/* RecordOffer: by those who read offers, after they were due, corrected until marked. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

static void test_recorded_and_corrected(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        (void)fixture_refused(f, anne(f), "RecordOffer", offer_on(f, contract), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer_id = offer;
        command->offer->extra_hours = whole_hours(f, 100);
        const Contracts__RecordOfferReply *reply = fixture_get(f, the_buyer(f), "RecordOffer", command);
        assert_int_equal(reply->number, 1);
        const Contracts__AppraisalView *view = see_appraisal(f, bruno(f), contract);
        assert_int_equal(view->n_offers, 1);
        assert_int_equal(view->offers[0]->offer->extra_hours->hundredths, 10000);
        (void)fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, 150, 100));
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->offer_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->lot = 2;
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__WRONG_STATE); /* no grid */
        command = offer_on(f, contract);
        command->offer->members[0]->share = a_share(f, 50);
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "RecordOffer", offer_on(f, contract),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED); /* of the territory, but no reader */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "RecordOffer", offer_on(f, contract),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        f->world.now_ms_value -= 3 * A_DAY_MS; /* 2026-11-08: not due yet */
        (void)fixture_refused(f, anne(f), "RecordOffer", offer_on(f, contract), TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Two names of one company in one message. */
static void test_a_member_under_two_names(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer->members[0]->organisation = id_to(&f->arena, id_numbered(77));
        directory_tells(f, 2, 77, "21090122900018");
        const Types__Refusal *refusal =
                fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "offer.members.organisation");
        directory_tells(f, 3, 77, command->offer->members[0]->siret);
        (void)fixture_get(f, anne(f), "RecordOffer", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_recorded_and_corrected, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_member_under_two_names, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
