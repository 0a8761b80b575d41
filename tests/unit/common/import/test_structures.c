#include "common/import/structures.h"

#include "tests/unit/common/import/reading.h"

#define MILO(number) "{'id': '" number "', 'nom_officiel': 'ML', 'nom_usuel': 'Mission', 'code_departement': '31'}"

struct totals {
        size_t kept;
        size_t rejected;
        size_t kinds[64];
        size_t warnings[NOTE_CODES];
        size_t sirets;
        int end;
        struct err_info info;
};

static void count(struct totals *totals, const struct structures_item *item)
{
        const Directory__Organisation *organisation = item->organisation;

        totals->kept += organisation != NULL;
        totals->rejected += organisation == NULL;
        assert_true((organisation == NULL) == (item->found.reasons.count > 0));
        if (organisation == NULL)
                return;
        totals->kinds[organisation->kind]++;
        totals->sirets += organisation->siret[0] != '\0';
        assert_int_equal(organisation->n_warnings, item->found.warnings.count);
        for (size_t i = 0; i < item->found.warnings.count; i++)
                totals->warnings[item->found.warnings.at[i].code]++;
}

static struct totals read_all(struct structures *reader)
{
        struct totals totals = {0};
        struct arena arena = {0};
        struct structures_item item;

        while ((totals.end = structures_next(reader, &arena, &item, &totals.info)) == 1) {
                count(&totals, &item);
                arena_reset(&arena);
        }
        assert_int_equal(structures_next(reader, &arena, &item, NULL), 0);
        arena_fini(&arena);
        structures_close(reader);
        return totals;
}

static void formats_are_told_by_their_rows(void **state)
{
        static const struct {
                const char *text;
                const char *format;
        } cases[] = {
                {"[{'siret': '1', 'kind': 'EI', 'department': '31', 'naf': ''}]", "lemarche"},
                {"[{'uid': '1', 'kind': 'FT', 'department': '31', 'authorization_status': '', 'siret': null}]", "itou"},
                {"[" MILO("1") "]", "milo"},
                {"[{'source': 'x', 'id': '1', 'nom': 'x', 'date_maj': '2024-01-01'}]", "data.inclusion"},
                {"{'items': [{'source': 'x', 'id': '1', 'nom': 'x', 'date_maj': null}], 'total': 1}", "data.inclusion"},
                {"[{'model': 'insertion.structure', 'pk': 1, 'fields': {}}]", "data.inclusion"},
                {"[NaN, 3, " MILO("1") "]", "milo"},
                {"[]", ""},
                {"{'total': 0, 'items': []}", ""},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct structures *reader;
                struct slice text = slice_of_text(reading_quoted(reading, cases[i].text));
                assert_int_equal(structures_open_memory(text, &reader, NULL), 0);
                assert_string_equal(structures_format(reader), cases[i].format);
                assert_int_equal(read_all(reader).end, 0);
        }
        structures_close(NULL);
}

static void other_files_are_refused(void **state)
{
        static const struct {
                const char *text;
                const char *why;
        } cases[] = {
                {"[{'id': '1'}]", "aucun format connu"},
                {"[{'source': 'x', 'id': '1', 'nom': 'x', 'date_maj': '', 'structure_id': 's'}]", "aucun format connu"},
                {"['x']", "aucun format connu"},
                {"{'marches': []}", "contrats"},
                {"{'a': 1}", "ni liste ni page"},
                {"siret;nom", "CSV"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct structures *reader = NULL;
                struct err_info info;
                struct slice text = slice_of_text(reading_quoted(reading, cases[i].text));
                assert_int_equal(structures_open_memory(text, &reader, &info), ERR_MALFORMED);
                assert_non_null(strstr(info.text, cases[i].why));
                assert_null(reader);
        }
}

static void rows_are_kept_or_rejected_one_by_one(void **state)
{
        struct reading *reading = *state;
        struct structures *reader;
        struct structures_item item;
        const char *text =
                reading_quoted(reading, "[" MILO("1") ", {'id': '2', 'nom_officiel': ' '}, {'id': NaN}, 4, {'id': '5',"
                                                      " 'nom_officiel': 'ML', 'code_departement': '99'}]");

        assert_int_equal(structures_open_memory(slice_of_text(text), &reader, NULL), 0);
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
        assert_string_equal(item.organisation->source, "milo");
        assert_int_equal(item.organisation->n_warnings, 0);
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
        assert_null(item.organisation);
        assert_non_null(reading_find(&item.found.reasons, NOTE_MISSING, "nom_officiel"));
        assert_int_equal(item.index, 1);
        assert_memory_equal(text + item.offset, "{\"id\": \"2\"", 10);
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
        assert_non_null(reading_find(&item.found.reasons, NOTE_BARE_WORD, "id"));
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
        assert_non_null(reading_find(&item.found.reasons, NOTE_NOT_OBJECT, ""));
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
        assert_int_equal(item.organisation->n_warnings, 2);
        assert_string_equal(item.organisation->warnings[0],
                            "code_departement « 99 » : ce n'est pas un code de département");
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 0);
        uint64_t done, total;
        structures_progress(reader, &done, &total);
        assert_int_equal(done, total);
        structures_close(reader);
}

