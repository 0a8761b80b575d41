/* What is written is read back unchanged: elements of the reader's own tests, and the real files where they are. */
#include "common/export/decp_write.h"

#include "common/codec/pb.h"
#include "common/import/decp.h"
#include "tests/unit/common/import/contract_text.h"

static Contracts__ContractRecord *again(struct reading *reading, const Contracts__ContractRecord *record)
{
        json_t *element = decp_element(record);
        char *text = json_dumps(element, JSON_COMPACT | JSON_REAL_PRECISION(15));
        size_t size;
        reading_again(reading);
        const char *kept = arena_text(&reading->arena, text);
        const struct json_tree *tree = json_tree_parse(slice_of_text(kept), &reading->arena, &size);
        Contracts__ContractRecord *back =
                decp_contract(&reading->found, tree, CONTRACTS__RECORD_FORMAT__DECP_2022, record->kind);
        free(text);
        json_decref(element);
        return back;
}

static void unchanged(struct reading *reading, const Contracts__ContractRecord *record)
{
        Contracts__ContractRecord *back = again(reading, record);
        assert_non_null(back);
        assert_true(slice_equal(pb_encode(record, &reading->arena), pb_encode(back, &reading->arena)));
}

static void a_market_comes_back(void **state)
{
        struct reading *reading = *state;
        unchanged(reading, market_with(reading, "uid", NULL));
        unchanged(reading, market_with(reading, "montant", "1234.56"));
        unchanged(reading, market_with(reading, "tauxAvance", "0.05"));
        unchanged(reading, market_with(reading, "origineUE", "1"));
        unchanged(reading, market_with(reading, "idAccordCadre", "'AC-1'"));
        unchanged(reading, market_with(reading, "considerationsSociales",
                                       "{'considerationSociale': ['Critère social', 'Marché réservé']}"));
        unchanged(reading, market_with(reading, "titulaires",
                                       "[{'titulaire': {'typeIdentifiant': 'TVA', 'id': 'BE0123456789'}}]"));
}

static void a_concession_comes_back(void **state)
{
        struct reading *reading = *state;
        Contracts__ContractRecord *record = contract_with(reading, concession_text, "uid", NULL);
        json_t *element = decp_element(record);
        const char *social = json_string_value(json_array_get(
                json_object_get(json_object_get(element, "considerationsSociales"), "considerationSociale"), 0));
        assert_string_equal(social, "Concession réservée");
        assert_null(json_object_get(element, "marcheInnovant"));
        json_decref(element);
        unchanged(reading, record);
        unchanged(reading, contract_with(reading, concession_text, "modifications",
                                         "[{'modification': {'id': 1, 'dateSignatureModification': '2024-08-01',"
                                         " 'datePublicationDonneesModification': '2024-08-02', 'valeurGlobale': 8}}]"));
}

static void lists_come_back(void **state)
{
        struct reading *reading = *state;
        unchanged(reading, market_with(reading, "modifications",
                                       "[{'modification': {'id': 1, 'dateNotificationModification': '2024-05-01',"
                                       " 'datePublicationDonneesModification': '2024-05-02', 'montant': 90000.5,"
                                       " 'dureeMois': 14, 'titulaires': [{'titulaire': {'typeIdentifiant': 'SIRET',"
                                       " 'id': '39281098200018'}}]}}]"));
        unchanged(reading, market_with(reading, "actesSousTraitance",
                                       "[{'acteSousTraitance': {'id': 1, 'sousTraitant': {'typeIdentifiant': 'SIRET',"
                                       " 'id': '39281098200018'}, 'dureeMois': 2, 'dateNotification': '2024-05-01',"
                                       " 'datePublicationDonnees': '2024-05-02', 'montant': 900,"
                                       " 'variationPrix': 'Ferme'}}]"));
        unchanged(reading, market_with(reading, "modificationsActesSousTraitance",
                                       "[{'modificationActeSousTraitance': {'id': 1, 'montant': 800,"
                                       " 'dateNotificationModificationSousTraitance': '2024-06-01',"
                                       " 'datePublicationDonnees': '2024-06-02'}}]"));
}

