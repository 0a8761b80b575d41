/* PostponeOffers: later only, and the last day for information goes with it. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_later(void **state)
{
        struct fixture *f = *state;
        Contracts__PostponeOffers command = CONTRACTS__POSTPONE_OFFERS__INIT;
        command.contract_id = a_contract_of_ours(f);
        command.offers_due_on = a_day(f, 2026, 11, 20);
        command.reason = arena_text(&f->arena, "Pièce manquante");
        (void)fixture_refused(f, facilitator(f), "PostponeOffers", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command.contract_id = a_consultation(f);
        const Contracts__PostponeOffersReply *reply = fixture_get(f, the_buyer(f), "PostponeOffers", &command);
        assert_int_equal(reply->information_due_on->days, a_day(f, 2026, 11, 14)->days);
        const Contracts__ConsultationView *view = see_consultation(f, coordinator(f), command.contract_id);
        assert_int_equal(view->offers_due_on->days, a_day(f, 2026, 11, 20)->days);
        (void)fixture_refused(f, facilitator(f), "PostponeOffers", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.offers_due_on = a_day(f, 2026, 11, 30);
        command.reason = arena_text(&f->arena, " ");
        (void)fixture_refused(f, facilitator(f), "PostponeOffers", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.reason = arena_text(&f->arena, "Pièce manquante");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "PostponeOffers", &command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        command.information_due_on = a_day(f, 2026, 12, 30);
        (void)fixture_refused(f, facilitator(f), "PostponeOffers", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_later, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
