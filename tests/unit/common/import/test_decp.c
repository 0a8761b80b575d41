#include "common/import/decp.h"

#include <errno.h>

#include "common/codec/contract_key.h"
#include "tests/unit/common/import/reading.h"

#define BUYER            "'objet': 'x', 'acheteur': {'id': '21310555400017'}, 'dateNotification': '2024-05-06'"
#define CONTRACT(number) "{'id': '" number "', " BUYER "}"

enum { KEYS_MAX = 5000 };

struct totals {
        size_t kept;
        size_t rejected;
        size_t concessions;
        size_t social[16]; /* by set: 1 clause, 2 criterion, 4 reserved, 8 none */
        size_t lost_characters;
        size_t without_day;
        size_t rejected_without_object;
        size_t rejected_as_flattened;
        struct id *keys; /* of the contracts kept, where the caller gives room for KEYS_MAX */
        int end;         /* what decp_next() gave last */
        struct err_info info;
};

static void count(struct totals *totals, const struct decp_item *item)
{
        size_t set = 0;

        totals->kept += item->record != NULL;
        totals->rejected += item->record == NULL;
        assert_true((item->record == NULL) == (item->found.reasons.count > 0));
        totals->lost_characters += reading_count(&item->found.warnings, NOTE_LOST_CHARACTERS);
        totals->rejected_without_object += reading_find(&item->found.reasons, NOTE_MISSING, "objet") != NULL;
        totals->rejected_as_flattened += reading_count(&item->found.reasons, NOTE_FLATTENED);
        if (item->record == NULL)
                return;
        if (totals->keys != NULL && totals->kept <= KEYS_MAX)
                totals->keys[totals->kept - 1] = contract_key(item->record, item->found.arena);
        for (size_t i = 0; i < item->record->n_social; i++)
                set |= (size_t)1 << (item->record->social[i] - 1);
        totals->social[set]++;
        totals->concessions += item->record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
        totals->without_day += item->record->notified_on == NULL;
}

static void read_all(struct decp *reader, struct totals *totals)
{
        struct arena arena = {0};
        struct decp_item item;

        while ((totals->end = decp_next(reader, &arena, &item, &totals->info)) == 1) {
                count(totals, &item);
                arena_reset(&arena);
        }
        assert_int_equal(decp_next(reader, &arena, &item, NULL), 0); /* the end stays the end */
        arena_fini(&arena);
        decp_close(reader);
}

static struct totals totals_of(struct reading *reading, const char *text)
{
        struct decp *reader;
        struct totals totals = {0};

        assert_int_equal(decp_open_memory(slice_of_text(reading_quoted(reading, text)), &reader, NULL), 0);
        read_all(reader, &totals);
        return totals;
}

static void both_roots_are_read(void **state)
{
        struct reading *reading = *state;
        struct totals totals = totals_of(
                reading, "{'marches': {'marche': [" CONTRACT("1") ", " CONTRACT(
                                 "2") "],"
                                      " 'autre': [3], 'contrat-concession': [{'id': '3', 'objet': 'x', 'dateSignature':"
                                      " '2024-01-01', 'autoriteConcedante': {'id': '21310555400017'}}]}, 'x': 1}");

        assert_int_equal(totals.kept, 3);
        assert_int_equal(totals.concessions, 1);
        assert_int_equal(totals.end, 0);
        totals = totals_of(
                reading,
                "{'$schema': 'x', 'marches': [{'id': '1', 'objet': 'x', 'acheteur': {'id': '21310555400017'}}]}");
        assert_int_equal(totals.kept, 1);
        assert_int_equal(totals.end, 0);
        totals = totals_of(reading, "{'marches': {}}");
        assert_int_equal(totals.kept + totals.rejected, 0);
        assert_int_equal(totals.end, 0);
        totals = totals_of(reading, "{'marches': {'marche': " CONTRACT("1") ", 'contrat-concession': null}}");
        assert_int_equal(totals.kept, 1);
        assert_int_equal(totals.end, 0);
}

