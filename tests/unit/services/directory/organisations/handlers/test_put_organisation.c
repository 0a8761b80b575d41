#include "tests/unit/services/directory/fixture.h"

static void test_added_same_changed(void **state)
{
        struct fixture *f = *state;
        Directory__Organisation *o = structure(f, "13002526500013", KIND(ACI));
        const Directory__PutOrganisationReply *added = put(f, o);
        assert_int_equal(added->outcome, DIRECTORY__PUT_OUTCOME__ADDED);
        assert_int_equal(engine_position(f->engine), 1);

        const Directory__PutOrganisationReply *same = put(f, o);
        assert_int_equal(same->outcome, DIRECTORY__PUT_OUTCOME__SAME);
        assert_int_equal(engine_position(f->engine), 1); /* nothing was recorded */
        assert_true(id_equal(id_of(same->organisation_id), id_of(added->organisation_id)));

        o->phone = arena_text(&f->arena, "05 61 00 00 00");
        const Directory__PutOrganisationReply *changed = put(f, o);
        assert_int_equal(changed->outcome, DIRECTORY__PUT_OUTCOME__CHANGED);
        assert_true(id_equal(id_of(changed->organisation_id), id_of(added->organisation_id)));
        assert_int_equal(engine_position(f->engine), 2);
}

static void test_all_fields_come_back(void **state)
{
        struct fixture *f = *state;
        Directory__Organisation *o = structure(f, "13002526500013", KIND(ACI));
        char *networks[] = {(char *)"chantier-ecole", (char *)"coorace"};
        char *warnings[] = {(char *)"SIRET : la clé de contrôle est fausse"};
        Directory__Coordinates at = DIRECTORY__COORDINATES__INIT;
        at.latitude = 43604652;
        at.longitude = -1444209;
        o->networks = networks;
        o->n_networks = ARRAY_SIZE(networks);
        o->warnings = warnings;
        o->n_warnings = ARRAY_SIZE(warnings);
        o->coordinates = &at;
        o->updated_on = day_to(&f->arena, day_of_civil((struct civil){2020, 12, 1}));
        (void)put(f, o);

        const Directory__Organisation *kept = list(f, "", "31", KIND(ACI))->organisations[0]->organisation;
        assert_true(slice_equal(pb_encode(kept, &f->arena), pb_encode(o, &f->arena)));
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        command.organisation = structure(f, "123", KIND(ACI));
        const Types__Refusal *refusal =
                fixture_refused(f, operator_of(f), "PutOrganisation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "organisation.siret");
}

static void test_a_facilitator_keeps_her_own_territories(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *facilitator = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31 32");
        Directory__Organisation *o = structure(f, "13002526500013", KIND(ACI));
        assert_non_null(try_put(f, facilitator, o).body);
        o->territory = arena_text(&f->arena, "09"); /* may not be sent off to another's */
        assert_int_equal(try_put(f, facilitator, o).refusal->code, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)put(f, o);
        o->territory = arena_text(&f->arena, "31"); /* nor taken from it */
        assert_int_equal(try_put(f, facilitator, o).refusal->code, TYPES__REFUSAL_CODE__NOT_ALLOWED);

        Directory__Organisation *nowhere = structure(f, "13002526500021", KIND(ACI));
        nowhere->territory = arena_text(&f->arena, "");
        assert_non_null(try_put(f, facilitator, nowhere).body);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_added_same_changed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_all_fields_come_back, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_facilitator_keeps_her_own_territories, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
