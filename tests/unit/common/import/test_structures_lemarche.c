#include "tests/unit/common/import/organisation_text.h"

static const char row[] =
        "{'pk': 12, 'siret': '39281098200018', 'kind': 'ACI', 'name': 'JARDINS DU LAC', 'brand': '', 'naf': '8130z',"
        " 'address': '3 rue du Lac', 'post_code': '31500', 'city': 'Toulouse', 'department': '31', 'website': '',"
        " 'coords': 'SRID=4326;POINT (1.45 43.6)', 'updated_at': '2020-12-18T10:40:16.387Z',"
        " 'contact_email': '[retiré]', 'contact_website': 'http://example.org'}";

static Directory__Organisation *with(struct reading *reading, const char *key, const char *value)
{
        return organisation_with(reading, &structures_lemarche, row, key, value);
}

static void a_row_is_read_whole(void **state)
{
        struct reading *reading = *state;
        const Directory__Organisation *organisation = with(reading, "x", NULL);

        assert_int_equal(reading->found.warnings.count + reading->found.reasons.count, 0);
        assert_string_equal(organisation->siret, "39281098200018");
        assert_int_equal(organisation->kind, DIRECTORY__ORGANISATION_KIND__ACI);
        assert_string_equal(organisation->name, "JARDINS DU LAC");
        assert_string_equal(organisation->legal_name, "JARDINS DU LAC");
        assert_string_equal(organisation->address, "3 rue du Lac");
        assert_string_equal(organisation->postcode, "31500");
        assert_string_equal(organisation->city, "Toulouse");
        assert_string_equal(organisation->territory, "31");
        assert_string_equal(organisation->naf, "8130Z");
        assert_string_equal(organisation->website, "http://example.org");
        assert_string_equal(organisation->email, "");
        assert_string_equal(organisation->source_id, "12");
        assert_int_equal(organisation->coordinates->longitude, 1450000);
        assert_int_equal(organisation->coordinates->latitude, 43600000);
        assert_int_equal(organisation->updated_on->days, 18614);
}

static void the_brand_is_the_common_name(void **state)
{
        const Directory__Organisation *organisation = with(*state, "brand", "'Les Jardins'");
        assert_string_equal(organisation->name, "Les Jardins");
        assert_string_equal(organisation->legal_name, "JARDINS DU LAC");
        assert_string_equal(with(*state, "contact_email", "'a@example.org'")->email, "a@example.org");
        assert_string_equal(with(*state, "website", "'http://lac.example'")->website, "http://lac.example");
}

static void kinds_are_part_of_the_key(void **state)
{
        static const struct {
                const char *label;
                Directory__OrganisationKind kind;
        } kinds[] = {
                {"AI", DIRECTORY__ORGANISATION_KIND__AI},     {"EI", DIRECTORY__ORGANISATION_KIND__EI},
                {"ETTI", DIRECTORY__ORGANISATION_KIND__ETTI}, {"EITI", DIRECTORY__ORGANISATION_KIND__EITI},
                {"GEIQ", DIRECTORY__ORGANISATION_KIND__GEIQ}, {"EA", DIRECTORY__ORGANISATION_KIND__EA},
                {"EATT", DIRECTORY__ORGANISATION_KIND__EATT}, {"ESAT", DIRECTORY__ORGANISATION_KIND__ESAT},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                assert_int_equal(with(reading, "kind", arena_printf(&reading->arena, "'%s'", kinds[i].label))->kind,
                                 kinds[i].kind);
        (void)with(reading, "kind", "'SCOP'");
        assert_non_null(reading_find(&reading->found.reasons, NOTE_KIND, "kind"));
        (void)with(reading, "kind", NULL);
        assert_non_null(reading_find(&reading->found.reasons, NOTE_KIND, "kind"));
}

static void a_siret_that_fails_its_check_is_kept(void **state)
{
        struct reading *reading = *state;

        assert_string_equal(with(reading, "siret", "'12345678901234'")->siret, "12345678901234");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_SIRET_CHECKSUM, "siret"));
        (void)with(reading, "pk", NULL);
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "pk"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(a_row_is_read_whole),
                READING_TEST(the_brand_is_the_common_name),
                READING_TEST(kinds_are_part_of_the_key),
                READING_TEST(a_siret_that_fails_its_check_is_kept),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