static void a_month_without_contracts_is_no_fault(void **state)
{
        static const char *const nothing[] = {
                "",
                " \n",
                "[]",
                "{}",
                "{'marches': null}",
                "{'marches': [], 'version': 1}",
                "{'marches': {'marche': null, 'contrat-concession': []}}",
                "<marches/>",
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(nothing); i++) {
                struct totals totals = totals_of(reading, nothing[i]);
                assert_int_equal(totals.kept + totals.rejected, 0);
                assert_int_equal(totals.end, 0);
        }
}

static void an_element_has_the_number_of_its_contract(void **state)
{
        static const char *const files[] = {
                "{'marches': {'marche': [{'id': 'T-1', 'objet': 'x'}]}}",
                "{'marches': [{'id': 'T-1'}]}",
                "<marches><marche><id>T-1</id></marche></marches>",
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                struct decp *reader;
                struct decp_item item;
                const char *text = reading_quoted(reading, files[i]);
                assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
                assert_null(item.record); /* also of what is rejected */
                assert_string_equal(item.number, "T-1");
                decp_close(reader);
        }
}

static void the_format_is_known_from_the_root(void **state)
{
        struct decp *reader;

        (void)state;
        assert_int_equal(decp_open_memory(slice_of_text("{\"marches\": []}"), &reader, NULL), 0);
        assert_int_equal(decp_format(reader), CONTRACTS__RECORD_FORMAT__DECP_2019);
        decp_close(reader);
        assert_int_equal(decp_open_memory(slice_of_text("{\"marches\": {}}"), &reader, NULL), 0);
        assert_int_equal(decp_format(reader), CONTRACTS__RECORD_FORMAT__DECP_2022);
        decp_close(reader);
        decp_close(NULL);
}

