#include "tests/unit/common/import/organisation_text.h"

static const char row[] =
        "{'id': '31555S00', 'nom_officiel': '31-ML TOULOUSE', 'nom_usuel': 'Mission locale de Toulouse',"
        " 'code_departement': '31', 'code_region': '76'}";

static Directory__Organisation *with(struct reading *reading, const char *key, const char *value)
{
        return organisation_with(reading, &structures_milo, row, key, value);
}

static void a_row_is_read_whole(void **state)
{
        struct reading *reading = *state;
        const Directory__Organisation *organisation = with(reading, "x", NULL);

        assert_int_equal(reading->found.warnings.count + reading->found.reasons.count, 0);
        assert_int_equal(organisation->kind, DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE);
        assert_string_equal(organisation->name, "Mission locale de Toulouse");
        assert_string_equal(organisation->legal_name, "31-ML TOULOUSE");
        assert_string_equal(organisation->territory, "31");
        assert_string_equal(organisation->source_id, "31555S00");
        assert_string_equal(organisation->siret, "");
}

static void what_is_absent_is_told(void **state)
{
        struct reading *reading = *state;

        assert_string_equal(with(reading, "nom_usuel", "null")->name, "31-ML TOULOUSE");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_NAME_FROM_OFFICIAL, "nom_usuel"));
        assert_string_equal(with(reading, "code_departement", "null")->territory, "");
        assert_non_null(reading_find(&reading->found.warnings, NOTE_MISSING, "code_departement"));
        (void)with(reading, "id", NULL);
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "id"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(a_row_is_read_whole),
                READING_TEST(what_is_absent_is_told),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
