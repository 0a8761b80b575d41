#include "tests/unit/common/import/organisation_text.h"

static const char row[] =
        "{'source': 'dora', 'id': 'dora--1', 'nom': 'Les Jardins du Lac', 'date_maj': '2025-02-14', 'siret': "
        "'39281098200018',"
        " 'commune': 'Toulouse', 'code_postal': '31500', 'code_insee': '31555', 'adresse': '3 rue du Lac',"
        " 'complement_adresse': 'Bâtiment B', 'longitude': 1.45, 'latitude': 43.6, 'telephone': '+33561000000',"
        " 'courriel': 'lac@example.org', 'site_web': 'https://lac.example', 'reseaux_porteurs': ['coorace', 'aci']}";

static Directory__Organisation *with(struct reading *reading, const char *key, const char *value)
{
        return organisation_with(reading, &structures_data_inclusion, row, key, value);
}

static void a_row_is_read_whole(void **state)
{
        struct reading *reading = *state;
        const Directory__Organisation *organisation = with(reading, "reseaux_porteurs", "['aci']");

        assert_int_equal(reading->found.warnings.count + reading->found.reasons.count, 0);
        assert_int_equal(organisation->kind, DIRECTORY__ORGANISATION_KIND__ACI);
        assert_string_equal(organisation->siret, "39281098200018");
        assert_string_equal(organisation->name, "Les Jardins du Lac");
        assert_string_equal(organisation->address, "3 rue du Lac, Bâtiment B");
        assert_string_equal(organisation->commune, "31555");
        assert_string_equal(organisation->territory, "31");
        assert_string_equal(organisation->email, "lac@example.org");
        assert_string_equal(organisation->phone, "+33561000000");
        assert_string_equal(organisation->website, "https://lac.example");
        assert_string_equal(organisation->source_id, "dora--1");
        assert_int_equal(organisation->coordinates->longitude, 1450000);
        assert_int_equal(organisation->updated_on->days, 20133);
        assert_int_equal(organisation->n_networks, 1);
}

static void networks_tell_the_kind(void **state)
{
        static const struct {
                const char *networks;
                Directory__OrganisationKind kind;
                size_t warnings;
        } cases[] = {
                {"['mission-locale']", DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE, 0},
                {"['france-travail']", DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL, 0},
                {"['cap-emploi-reseau-cheops', 'emmaus']", DIRECTORY__ORGANISATION_KIND__CAP_EMPLOI, 0},
                {"['ecoles-de-la-deuxieme-chance']", DIRECTORY__ORGANISATION_KIND__E2C, 0},
                {"['departements', 'ccas-cias']", DIRECTORY__ORGANISATION_KIND__CCAS, 1},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                assert_int_equal(with(reading, "reseaux_porteurs", cases[i].networks)->kind, cases[i].kind);
                assert_int_equal(reading->found.warnings.count, cases[i].warnings);
        }
        (void)with(reading, "reseaux_porteurs", "'aci'");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_NOT_LIST, "reseaux_porteurs"));
}

static void without_a_kind_there_is_no_key(void **state)
{
        static const char *const networks[] = {"['emmaus']", "[]", "null"};
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(networks); i++) {
                (void)with(reading, "reseaux_porteurs", networks[i]);
                assert_int_equal(reading_count(&reading->found.reasons, NOTE_KIND), 1);
        }
}

static void some_sources_hold_one_kind_only(void **state)
{
        static const char agency[] = "{'source': 'france-travail', 'id': 'france-travail--OCC0163', 'nom': 'Agence',"
                                     " 'code_insee': '31555', 'reseaux_porteurs': []}";
        struct reading *reading = *state;

        assert_int_equal(organisation_with(reading, &structures_data_inclusion, agency, "x", NULL)->kind,
                         DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL);
        assert_int_equal(reading->found.reasons.count, 0);
        assert_int_equal(
                organisation_with(reading, &structures_data_inclusion, agency, "id", "'mission-locale--1'")->kind,
                DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE);
}

static void the_trade_wins_over_the_federation(void **state)
{
        struct reading *reading = *state;

        assert_int_equal(with(reading, "x", NULL)->kind, DIRECTORY__ORGANISATION_KIND__ACI);
        assert_int_equal(reading->found.warnings.count, 0);
        assert_int_equal(with(reading, "reseaux_porteurs", "['unea']")->kind,
                         DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK);
        (void)with(reading, "reseaux_porteurs", "['ei', 'aci']");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_SEVERAL_KINDS, "reseaux_porteurs"));
}

static void doubts_are_warned_of(void **state)
{
        struct reading *reading = *state;
        const Directory__Organisation *organisation = with(reading, "siret", "'7793112240000'");

        assert_string_equal(organisation->siret, "");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_SIRET_FORM, "siret"));
        assert_null(with(reading, "longitude", "'est'")->coordinates);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_COORDINATES, "longitude"));
        assert_string_equal(with(reading, "code_insee", "null")->territory, "31"); /* by the postcode */
        assert_string_equal(with(reading, "code_insee", "'XXXXX'")->territory, "31");
        (void)with(reading, "date_maj", "'hier'");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_DATE, "date_maj"));
        (void)with(reading, "id", "''");
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "id"));
}

static void the_fixture_of_les_emplois_is_read_too(void **state)
{
        struct reading *reading = *state;
        const Directory__Organisation *organisation = organisation_with(
                reading, &structures_insertion_fixture,
                "{'model': 'insertion.structure', 'pk': 1, 'fields': {'uid': 'dora--2', 'name': 'Lac ', 'siret': '',"
                " 'address_line_1': '3 rue', 'address_line_2': '', 'post_code': '20200', 'city': 'Bastia',"
                " 'coordinates': 'SRID=4326;POINT (9.45 42.7)', 'updated_on': '2025-12-18',"
                " 'reseaux_porteurs': ['plie']}}",
                "x", NULL);

        assert_int_equal(reading->found.warnings.count + reading->found.reasons.count, 0);
        assert_string_equal(organisation->name, "Lac");
        assert_string_equal(organisation->source_id, "dora--2");
        assert_string_equal(organisation->territory, "2B");
        assert_int_equal(organisation->kind, DIRECTORY__ORGANISATION_KIND__PLIE);
        assert_int_equal(organisation->coordinates->longitude, 9450000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(a_row_is_read_whole),
                READING_TEST(networks_tell_the_kind),
                READING_TEST(without_a_kind_there_is_no_key),
                READING_TEST(some_sources_hold_one_kind_only),
                READING_TEST(the_trade_wins_over_the_federation),
                READING_TEST(doubts_are_warned_of),
                READING_TEST(the_fixture_of_les_emplois_is_read_too),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