static void what_is_no_decp_is_refused_with_what_it_is(void **state)
{
        static const struct {
                const char *text;
                const char *why;
        } cases[] = {
                {"{'resources': [], 'title': 'x'}", "catalogue"},
                {"{'total_count': 4, 'results': []}", "data.economie"},
                {"{'items': [], 'total': 0}", "structures"},
                {"{'marche': []}", "pas dans un objet"},
                {"{'id': '1'}\n{'id': '2'}\n", "un par ligne"},
                {"{'id': '1'}", "pas de clé « marches » (première clé : « id »)"},
                {"[{'id': '1'}]", "liste JSON"},
                {"{'marches': 'x'}", "ni une liste ni un objet"},
                {"{'a': [1, 2", "JSON mal formé à l'octet"},
                {"id;acheteur.id;objet", "CSV"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct decp *reader = NULL;
                struct err_info info;
                struct slice text = slice_of_text(reading_quoted(reading, cases[i].text));
                assert_int_equal(decp_open_memory(text, &reader, &info), ERR_MALFORMED);
                assert_non_null(strstr(info.text, cases[i].why));
                assert_null(reader);
        }
        struct decp *reader;
        assert_int_equal(decp_open("/nowhere/at/all.json", &reader, NULL), -ENOENT);
}

/* Whatever is wrong with one element, those around it are read. */
static void a_bad_element_costs_only_itself(void **state)
{
        static const struct {
                const char *element;
                enum note_code code;
                const char *field;
        } cases[] = {
                {"{'id': 'x', " BUYER ", 'montant': NaN, 'objet': '{['}", NOTE_BARE_WORD, "montant"},
                {"{'id': 'x', " BUYER " 'montant': 1}", NOTE_NOT_JSON, ""},
                {"{'id': 'x', " BUYER ", 'titulaires': [{'id': '1'}}", NOTE_NOT_JSON, ""},
                {"{'id': 'x', " BUYER ", 'objet': 'sans fin\n, 'montant': 1}", NOTE_NOT_JSON, ""},
                {"{'id': 'x', " BUYER ", 'objet': '\xe9t\xe9'}", NOTE_NOT_UTF8, ""},
                {"'texte'", NOTE_NOT_OBJECT, ""},
                {"NaN", NOTE_BARE_WORD, ""},
                {"null", NOTE_NOT_OBJECT, ""},
                {"{'id': 'x', 'montant': '?a'}", NOTE_MISSING, "acheteur.id"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct decp *reader;
                struct decp_item item;
                const char *text = reading_quoted(
                        reading, arena_printf(&reading->arena, "{'marches': {'marche': [%s,\n%s,\n%s, %s]}}",
                                              CONTRACT("1"), cases[i].element, CONTRACT("2"), CONTRACT("3")));
                assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
                assert_non_null(item.record);
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
                assert_null(item.record);
                assert_non_null(reading_find(&item.found.reasons, cases[i].code, cases[i].field));
                assert_int_equal(item.index, 1);
                assert_string_equal(item.list, "marche");
                assert_memory_equal(text + item.offset, reading_quoted(reading, cases[i].element), 3);
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
                assert_string_equal(item.record->number, "2");
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
                assert_string_equal(item.record->number, "3");
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 0);
                decp_close(reader);
        }
}

static void a_truncated_file_gives_what_comes_before_the_cut(void **state)
{
        static const char whole[] =
                "{'marches': {'marche': [" CONTRACT("1") ", " CONTRACT("2") ", " CONTRACT("3") "]}}";
        struct reading *reading = *state;

        for (size_t size = sizeof(whole) - 2; size > strlen("{'marches': {'marche': ["); size--) {
                struct totals totals = totals_of(reading, arena_printf(&reading->arena, "%.*s", (int)size, whole));
                assert_int_equal(totals.end, ERR_MALFORMED);
                assert_int_equal(totals.rejected, 0);
                assert_non_null(strstr(totals.info.text, "tronqué"));
                assert_true(totals.kept == 3 || size < sizeof(whole) - 3);
                assert_true(totals.kept >= 1 || size < strlen("{'marches': {'marche': [" CONTRACT("1")));
        }
        struct totals totals = totals_of(reading, "{'marches': {'marche': [" CONTRACT("1") ", {'id': '2', 'acheteur");
        assert_int_equal(totals.kept, 1);
        assert_non_null(strstr(totals.info.text, "après 1 éléments complets"));
}

static void text_after_the_end_is_told(void **state)
{
        struct totals totals = totals_of(*state, "{'marches': {'marche': [" CONTRACT("1") "]}} {'marches': []}");

        assert_int_equal(totals.kept, 1);
        assert_int_equal(totals.end, ERR_MALFORMED);
        assert_non_null(strstr(totals.info.text, "suit la fin"));
        totals = totals_of(*state, "{'marches': {'marche': [" CONTRACT("1") "], 12: 3}}");
        assert_int_equal(totals.kept, 1);
        assert_int_equal(totals.end, ERR_MALFORMED);
        assert_non_null(strstr(totals.info.text, "hors des contrats"));
}

static void progress_goes_from_start_to_end(void **state)
{
        struct reading *reading = *state;
        const char *text = reading_quoted(reading, "{'marches': [" CONTRACT("1") ", " CONTRACT("2") "]}");
        struct decp *reader;
        struct decp_item item;
        uint64_t done, total, before = 0;

        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        while (decp_next(reader, &reading->arena, &item, NULL) == 1) {
                decp_progress(reader, &done, &total);
                assert_true(done > before);
                before = done;
        }
        decp_progress(reader, &done, &total);
        assert_int_equal(done, strlen(text));
        assert_int_equal(total, strlen(text));
        decp_close(reader);
}

/* ---- the real files, where they are */

#define DEMATIS READING_DATA "decp/real_2022/dematis_2024-07/"

static int compare_keys(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct id));
}

