/* ReferMatter: by whom, to whom, and when to remind, from the dated rule where nothing else is told. */
#include "tests/unit/services/contracts/referrals/referral_fixture.h"

static void test_referred(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        const Contracts__ReferMatterReply *reply = fixture_get(f, facilitator(f), "ReferMatter", a_matter(f, contract));
        assert_int_equal(reply->remind_on->days,
                         a_day(f, 2026, 10, 1)->days); /* 30 days: deploy/rules/referrals.json */
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->n_referrals, 1);
        assert_string_equal(facts->referrals[0]->to, "guichet vert");
        assert_string_equal(facts->referrals[0]->referred_by, "le facilitateur");
        assert_true(facts->referrals[0]->late);
        assert_int_equal(facts->n_calendar, 1);
        assert_int_equal(facts->calendar[0]->state, CONTRACTS__CALENDAR_STATE__LATE);
        assert_string_equal(
                facts->history[0]->text,
                "Question environnementale transmise le 1er septembre 2026 par le facilitateur (destinataire "
                ": guichet vert) : Réemploi des menuiseries déposées.");

        Contracts__ReferMatter *other = a_matter(f, contract);
        other->to = arena_text(&f->arena, "ADEME");
        other->referred_by = arena_text(&f->arena, "le service achats");
        (void)refer(f, other);
        facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->n_referrals, 2);
        assert_string_equal(facts->referrals[1]->to, "ADEME"); /* oldest first */
        assert_string_equal(facts->referrals[1]->referred_by, "le service achats");
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__ReferMatter *command = a_matter(f, a_contract(f));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "ReferMatter", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->subject = arena_text(&f->arena, "");
        (void)fixture_refused(f, facilitator(f), "ReferMatter", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = a_matter(f, id_to(&f->arena, id_numbered(3)));
        (void)fixture_refused(f, facilitator(f), "ReferMatter", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* At 22:30 UTC it is tomorrow in Nouméa, and in Fort-de-France it is today until four in the morning. */
static void test_today_is_that_of_who_acts(void **state)
{
        static const struct {
                const char *territory, *instant;
                int day; /* of December 2026: the last that may be told */
        } cases[] = {
                {"988", "2026-11-30T22:30:00Z", 1},
                {"31", "2026-11-30T23:30:00Z", 1},
                {"972", "2026-12-02T03:30:00Z", 1},
                {"31", "2026-12-01T22:30:00Z", 1},
        };
        struct fixture *f = *state;
        Contracts__ReferMatter *command = a_matter(f, a_contract(f));
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                assert_int_equal(instant_parse(cases[i].instant, &f->world.now_ms_value), 0);
                Wire__Passport *actor = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL,
                                                      arena_printf(&f->arena, "%s 31", cases[i].territory));
                command->referred_on = a_day(f, 2026, 12, cases[i].day + 1);
                const Types__Refusal *refusal =
                        fixture_refused(f, actor, "ReferMatter", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(refusal->field, "referredOn");
                command->referred_on = a_day(f, 2026, 12, cases[i].day);
                (void)fixture_get(f, actor, "ReferMatter", command);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_referred, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_today_is_that_of_who_acts, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
