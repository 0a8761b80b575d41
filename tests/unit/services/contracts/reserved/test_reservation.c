/* Whether a reservation is lawful, by the rules that are delivered: each ground, each pair of them in a market and in a
 * concession, the share, the notice, and the limits of the social economy. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

#include "services/contracts/reserved/reservation.h"

#define VERDICT(NAME) CONTRACTS__RESERVATION_VERDICT__RESERVATION_##NAME
#define ANSWER(NAME)  CONTRACTS__RESERVATION_ANSWER__RESERVATION_##NAME
#define KIND(NAME)    CONTRACTS__CONTRACT_KIND__##NAME

static struct dated rules;

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (dated_load("deploy/rules", "reservations", &contracts__reservation_rules__descriptor, &rules, &info) != 0 ||
            reservation_rules_check(&rules, &info) != 0)
                fail_msg("%s", info.text);
        return 0;
}

static int unload(void **state)
{
        (void)state;
        dated_fini(&rules);
        return 0;
}

static struct day today(void)
{
        return day_of_civil((struct civil){2026, 10, 18});
}

static const Contracts__ReservationCheckReply *check(struct fixture *f, const Contracts__Reservation *reservation)
{
        return reservation_check(reservation, dated_on(&rules, today()), today(), &f->arena);
}

/* Lawful in all else: a market or a concession, on one ground. */
static Contracts__Reservation *a_reservation(struct fixture *f, Contracts__ContractKind kind,
                                             Contracts__ReservationGround ground)
{
        Contracts__Reservation *reservation = pb_new(&contracts__reservation__descriptor, &f->arena);
        reservation->kind = kind;
        add_ground(f, &reservation->grounds, &reservation->n_grounds, ground);
        reservation->minimum_share = share_to(&f->arena, share_of_millionths(500000));
        reservation->told_in_notice = ANSWER(YES);
        reservation->contracting_authority = ANSWER(YES);
        reservation->cpv = arena_text(&f->arena, "85312000-9");
        reservation->duration_months = 36;
        return reservation;
}

static bool rests_on(const Contracts__ReservationCheckReply *reply, Contracts__ReservationVerdict verdict,
                     const char *article)
{
        for (size_t i = 0; i < reply->n_findings; i++)
                if (reply->findings[i]->verdict == verdict && strcmp(reply->findings[i]->article, article) == 0)
                        return true;
        return false;
}

static void test_one_ground(void **state)
{
        static const struct {
                Contracts__ContractKind kind;
                Contracts__ReservationGround ground;
                Contracts__ReservationVerdict verdict;
                const char *article;
        } cases[] = {
                {KIND(MARKET), IN_GROUND(HANDICAP), VERDICT(VALID), "L2113-12"},
                {KIND(CONCESSION), IN_GROUND(HANDICAP), VERDICT(VALID), "L3113-1"},
                {KIND(MARKET), IN_GROUND(IAE), VERDICT(VALID), "L2113-13"},
                {KIND(CONCESSION), IN_GROUND(IAE), VERDICT(VALID), "L3113-2"},
                {KIND(MARKET), IN_GROUND(PRISON), VERDICT(VALID), "L2113-13-1"},
                {KIND(CONCESSION), IN_GROUND(PRISON), VERDICT(VALID), "L3113-2-1"},
                {KIND(MARKET), IN_GROUND(ESS), VERDICT(VALID), "L2113-15"},
                {KIND(CONCESSION), IN_GROUND(ESS), VERDICT(INVALID), "L2113-15"},
        };
        struct fixture *f = *state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const Contracts__ReservationCheckReply *reply =
                        check(f, a_reservation(f, cases[i].kind, cases[i].ground));
                assert_int_equal(reply->verdict, cases[i].verdict);
                assert_true(rests_on(reply, cases[i].verdict, cases[i].article));
                assert_string_equal(reply->rules_version, "reservations-2026-1");
        }
}

static void test_two_grounds(void **state)
{
        static const struct {
                Contracts__ContractKind kind;
                Contracts__ReservationGround second; /* beside handicap */
                Contracts__ReservationAnswer all;
                Contracts__ReservationVerdict verdict;
                const char *article;
        } cases[] = {
                {KIND(MARKET), IN_GROUND(IAE), ANSWER(NOT_TOLD), VERDICT(VALID), "L2113-14"},
                {KIND(CONCESSION), IN_GROUND(IAE), ANSWER(YES), VERDICT(INVALID), "L3113-3"},
                {KIND(MARKET), IN_GROUND(PRISON), ANSWER(YES), VERDICT(VALID), "L2113-14"},
                {KIND(MARKET), IN_GROUND(PRISON), ANSWER(NO), VERDICT(INVALID), "L2113-14"},
                {KIND(MARKET), IN_GROUND(PRISON), ANSWER(NOT_TOLD), VERDICT(TO_CHECK), "L2113-14"},
                {KIND(CONCESSION), IN_GROUND(PRISON), ANSWER(YES), VERDICT(VALID), "L3113-3"},
                {KIND(CONCESSION), IN_GROUND(PRISON), ANSWER(NO), VERDICT(INVALID), "L3113-3"},
                {KIND(MARKET), IN_GROUND(ESS), ANSWER(YES), VERDICT(TO_CHECK), ""},
        };
        struct fixture *f = *state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Contracts__Reservation *reservation = a_reservation(f, cases[i].kind, IN_GROUND(HANDICAP));
                add_ground(f, &reservation->grounds, &reservation->n_grounds, cases[i].second);
                reservation->meets_all_conditions = cases[i].all;
                const Contracts__ReservationCheckReply *reply = check(f, reservation);
                assert_int_equal(reply->verdict, cases[i].verdict);
                assert_true(rests_on(reply, cases[i].verdict, cases[i].article));
        }
}

