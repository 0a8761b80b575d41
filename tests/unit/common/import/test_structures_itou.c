#include "tests/unit/common/import/organisation_text.h"

static const char row[] =
        "{'uid': 'u-1', 'kind': 'FT', 'siret': null, 'name': 'France Travail - LAC', 'department': '2A',"
        " 'address_line_1': '3 rue du Lac', 'address_line_2': 'BP 3', 'post_code': '20000',"
        " 'city': 'AJACCIO', 'coords': null, 'website': '', 'authorization_status': 'VALIDATED'}";

static Directory__Organisation *with(struct reading *reading, const char *key, const char *value)
{
        return organisation_with(reading, &structures_itou, row, key, value);
}

static void a_row_is_read_whole(void **state)
{
        struct reading *reading = *state;
        const Directory__Organisation *organisation = with(reading, "x", NULL);

        assert_int_equal(reading->found.warnings.count + reading->found.reasons.count, 0);
        assert_int_equal(organisation->kind, DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL);
        assert_string_equal(organisation->siret, "");
        assert_string_equal(organisation->name, "France Travail - LAC");
        assert_string_equal(organisation->address, "3 rue du Lac, BP 3");
        assert_string_equal(organisation->territory, "2A");
        assert_string_equal(organisation->source_id, "u-1");
        assert_null(organisation->coordinates);
        assert_string_equal(with(reading, "address_line_2", "''")->address, "3 rue du Lac");
        assert_string_equal(with(reading, "address_line_1", "''")->address, "BP 3");
}

static void kinds_that_have_no_name_of_ours_are_other_prescribers(void **state)
{
        struct reading *reading = *state;

        assert_int_equal(with(reading, "kind", "'CAP_EMPLOI'")->kind, DIRECTORY__ORGANISATION_KIND__CAP_EMPLOI);
        assert_int_equal(with(reading, "kind", "'ML'")->kind, DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE);
        assert_int_equal(with(reading, "kind", "'Autre'")->kind, DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER);
        assert_int_equal(reading->found.warnings.count, 0);
        assert_int_equal(with(reading, "kind", "'CHRS'")->kind, DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_KIND, "kind"));
}

static void invented_sirets_are_left_aside(void **state)
{
        struct reading *reading = *state;

        assert_string_equal(with(reading, "siret", "'12345678901234'")->siret, "");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_SIRET_DROPPED, "siret"));
        assert_string_equal(with(reading, "siret", "'39281098200018'")->siret, "39281098200018");
        assert_int_equal(reading->found.warnings.count, 0);
}

static void a_refused_authorisation_is_told(void **state)
{
        struct reading *reading = *state;

        (void)with(reading, "authorization_status", "'REFUSED'");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_REFUSED_AUTHORISATION, "authorization_status"));
        (void)with(reading, "uid", NULL);
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "uid"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(a_row_is_read_whole),
                READING_TEST(kinds_that_have_no_name_of_ours_are_other_prescribers),
                READING_TEST(invented_sirets_are_left_aside),
                READING_TEST(a_refused_authorisation_is_told),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