static void what_is_not_known_is_not_written(void **state)
{
        struct reading *reading = *state;
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, &reading->arena);
        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        json_t *element = decp_element(record);
        assert_null(json_object_get(element, "montant"));
        assert_null(json_object_get(element, "considerationsSociales"));
        assert_null(json_object_get(element, "modifications"));
        assert_null(json_object_get(element, "dateNotification"));
        json_decref(element);
}

/* ---- whole blocks */

static size_t written(struct decp_writer *writer, char *text, size_t room)
{
        assert_true(decp_write_end(writer));
        rewind(writer->out);
        size_t size = fread(text, 1, room - 1, writer->out);
        text[size] = '\0';
        (void)fclose(writer->out);
        return size;
}

static void both_lists_are_written(void **state)
{
        struct reading *reading = *state;
        static char text[65536];
        struct decp_writer writer = {.out = tmpfile()};
        struct decp *reader;
        struct decp_item item;
        size_t markets = 0, concessions = 0;

        assert_true(decp_write_record(&writer, contract_with(reading, concession_text, "uid", NULL)));
        assert_true(decp_write_record(&writer, market_with(reading, "uid", NULL)));
        assert_true(decp_write_record(&writer, market_with(reading, "id", "'2'")));
        assert_true(decp_write_record(&writer, contract_with(reading, concession_text, "id", "'DSP-2'")));
        (void)written(&writer, text, sizeof(text));
        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        while (decp_next(reader, &reading->arena, &item, NULL) == 1) {
                assert_non_null(item.record);
                markets += item.record->kind == CONTRACTS__CONTRACT_KIND__MARKET;
                concessions += item.record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
        }
        decp_close(reader);
        assert_int_equal(markets, 2);
        assert_int_equal(concessions, 2);
}

static void an_empty_block_is_one(void **state)
{
        struct reading *reading = *state;
        char text[256];
        struct decp_writer none = {.out = tmpfile()}, concession = {.out = tmpfile()};
        static char large[16384];

        (void)written(&none, text, sizeof(text));
        assert_string_equal(text, "{\"marches\":{\"marche\":[\n]}}\n");
        assert_true(decp_write_record(&concession, contract_with(reading, concession_text, "uid", NULL)));
        (void)written(&concession, large, sizeof(large));
        assert_memory_equal(large, "{\"marches\":{\"contrat-concession\":[\n{\"id\":", 39);
}

static void the_real_contracts_come_back(void **state)
{
        static const char *const files[] = {"demantis",  "dematis13", "dematis16", "dematis17",
                                            "dematis18", "dematis19", "dematis20"};
        struct reading *reading = *state;
        size_t seen = 0;

        reading_need(READING_DATA "decp/real_2022/dematis_2024-07/demantis.json");
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                char path[256];
                struct decp *reader;
                struct decp_item item;
                struct arena arena = {0};
                (void)snprintf(path, sizeof(path), READING_DATA "decp/real_2022/dematis_2024-07/%s.json", files[i]);
                assert_int_equal(decp_open(path, &reader, NULL), 0);
                while (decp_next(reader, &arena, &item, NULL) == 1) {
                        unchanged(reading, item.record);
                        arena_reset(&reading->arena);
                        seen++;
                }
                decp_close(reader);
                arena_fini(&arena);
        }
        assert_int_equal(seen, 786);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(a_market_comes_back),
                READING_TEST(a_concession_comes_back),
                READING_TEST(lists_come_back),
                READING_TEST(what_is_not_known_is_not_written),
                READING_TEST(both_lists_are_written),
                READING_TEST(an_empty_block_is_one),
                READING_TEST(the_real_contracts_come_back),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
