/* Looking for organisations by words. */
#include "tests/unit/services/directory/fixture.h"

#include "services/directory/organisations/names_rows.h"

static unsigned numbered;

static Types__Id *put_named(struct fixture *f, const char *name, const char *territory,
                            Directory__OrganisationKind kind)
{
        Directory__Organisation *o = structure(f, siret_numbered(f, 1 + numbered++), kind);
        o->name = arena_text(&f->arena, name);
        o->territory = arena_text(&f->arena, territory);
        return put(f, o)->organisation_id;
}

static const Directory__FindOrganisationsReply *find(struct fixture *f, const char *words, const char *territory,
                                                     Directory__OrganisationKind kind)
{
        Directory__FindOrganisations query = DIRECTORY__FIND_ORGANISATIONS__INIT;
        query.words = arena_text(&f->arena, words);
        query.territory = arena_text(&f->arena, territory);
        query.kind = kind;
        return fixture_get(f, operator_of(f), "FindOrganisations", &query);
}

static const char *first(struct fixture *f, const char *words)
{
        const Directory__FindOrganisationsReply *reply = find(f, words, "", KIND(ORGANISATION_KIND_UNKNOWN));
        return reply->n_organisations == 0 ? "" : reply->organisations[0]->organisation->name;
}

static void test_by_words(void **state)
{
        struct fixture *f = *state;
        (void)put_named(f, "Mission locale de Toulouse", "31", KIND(MISSION_LOCALE));
        (void)put_named(f, "Mission locale des Pyrénées", "09", KIND(MISSION_LOCALE));
        (void)put_named(f, "Les Jardins du Volvestre", "31", KIND(ACI));
        (void)put_named(f, "Jardins", "31", KIND(ACI));
        assert_string_equal(first(f, "mission toulouse"), "Mission locale de Toulouse");
        assert_string_equal(first(f, "PYRENEES"), "Mission locale des Pyrénées");
        assert_string_equal(first(f, "jardin"), "Jardins");
        assert_string_equal(first(f, "volv les"), "Les Jardins du Volvestre");
        assert_string_equal(first(f, "misson pyrenees"), "Mission locale des Pyrénées");
        assert_string_equal(first(f, "mission marseille"), "");
        assert_int_equal(find(f, "mission", "09", KIND(ORGANISATION_KIND_UNKNOWN))->n_organisations, 1);
        assert_int_equal(find(f, "jardins", "", KIND(MISSION_LOCALE))->n_organisations, 0);
        assert_int_equal(find(f, "-", "", KIND(ACI))->n_organisations, 0);
}

static void test_what_changes(void **state)
{
        struct fixture *f = *state;
        numbered = 100;
        Types__Id *id = put_named(f, "Atelier ancien", "31", KIND(EI));
        numbered = 100; /* the same one */
        (void)put_named(f, "Atelier nouveau", "31", KIND(EI));
        assert_string_equal(first(f, "ancien"), "");
        assert_string_equal(first(f, "nouveau"), "Atelier nouveau");
        (void)put_named(f, "Atelier", "31", KIND(EI));
        (void)put_named(f, "Atelier zele", "31", KIND(EI));
        close_organisation(f, id);
        const Directory__FindOrganisationsReply *reply = find(f, "at", "", KIND(EI));
        assert_int_equal(reply->n_organisations, 3);
        assert_string_equal(reply->organisations[2]->organisation->name, "Atelier nouveau"); /* closed: behind */
        assert_true(reply->organisations[2]->closed);
}

/* One organisation once, though two of its words begin so. */
static void test_twice_a_word(void **state)
{
        struct fixture *f = *state;
        (void)put_named(f, "Insertion insertions insert", "31", KIND(ACI));
        assert_int_equal(find(f, "ins", "", KIND(ORGANISATION_KIND_UNKNOWN))->n_organisations, 1);
}

static void test_many(void **state)
{
        struct fixture *f = *state;
        Directory__FindOrganisations query = DIRECTORY__FIND_ORGANISATIONS__INIT;
        numbered = 1000;
        for (int i = 0; i < 60; i++)
                (void)put_named(f, "Association d'insertion", "31", KIND(ACI));
        query.words = (char *)"association";
        const Directory__FindOrganisationsReply *reply = fixture_get(f, operator_of(f), "FindOrganisations", &query);
        assert_int_equal(reply->n_organisations, 20);
        assert_true(reply->more);
        query.limit = UINT32_MAX;
        reply = fixture_get(f, operator_of(f), "FindOrganisations", &query);
        assert_int_equal(reply->n_organisations, 50);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_words, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_changes, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_twice_a_word, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_many, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
