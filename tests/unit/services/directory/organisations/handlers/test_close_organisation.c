#include "tests/unit/services/directory/fixture.h"

static Directory__CloseOrganisation closing(struct fixture *f, Types__Id *id)
{
        Directory__CloseOrganisation command = DIRECTORY__CLOSE_ORGANISATION__INIT;
        command.organisation_id = id;
        command.closed_on = day_to(&f->arena, day_of_civil((struct civil){2026, 10, 1}));
        command.reason = (char *)"liquidation";
        return command;
}

static void test_close_once(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = put(f, structure(f, "13002526500013", KIND(ACI)))->organisation_id;
        Directory__CloseOrganisation command = closing(f, id);
        (void)fixture_get(f, operator_of(f), "CloseOrganisation", &command);
        assert_true(list(f, "", "31", KIND(ACI))->organisations[0]->closed);
        (void)fixture_refused(f, operator_of(f), "CloseOrganisation", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        struct id unknown = {{1}};
        Directory__CloseOrganisation command = closing(f, id_to(&f->arena, unknown));
        (void)fixture_refused(f, operator_of(f), "CloseOrganisation", &command, TYPES__REFUSAL_CODE__NOT_FOUND);

        command = closing(f, put(f, structure(f, "13002526500013", KIND(ACI)))->organisation_id);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "09"), "CloseOrganisation", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command.closed_on = day_to(&f->arena, day_of_civil((struct civil){2026, 10, 19})); /* tomorrow */
        (void)fixture_refused(f, operator_of(f), "CloseOrganisation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_close_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