static size_t distinct(struct id *keys, size_t count)
{
        size_t distinct = 0;

        assert_true(count <= KEYS_MAX);
        qsort(keys, count, sizeof(*keys), compare_keys);
        for (size_t i = 0; i < count; i++)
                distinct += i == 0 || !id_equal(keys[i], keys[i - 1]);
        return distinct;
}

/* `keys`: room for KEYS_MAX, or NULL. */
static struct totals totals_of_file(const char *path, struct id *keys)
{
        struct decp *reader;
        struct totals totals = {.keys = keys};

        assert_int_equal(decp_open(path, &reader, NULL), 0);
        read_all(reader, &totals);
        assert_int_equal(totals.end, 0);
        return totals;
}

/* Counted apart from this reader: data/README.md and a script over the same files. */
static void the_seven_dematis_files_are_all_kept(void **state)
{
        static const struct {
                const char *path;
                size_t contracts;
        } files[] = {
                {DEMATIS "demantis.json", 141},  {DEMATIS "dematis13.json", 137}, {DEMATIS "dematis16.json", 143},
                {DEMATIS "dematis17.json", 159}, {DEMATIS "dematis18.json", 74},  {DEMATIS "dematis19.json", 87},
                {DEMATIS "dematis20.json", 45},
        };
        struct reading *reading = *state;
        struct id *keys = arena_alloc(&reading->arena, 2 * KEYS_MAX * sizeof(*keys));
        struct totals all = {0};

        reading_need(files[0].path);
        for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
                struct totals totals = totals_of_file(files[i].path, keys + all.kept);
                assert_int_equal(totals.kept, files[i].contracts);
                assert_int_equal(totals.rejected, 0);
                all.kept += totals.kept;
                all.concessions += totals.concessions;
                for (size_t set = 0; set < 16; set++)
                        all.social[set] += totals.social[set];
        }
        assert_int_equal(all.kept, 786); /* 785 markets and a concession */
        assert_int_equal(all.concessions, 1);
        assert_int_equal(all.social[8], 712); /* the concession among them */
        assert_int_equal(all.social[1], 34);
        assert_int_equal(all.social[2], 21);
        assert_int_equal(all.social[1 | 2], 11);
        assert_int_equal(all.social[4], 7);
        assert_int_equal(all.social[2 | 4], 1);
        assert_int_equal(all.social[0], 0);
        assert_int_equal(distinct(keys, all.kept), 781); /* five are published again with more modifications */
}

static void a_clean_file_of_2019_is_all_kept(void **state)
{
        struct reading *reading = *state;
        struct id *keys = arena_alloc(&reading->arena, KEYS_MAX * sizeof(*keys));

        reading_need(READING_DATA "decp/real_2019/e-marchespublics.json");
        struct totals totals = totals_of_file(READING_DATA "decp/real_2019/e-marchespublics.json", keys);
        assert_int_equal(totals.kept, 470);
        assert_int_equal(totals.rejected, 0);
        assert_int_equal(totals.social[0], 470);
        assert_int_equal(distinct(keys, totals.kept), 468);
}

static size_t unpack(const char *path, char *text, size_t room)
{
        char command[512];

        (void)snprintf(command, sizeof(command), "xz -dc '%s'", path);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        size_t size = fread(text, 1, room, pipe);
        assert_int_equal(pclose(pipe), 0);
        return size;
}

static void the_state_file_of_2019_is_kept_but_for_26(void **state)
{
        enum { ROOM = 8 * 1024 * 1024 };
        struct reading *reading = *state;
        const char *path = READING_DATA "decp/real_2019/data.gouv.fr_aife.json.xz";
        struct decp *reader;
        struct id *keys = arena_alloc(&reading->arena, KEYS_MAX * sizeof(*keys));
        struct totals totals = {.keys = keys};

        reading_need(path);
        char *text = arena_alloc(&reading->arena, ROOM);
        size_t size = unpack(path, text, ROOM);
        assert_int_equal(decp_open_memory(slice_of(text, size), &reader, NULL), 0);
        read_all(reader, &totals);
        assert_int_equal(totals.end, 0);
        assert_int_equal(totals.kept, 4530 - 26); /* they have no object: its concessions, and four more */
        assert_int_equal(totals.rejected, 26);
        assert_int_equal(totals.rejected_without_object, 26);
        assert_int_equal(totals.concessions, 0);
        assert_int_equal(totals.lost_characters, 3563);
        assert_int_equal(totals.without_day, 2511 - 1);      /* the market without a buyer has no day either */
        assert_int_equal(distinct(keys, totals.kept), 4284); /* the file repeats itself, often to the letter */
}

