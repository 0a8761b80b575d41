#include "tests/unit/services/directory/fixture.h"

static void test_by_id(void **state)
{
        struct fixture *f = *state;
        Directory__OrganisationById query = DIRECTORY__ORGANISATION_BY_ID__INIT;
        query.organisation_id = put(f, structure(f, "13002526500013", KIND(ACI)))->organisation_id;
        const Wire__Passport *company = fixture_actor(f, TYPES__ROLE__COMPANY, NULL, "09");
        const Directory__OrganisationView *view = fixture_get(f, company, "OrganisationById", &query);
        assert_string_equal(view->organisation->name, "Les Jardins du Midi");
        assert_false(view->closed);
        assert_true(id_equal(id_of(view->organisation_id), id_of(query.organisation_id)));

        query.organisation_id = NULL;
        (void)fixture_refused(f, company, "OrganisationById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_id, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
