/* OrganisationImports: the lists of the actor's territories, with what came of them. */
#include "tests/unit/services/directory/lists.h"

static const Directory__OrganisationImportsReply *imports(struct fixture *f, const Wire__Passport *actor)
{
        Directory__OrganisationImports query = DIRECTORY__ORGANISATION_IMPORTS__INIT;
        return fixture_get(f, actor, "OrganisationImports", &query);
}

static void test_those_of_ones_territories(void **state)
{
        struct fixture *f = *state;
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|ACI|31000|||", siret_numbered(f, 1)));
        Types__Id *batch = import_partners(f, command)->batch_id;
        (void)fixture_get(f, facilitator_of(f, "31"), "UndoOrganisationsImport", undo_of(f, batch));
        const Directory__OrganisationImportsReply *reply = imports(f, facilitator_of(f, "31"));
        assert_int_equal(reply->n_imports, 1);
        assert_string_equal(reply->imports[0]->file_name, "partenaires.csv");
        assert_string_equal(reply->imports[0]->sender, "réseau, 31");
        assert_int_equal(reply->imports[0]->taken_back, 1);
        assert_string_equal(reply->imports[0]->undone_because, "mauvais fichier");
        assert_int_equal(imports(f, facilitator_of(f, "09"))->n_imports, 0);
        assert_int_equal(imports(f, fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*"))->n_imports, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_those_of_ones_territories, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
