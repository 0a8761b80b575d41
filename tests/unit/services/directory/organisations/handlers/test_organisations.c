/* Organisations: the page's bounds. (The ways through the directory: test_store.c.) */
#include "tests/unit/services/directory/fixture.h"

static void test_default_page(void **state)
{
        struct fixture *f = *state;
        for (int i = 0; i < 60; i++)
                (void)put(f, structure(f, siret_numbered(f, 1 + (unsigned)i), KIND(ACI)));
        const Directory__OrganisationsReply *first = list(f, "", "", KIND(ORGANISATION_KIND_UNKNOWN));
        assert_int_equal(first->n_organisations, 50);

        Types__Page page = TYPES__PAGE__INIT;
        page.after = first->next;
        Directory__OrganisationsRequest query = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
        query.page = &page;
        const Directory__OrganisationsReply *second = fixture_get(f, operator_of(f), "Organisations", &query);
        assert_int_equal(second->n_organisations, 10);
        assert_int_equal(second->next.len, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_default_page, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