static void a_truncated_file_gives_what_comes_before_the_cut(void **state)
{
        static const struct {
                const char *text;
                const char *why;
        } cases[] = {
                {"[" MILO("1") ", " MILO("2") ", {'id': '3', 'nom", "tronqué"},
                {"[" MILO("1") ", " MILO("2"), "tronqué"},
                {"{'items': [" MILO("1") ", " MILO("2") "], 'total'", "après la liste"},
                {"[" MILO("1") ", " MILO("2") "] x", "après la liste"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct structures *reader;
                struct slice text = slice_of_text(reading_quoted(reading, cases[i].text));
                assert_int_equal(structures_open_memory(text, &reader, NULL), 0);
                struct totals totals = read_all(reader);
                assert_int_equal(totals.kept, 2);
                assert_int_equal(totals.end, ERR_MALFORMED);
                assert_non_null(strstr(totals.info.text, cases[i].why));
        }
}

/* ---- the real files, where they are */

static struct totals totals_of_file(const char *path)
{
        struct structures *reader;

        reading_need(path);
        assert_int_equal(structures_open(path, &reader, NULL), 0);
        struct totals totals = read_all(reader);
        assert_int_equal(totals.end, 0);
        return totals;
}

static void all_inclusive_structures_are_kept(void **state)
{
        (void)state;
        struct totals totals = totals_of_file(READING_DATA "structures/siae_lemarche_3853.json");
        assert_int_equal(totals.kept, 3853);
        assert_int_equal(totals.rejected, 0);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__ACI], 1815);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__EI], 944);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__AI], 620);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__ETTI], 299);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__GEIQ], 172);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__EA], 3);
        assert_int_equal(totals.warnings[NOTE_SIRET_CHECKSUM], 13);
        assert_int_equal(totals.sirets, 3853);
}

static void all_prescribers_are_kept(void **state)
{
        (void)state;
        struct totals totals = totals_of_file(READING_DATA "structures/prescripteurs_itou_1003.json");
        assert_int_equal(totals.kept, 1003);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL], 959);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE], 31);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER], 2);
        assert_int_equal(totals.warnings[NOTE_SIRET_DROPPED], 43); /* of 45: two pass both checks by chance */
        assert_int_equal(totals.sirets, 2);
        assert_int_equal(totals.warnings[NOTE_REFUSED_AUTHORISATION], 1);
}

static void all_missions_locales_are_kept(void **state)
{
        (void)state;
        struct totals totals = totals_of_file(READING_DATA "structures/missions_locales_referentiel_milo_450.json");
        assert_int_equal(totals.kept, 450);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE], 450);
        assert_int_equal(totals.warnings[NOTE_NAME_FROM_OFFICIAL], 3);
        assert_int_equal(totals.warnings[NOTE_MISSING], 1); /* ML_SUE has no department */
}

static void the_samples_of_data_inclusion_are_read(void **state)
{
        (void)state;
        struct totals totals = totals_of_file(READING_DATA "data-inclusion/samples/structures_v1_mock.json");
        assert_int_equal(totals.kept, 1);
        assert_int_equal(totals.rejected, 5); /* no network that would tell the kind; one has no name either */
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE], 1);
        totals = totals_of_file(READING_DATA "data-inclusion/samples/itou_insertion_structure.json");
        assert_int_equal(totals.kept, 2);
        assert_int_equal(totals.rejected, 8);
        assert_int_equal(totals.kinds[DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL], 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(formats_are_told_by_their_rows),
                READING_TEST(other_files_are_refused),
                READING_TEST(rows_are_kept_or_rejected_one_by_one),
                READING_TEST(a_truncated_file_gives_what_comes_before_the_cut),
                cmocka_unit_test(all_inclusive_structures_are_kept),
                cmocka_unit_test(all_prescribers_are_kept),
                cmocka_unit_test(all_missions_locales_are_kept),
                cmocka_unit_test(the_samples_of_data_inclusion_are_read),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