/* What a tool made of the files of 2019: none of it is a contract any more, and each says so. */
static void flattened_files_of_2019_are_rejected_as_such(void **state)
{
        static const struct {
                const char *path;
                size_t elements;
        } files[] = {
                {READING_DATA "decp/real_2019/eclaireur_reduced_decp_2019.json", 15},
                {READING_DATA "decp/real_2019/eclaireur_reduced_decp_2019_v1.json", 100},
        };

        (void)state;
        reading_need(files[0].path);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                struct totals totals = totals_of_file(files[i].path, NULL);
                assert_int_equal(totals.rejected, files[i].elements);
                assert_int_equal(totals.rejected_as_flattened, files[i].elements);
                assert_int_equal(totals.kept, 0);
        }
}

static void odd_files_are_told_what_they_are(void **state)
{
        static const struct {
                const char *path;
                const char *why;
        } refused[] = {
                {READING_DATA "decp/edge_cases/boutalex_doublons_demantis.json", "un par ligne"},
                {READING_DATA "decp/edge_cases/boutalex_test-jsn.json", "catalogue"},
                {READING_DATA "decp/real_2022/tabular/data_economie_decp-2022-marches-valides_4.json", "data.economie"},
                {READING_DATA "decp/real_2019/bretagne_marches_2017.csv", "CSV"},
                {READING_DATA "decp/real_2019/data.gouv.fr_aife.json.xz", "xz"},
        };
        struct decp *reader;
        struct err_info info;

        (void)state;
        reading_need(refused[0].path);
        for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
                assert_int_equal(decp_open(refused[i].path, &reader, &info), ERR_MALFORMED);
                assert_non_null(strstr(info.text, refused[i].why));
        }
        struct totals totals = totals_of_file(READING_DATA "decp/edge_cases/eclaireur_raw_2022_altered.json", NULL);
        assert_int_equal(totals.kept, 20);
        totals = totals_of_file(READING_DATA "decp/edge_cases/pipeline_rejects/mauvais_marches_sample_json.json", NULL);
        assert_int_equal(totals.kept, 5); /* a modification numbered 0 does not make a contract unusable */
        totals = totals_of_file(READING_DATA "decp/edge_cases/boutalex_test_fix.json", NULL);
        assert_int_equal(totals.rejected, 2);
        totals = totals_of_file(READING_DATA "decp/examples_official_2022/marches_concessions.json", NULL);
        assert_int_equal(totals.kept, 4);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(both_roots_are_read),
                READING_TEST(a_month_without_contracts_is_no_fault),
                READING_TEST(an_element_has_the_number_of_its_contract),
                READING_TEST(the_format_is_known_from_the_root),
                READING_TEST(what_is_no_decp_is_refused_with_what_it_is),
                READING_TEST(a_bad_element_costs_only_itself),
                READING_TEST(a_truncated_file_gives_what_comes_before_the_cut),
                READING_TEST(text_after_the_end_is_told),
                READING_TEST(progress_goes_from_start_to_end),
                READING_TEST(the_seven_dematis_files_are_all_kept),
                READING_TEST(a_clean_file_of_2019_is_all_kept),
                READING_TEST(the_state_file_of_2019_is_kept_but_for_26),
                READING_TEST(flattened_files_of_2019_are_rejected_as_such),
                READING_TEST(odd_files_are_told_what_they_are),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
