/* The directory's indexes and pages, whatever the way one looks through it. */
#include "tests/unit/services/directory/fixture.h"

enum { KINDS = 3, PLACES = 4, EACH = 5 };

static const Directory__OrganisationKind kinds[KINDS] = {KIND(ACI), KIND(GEIQ), KIND(MISSION_LOCALE)};
static const char *const places[PLACES] = {"09", "31", "974", ""};

static void fill(struct fixture *f)
{
        for (int i = 0; i < KINDS * PLACES * EACH; i++) {
                Directory__Organisation *o = structure(f, siret_numbered(f, 1000 + (unsigned)i), kinds[i % KINDS]);
                o->territory = arena_text(&f->arena, places[i / KINDS % PLACES]);
                (void)put(f, o);
        }
}

/* Pages through with `limit`; checks that nothing comes twice. How many there are in all. */
static size_t page_through(struct fixture *f, const char *territory, Directory__OrganisationKind kind, uint32_t limit)
{
        struct id seen[KINDS * PLACES * EACH];
        size_t count = 0;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = limit;
        Directory__OrganisationsRequest query = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
        query.page = &page;
        query.territory = arena_text(&f->arena, territory);
        query.kind = kind;
        do {
                const Directory__OrganisationsReply *reply = fixture_get(f, operator_of(f), "Organisations", &query);
                assert_true(reply->n_organisations <= limit);
                for (size_t i = 0; i < reply->n_organisations; i++) {
                        const Directory__Organisation *o = reply->organisations[i]->organisation;
                        assert_true(kind == KIND(ORGANISATION_KIND_UNKNOWN) || o->kind == kind);
                        assert_true(territory[0] == '\0' || strcmp(o->territory, territory) == 0);
                        struct id id = id_of(reply->organisations[i]->organisation_id);
                        for (size_t j = 0; j < count; j++)
                                assert_false(id_equal(seen[j], id));
                        assert_true(count < ARRAY_SIZE(seen));
                        seen[count++] = id;
                }
                page.after = reply->next;
        } while (page.after.len > 0);
        return count;
}

static void test_every_way_through(void **state)
{
        struct fixture *f = *state;
        fill(f);
        for (uint32_t limit = 1; limit <= 64; limit = limit * 2 + 1) {
                assert_int_equal(page_through(f, "", KIND(ORGANISATION_KIND_UNKNOWN), limit), KINDS * PLACES * EACH);
                assert_int_equal(page_through(f, "31", KIND(ORGANISATION_KIND_UNKNOWN), limit), KINDS * EACH);
                assert_int_equal(page_through(f, "", KIND(GEIQ), limit), PLACES * EACH);
                assert_int_equal(page_through(f, "974", KIND(GEIQ), limit), EACH);
                assert_int_equal(page_through(f, "75", KIND(GEIQ), limit), 0);
        }
}

static void test_by_siret(void **state)
{
        struct fixture *f = *state;
        (void)put(f, structure(f, "13002526500013", KIND(ACI)));
        (void)put(f, structure(f, "13002526500013", KIND(EI)));
        (void)put(f, structure(f, "13002526500021", KIND(ACI)));
        Directory__Organisation *unnumbered = structure(f, "", KIND(ACI));
        (void)put(f, unnumbered);

        assert_int_equal(list(f, "13002526500013", "", KIND(ORGANISATION_KIND_UNKNOWN))->n_organisations, 2);
        assert_int_equal(list(f, "13002526500013", "", KIND(EI))->n_organisations, 1);
        assert_int_equal(list(f, "13002526500013", "09", KIND(EI))->n_organisations, 0);
        assert_int_equal(list(f, "73282932000074", "", KIND(ORGANISATION_KIND_UNKNOWN))->n_organisations, 0);
}

static void test_an_after_of_another_list_is_refused(void **state)
{
        struct fixture *f = *state;
        fill(f);
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = 1;
        Directory__OrganisationsRequest query = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
        query.page = &page;
        query.territory = (char *)"31";
        page.after =
                ((const Directory__OrganisationsReply *)fixture_get(f, operator_of(f), "Organisations", &query))->next;
        assert_true(page.after.len > 0);
        query.territory = (char *)"09";
        const Types__Refusal *refusal =
                fixture_refused(f, operator_of(f), "Organisations", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "page.after");

        uint8_t long_after[400] = "31";
        query.territory = (char *)"31";
        page.after = (ProtobufCBinaryData){sizeof(long_after), long_after};
        (void)fixture_refused(f, operator_of(f), "Organisations", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        page.after.len = 3;
        (void)fixture_refused(f, operator_of(f), "Organisations", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_every_way_through, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_siret, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_after_of_another_list_is_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
