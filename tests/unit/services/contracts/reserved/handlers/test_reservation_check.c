/* ReservationCheck: the rule asked without storing anything. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

static void test_asked(void **state)
{
        struct fixture *f = *state;
        Contracts__ReservationCheckRequest query = CONTRACTS__RESERVATION_CHECK_REQUEST__INIT;
        Contracts__Reservation reservation = CONTRACTS__RESERVATION__INIT;
        query.reservation = &reservation;
        reservation.kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        add_ground(f, &reservation.grounds, &reservation.n_grounds, IN_GROUND(HANDICAP));
        add_ground(f, &reservation.grounds, &reservation.n_grounds, IN_GROUND(IAE));
        const Contracts__ReservationCheckReply *reply = fixture_get(f, auditor(f), "ReservationCheck", &query);
        assert_int_equal(reply->verdict, CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID);
        assert_non_null(strstr(reply->text, "L3113-3"));
        reservation.n_grounds = 0;
        (void)fixture_refused(f, auditor(f), "ReservationCheck", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        reservation.n_grounds = 1;
        reservation.kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)fixture_refused(f, auditor(f), "ReservationCheck", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.reservation = NULL;
        (void)fixture_refused(f, auditor(f), "ReservationCheck", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_asked, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
