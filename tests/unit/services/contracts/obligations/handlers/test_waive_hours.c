/* WaiveHours: the buyer's decision only. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Types__Refusal *refused(struct fixture *f, const Wire__Passport *actor, Contracts__WaiveHours *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(f, actor, "WaiveHours", command, code);
}

static void test_the_buyer_waives(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__WaiveHours *command = waiver(f, scene.lead, 120);
        command->decision = NULL;
        const Contracts__WaiveHoursReply *reply = fixture_get(f, buyer(f), "WaiveHours", command);
        assert_int_equal(reply->remaining->hundredths, 38000);
        reply = fixture_get(f, facilitator(f), "WaiveHours", waiver(f, scene.lead, 30)); /* its letter, recorded */
        assert_int_equal(reply->remaining->hundredths, 35000);
        const Contracts__ObligationView *view = see_obligation(f, scene.lead);
        assert_int_equal(view->waived->hundredths, 15000);
        assert_int_equal(view->due->hundredths, 50000); /* what was demanded stays told */
        balanced(f, scene.lead);
}

static void test_nobody_else_does(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__WaiveHours *command = waiver(f, scene.lead, 10);
        (void)refused(f, other_buyer(f), command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), command,
                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->decision = NULL;
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "decision.reference");
        assert_int_equal(see_obligation(f, scene.lead)->waived->hundredths, 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        (void)refused(f, facilitator(f), waiver(f, NULL, 1), TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(
                refused(f, facilitator(f), waiver(f, scene.lead, 501), TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                "hours");
        Contracts__WaiveHours *command = waiver(f, scene.lead, 1);
        command->reason = arena_text(&f->arena, "");
        assert_string_equal(refused(f, buyer(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_buyer_waives, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_else_does, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