static void test_the_share(void **state)
{
        struct fixture *f = *state;
        Contracts__Reservation *reservation = a_reservation(f, KIND(MARKET), IN_GROUND(HANDICAP));
        reservation->minimum_share = share_to(&f->arena, share_of_millionths(499999));
        assert_true(rests_on(check(f, reservation), VERDICT(INVALID), "L2113-12"));
        assert_non_null(strstr(check(f, reservation)->text, "Réservation irrégulière (L2113-12)"));
        reservation->minimum_share = NULL;
        assert_int_equal(check(f, reservation)->verdict, VERDICT(TO_CHECK));
        assert_non_null(strstr(check(f, reservation)->text, "1 point à vérifier"));
        reservation = a_reservation(f, KIND(MARKET), IN_GROUND(ESS));
        reservation->minimum_share = NULL; /* the social economy has none */
        assert_int_equal(check(f, reservation)->verdict, VERDICT(VALID));
        assert_string_equal(check(f, reservation)->text, "Réservation régulière.");
}

static void test_the_notice(void **state)
{
        static const struct {
                Contracts__ContractKind kind;
                Contracts__ReservationGround ground;
                const char *article;
        } cases[] = {
                {KIND(MARKET), IN_GROUND(IAE), "R2113-7"},
                {KIND(MARKET), IN_GROUND(ESS), "R2113-8"},
                {KIND(CONCESSION), IN_GROUND(IAE), "R3113-1"},
        };
        struct fixture *f = *state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Contracts__Reservation *reservation = a_reservation(f, cases[i].kind, cases[i].ground);
                assert_true(rests_on(check(f, reservation), VERDICT(VALID), cases[i].article));
                reservation->told_in_notice = ANSWER(NO);
                assert_true(rests_on(check(f, reservation), VERDICT(INVALID), cases[i].article));
                reservation->told_in_notice = ANSWER(NOT_TOLD);
                assert_true(rests_on(check(f, reservation), VERDICT(TO_CHECK), cases[i].article));
        }
}

static void test_the_social_economy(void **state)
{
        struct fixture *f = *state;
        Contracts__Reservation *reservation = a_reservation(f, KIND(MARKET), IN_GROUND(ESS));
        reservation->contracting_authority = ANSWER(NO);
        assert_true(rests_on(check(f, reservation), VERDICT(INVALID), "L2113-15"));
        reservation->contracting_authority = ANSWER(NOT_TOLD);
        assert_int_equal(check(f, reservation)->verdict, VERDICT(TO_CHECK));
        reservation = a_reservation(f, KIND(MARKET), IN_GROUND(ESS));
        reservation->cpv = arena_text(&f->arena, "45442100-8"); /* painting */
        assert_true(rests_on(check(f, reservation), VERDICT(INVALID), "L2113-15"));
        reservation->cpv = arena_text(&f->arena, "85323000-9"); /* the last of its range */
        assert_int_equal(check(f, reservation)->verdict, VERDICT(VALID));
        reservation->cpv = arena_text(&f->arena, "");
        assert_int_equal(check(f, reservation)->verdict, VERDICT(TO_CHECK));
        reservation = a_reservation(f, KIND(MARKET), IN_GROUND(ESS));
        reservation->duration_months = 37;
        assert_true(rests_on(check(f, reservation), VERDICT(INVALID), "L2113-16"));
        reservation->duration_months = 0;
        assert_true(rests_on(check(f, reservation), VERDICT(TO_CHECK), "L2113-16"));
}

static void test_not_again_at_once(void **state)
{
        struct fixture *f = *state;
        Contracts__Reservation *reservation = a_reservation(f, KIND(MARKET), IN_GROUND(ESS));
        reservation->previous_award_on = a_day(f, 2023, 10, 19);
        assert_true(rests_on(check(f, reservation), VERDICT(INVALID), "L2113-16"));
        reservation->previous_award_on = a_day(f, 2023, 10, 18); /* three years ago today */
        assert_int_equal(check(f, reservation)->verdict, VERDICT(VALID));
        reservation->on = a_day(f, 2026, 1, 1);
        assert_int_equal(check(f, reservation)->verdict, VERDICT(INVALID));
}

static void test_poor_rules(void **state)
{
        (void)state;
        Contracts__ReservationRules *root = (Contracts__ReservationRules *)(uintptr_t)rules.root;
        Contracts__ReservationRulesVersion *version = root->versions[0];
        struct err_info info = {0};
        Contracts__ReservationEss *ess = version->ess;
        version->ess = NULL;
        assert_int_equal(reservation_rules_check(&rules, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "reservations-2026-1"));
        version->ess = ess;
        version->n_grounds--;
        assert_int_equal(reservation_rules_check(&rules, &info), ERR_CONFIG);
        version->n_grounds++;
        char *from = ess->services[0]->from;
        ess->services[0]->from = version->version;
        assert_int_equal(reservation_rules_check(&rules, &info), ERR_CONFIG);
        ess->services[0]->from = from;
        assert_int_equal(reservation_rules_check(&rules, &info), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_ground, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_two_grounds, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_share, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_notice, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_social_economy, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_again_at_once, setup, fixture_close),
                cmocka_unit_test(test_poor_rules),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
