/* DECP both ways through the real daemon and the program: a published file imported, exported and imported again
 * changes nothing; the block is valid by the official schema, where that is there; our own contracts beside their
 * publications; what lacks a field is named, and a private contract never leaves. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/dialogue.h"

#define BUYER  "21900001500012"
#define SCHEMA "../shared/data/decp/schema/schema_decp_v2.0.4.json"
#define DATA   "../shared/data/decp/"
#define REAL   DATA "real_2022/dematis_2024-07/dematis17.json"

enum { OUTPUT_SIZE = 65536 };

static struct network *network;

static const char published[] =
        "{\"marches\":{\"marche\":[{\"id\":\"2026-031\",\"acheteur\":{\"id\":\"" BUYER "\"},\"nature\":\"Marché\","
        "\"objet\":\"Réfection de l'école Jean-Jaurès, lot peinture\",\"codeCPV\":\"45442100-8\","
        "\"techniques\":{\"technique\":[\"Sans objet\"]},\"modalitesExecution\":{\"modaliteExecution\":[\"Tranches\"]},"
        "\"marcheInnovant\":false,\"ccag\":\"Travaux\",\"offresRecues\":3,\"attributionAvance\":true,"
        "\"tauxAvance\":0.05,\"typeGroupementOperateurs\":\"Pas de groupement\",\"sousTraitanceDeclaree\":true,"
        "\"actesSousTraitance\":[{\"acteSousTraitance\":{\"id\":1,\"sousTraitant\":{\"typeIdentifiant\":\"SIRET\","
        "\"id\":\"39281098200018\"},\"dureeMois\":2,\"dateNotification\":\"2026-04-01\",\"datePublicationDonnees\":"
        "\"2026-04-02\",\"montant\":900.5,\"variationPrix\":\"Ferme\"}}],\"procedure\":\"Procédure adaptée\","
        "\"lieuExecution\":{\"code\":\"31555\",\"typeCode\":\"Code commune\"},\"dureeMois\":12,"
        "\"dateNotification\":\"2026-03-02\",\"datePublicationDonnees\":\"2026-04-01\",\"montant\":1000000,"
        "\"typesPrix\":{\"typePrix\":[\"Définitif ferme\"]},\"formePrix\":\"Forfaitaire\",\"titulaires\":[{"
        "\"titulaire\":{\"typeIdentifiant\":\"SIRET\",\"id\":\"13002526500013\"}}],\"considerationsSociales\":{"
        "\"considerationSociale\":[\"Pas de considération sociale\"]},\"considerationsEnvironnementales\":{"
        "\"considerationEnvironnementale\":[\"Clause environnementale\"]},\"modifications\":[{\"modification\":{"
        "\"id\":1,\"dateNotificationModification\":\"2026-06-01\",\"datePublicationDonneesModification\":"
        "\"2026-06-15\",\"montant\":1100000}}]}],\"contrat-concession\":[{\"id\":\"DSP-1\",\"autoriteConcedante\":{"
        "\"id\":\"" BUYER "\"},\"nature\":\"Délégation de service public\",\"objet\":\"Restauration du musée\","
        "\"procedure\":\"Procédure négociée ouverte\",\"dureeMois\":60,\"dateSignature\":\"2026-02-01\","
        "\"datePublicationDonnees\":\"2026-02-20\",\"dateDebutExecution\":\"2026-03-01\",\"valeurGlobale\":250000,"
        "\"montantSubventionPublique\":0,\"donneesExecution\":[],\"concessionnaires\":[{\"concessionnaire\":{"
        "\"typeIdentifiant\":\"SIRET\",\"id\":\"39281098200018\"}}],\"considerationsSociales\":{"
        "\"considerationSociale\":[\"Concession réservée\"]},\"considerationsEnvironnementales\":{"
        "\"considerationEnvironnementale\":[\"Pas de considération environnementale\"]}}]}}";

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}};
        (void)state;
        network = network_start(parts, 1);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

/* Runs a command of the shell: its exit code, and what it says on both outputs. */
static int run(char ret_output[OUTPUT_SIZE], const char *format, ...)
{
        char command[2048];
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(command, sizeof(command), format, arguments);
        va_end(arguments);
        FILE *output = popen(command, "r");
        assert_non_null(output);
        ret_output[fread(ret_output, 1, OUTPUT_SIZE - 1, output)] = '\0';
        return pclose(output) / 256;
}

/* guichetctl with these words, in the network's directory. */
static int ctl(char ret_output[OUTPUT_SIZE], const char *words)
{
        return run(ret_output, "%s/guichetctl %s --dir %s 2>&1", getenv("GUICHET_BIN"), words,
                   network_directory(network));
}

static char *in_directory(char ret_path[256], const char *name)
{
        (void)snprintf(ret_path, 256, "%s/%s", network_directory(network), name);
        return ret_path;
}

/* The figure of a line of the import's report; thousands are apart by a narrow space. */
static long figure(const char *output, const char *label)
{
        static const char narrow_space[] = "\xe2\x80\xaf";
        long value = 0;
        const char *at = strstr(output, label);
        assert_non_null(at);
        for (at += strlen(label) + strspn(at + strlen(label), " ");; at++) {
                if (strncmp(at, narrow_space, strlen(narrow_space)) == 0)
                        at += strlen(narrow_space) - 1;
                else if (*at >= '0' && *at <= '9')
                        value = value * 10 + (*at - '0');
                else
                        return value;
        }
}

static void need(const char *path)
{
        FILE *file = fopen(path, "r");
        if (file == NULL) {
                print_message("skipped: %s is absent\n", path);
                skip();
        }
        (void)fclose(file);
}

/* All that was published, through the daemon. Counted apart from this program: by a script over the same files. */
static void test_the_real_files_come_in(void **state)
{
        static const struct {
                const char *label;
                long count;
        } expected[] = {
                {"  lus", 786},         {"  nouveaux", 781},
                {"  mis à jour", 5},    {"  inchangés", 0},
                {"lecture", 0},         {"non renseigné", 0},
                {"clause sociale", 45}, {"critère social", 33},
                {"marché réservé", 8},  {"pas de considération sociale", 712},
        };
        char output[OUTPUT_SIZE];
        (void)state;
        need(REAL);
        int code = ctl(output, "import decp " DATA "real_2022/dematis_2024-07/*.json");
        for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
                if (code != 0 || figure(output, expected[i].label) != expected[i].count)
                        fail_msg("%s is not %ld: %s", expected[i].label, expected[i].count, output);
        code = ctl(output, "import decp " DATA "real_2022/dematis_2024-07/*.json");
        assert_int_equal(code, 0);
        assert_int_equal(figure(output, "  inchangés"), 786);

        code = ctl(output,
                   "import decp " DATA "real_2019/data.gouv.fr_aife.json.xz " DATA "real_2019/e-marchespublics.json");
        assert_int_equal(code, 0);
        assert_int_equal(figure(output, "  lus"), 5000);
        assert_int_equal(figure(output, "lecture"), 26); /* they have no object */
        assert_int_equal(figure(output, "non renseigné"), 4974);
        assert_int_equal(figure(output, "  nouveaux"), 4284 + 468);
}

static void import_it(const char *path, long created, long unchanged)
{
        char output[OUTPUT_SIZE], words[512];
        (void)snprintf(words, sizeof(words), "import decp %s", path);
        int code = ctl(output, words);
        if (code != 0 || figure(output, "  nouveaux") != created || figure(output, "  inchangés") != unchanged)
                fail_msg("%d: %s", code, output);
}

static void export_it(const char *buyer, const char *path, const char *options)
{
        char output[OUTPUT_SIZE], words[512];
        (void)snprintf(words, sizeof(words), "export decp --buyer %s --out %s %s", buyer, path, options);
        int code = ctl(output, words);
        if (code != 0)
                fail_msg("%d: %s", code, output);
}

static void test_there_and_back(void **state)
{
        char from[256], to[256];
        (void)state;
        FILE *file = fopen(in_directory(from, "published.json"), "w");
        assert_non_null(file);
        assert_true(fputs(published, file) >= 0);
        assert_int_equal(fclose(file), 0);
        import_it(from, 2, 0);
        export_it(BUYER, in_directory(to, "exported.json"), "--with-published");
        import_it(to, 0, 2);
}

/* Where the official schema is: it accepts the block of the test before, and a real file's that went through. */
static void test_the_schema_accepts_it(void **state)
{
        static char valid[OUTPUT_SIZE];
        char output[OUTPUT_SIZE], from[256], path[256];
        (void)state;
        need(SCHEMA);
        if (run(output, "/usr/bin/python3 tests/lib/valid_json.py %s %s 2>&1", SCHEMA,
                in_directory(from, "exported.json")) != 0)
                fail_msg("%s", output);

        /* A real month: what the export calls valid is; what it leaves out is named. */
        say_as(network, "COORDINATOR", NULL, "*");
        const json_t *contracts = say("contracts.Contracts", "{'page': {'limit': 100}}");
        size_t exported = 0;
        for (size_t i = 0; i < said_count(contracts, "contracts"); i++) {
                char place[64], words[512];
                (void)snprintf(place, sizeof(place), "contracts.%zu.buyerSiret", i);
                (void)snprintf(words, sizeof(words), "export decp --with-published --buyer %s --out %s",
                               said_text(contracts, place), in_directory(path, "real.json"));
                (void)ctl(output, words);
                if (run(valid, "/usr/bin/python3 tests/lib/valid_json.py %s %s 2>&1", SCHEMA, path) != 0)
                        fail_msg("%s", valid);
                exported++;
                i += 7; /* some of the buyers are enough */
        }
        assert_true(exported > 5);
}

static const char *open_ours(const char *more)
{
        return said_text(say("contracts.OpenContract",
                             "{'isAnother': true, 'record': {'kind': 'MARKET', 'buyerSiret': '" BUYER
                             "', 'object': 'Réfection de l’école"
                             " Jean-Jaurès, lot peinture', 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'amount':"
                             " '1050000.00', 'notifiedOn': '2026-03-02'%s}}",
                             more),
                         "contractId");
}

static void test_ours_beside_its_publication(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *ours = open_ours(", 'social': ['SOCIAL_CLAUSE']");
        const json_t *suggested = say("contracts.PublicationSuggestions", "{'contractId': '%s'}", ours);
        assert_int_equal(said_count(suggested, "suggestions"), 1);
        assert_string_equal(said_text(suggested, "suggestions.0.number"), "2026-031");
        (void)say("contracts.LinkPublication", "{'contractId': '%s', 'publishedContractId': '%s'}", ours,
                  said_text(suggested, "suggestions.0.publishedContractId"));

        const json_t *found = say("contracts.PublicationDifferences", "{'contractId': '%s'}", ours);
        assert_int_equal(said_count(found, "differences"), 3);
        assert_string_equal(said_text(found, "differences.0.field"), "objet"); /* the apostrophe */
        assert_string_equal(said_text(found, "differences.1.field"), "montant");
        assert_string_equal(said_text(found, "differences.2.ours"), "Clause sociale");
        assert_true(json_is_true(said(found, "differences.2.unchangeable")));
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", ours);
        assert_string_equal(said_text(facts, "contract.record.amount"), "1050000.00");
        assert_string_equal(said_text(facts, "published.amount"), "1000000.00");
        assert_true(said_anywhere(facts, "rapproché de sa publication n° 2026-031"));
}

static void test_what_nobody_follows(void **state)
{
        (void)state;
        say_as(network, "COORDINATOR", NULL, "*");
        const json_t *found = say("contracts.UnfollowedContracts", "{'buyerSiret': '" BUYER "', 'social': 'RESERVED'}");
        assert_int_equal(said_count(found, "contracts"), 1);
        assert_string_equal(said_text(found, "contracts.0.number"), "DSP-1");
}

/* One contract under two numbers, as platforms publish it with the rank of the amendment. */
#define TWIN(number, more)                                                                                             \
        "{\"marches\":{\"marche\":[{\"id\":\"" number "\",\"acheteur\":{\"id\":\"" BUYER                               \
        "\"},\"objet\":\"Entretien de la "                                                                             \
        "halle\",\"codeCPV\":\"45210000\",\"dateNotification\":\"2026-05-04\",\"montant\":120000,\"titulaires\":[{"    \
        "\"titulaire\":{\"typeIdentifiant\":\"SIRET\",\"id\":\"13002526500013\"}}]" more "}]}}"

static void write_text(const char *path, const char *text)
{
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
}

static size_t count_of_buyer(void)
{
        return said_count(say("contracts.Contracts", "{'buyerSiret': '" BUYER "', 'page': {'limit': 500}}"),
                          "contracts");
}

static void test_one_contract_under_two_numbers(void **state)
{
        char output[OUTPUT_SIZE], first[256], second[256], words[1024];
        (void)state;
        write_text(in_directory(first, "premier.json"), TWIN("2026T0100", ""));
        write_text(in_directory(second, "second.json"),
                   TWIN("2026T0101", ",\"modifications\":[{\"modification\":{\"id\":1,\"montant\":150000}}]"));
        (void)snprintf(words, sizeof(words), "import decp %s %s", first, second);
        assert_int_equal(ctl(output, words), 0);
        say_as(network, "FACILITATOR", NULL, "*");
        size_t before = count_of_buyer();
        assert_int_equal(ctl(output, "doubles list --buyer " BUYER), 0);
        assert_non_null(strstr(output, "2026T0101 et 2026T0100"));
        const json_t *pair = say("contracts.TwinPublications", "{'buyerSiret': '" BUYER "'}");
        assert_int_equal(said_count(pair, "doubles"), 1);
        char *twin = strdup(said_text(pair, "doubles.0.twin.contractId"));
        (void)snprintf(words, sizeof(words), "doubles join %s %s --reason avenant",
                       said_text(pair, "doubles.0.contract.contractId"), twin);
        if (ctl(output, words) != 0)
                fail_msg("%s: %s", words, output);
        assert_int_equal(count_of_buyer(), before - 1);
        assert_int_equal(ctl(output, "doubles list --buyer " BUYER), 0);
        assert_non_null(strstr(output, "Aucun double probable."));
        (void)snprintf(words, sizeof(words), "doubles separate %s --reason lots", twin);
        assert_int_equal(ctl(output, words), 0);
        assert_int_equal(count_of_buyer(), before);
        assert_int_equal(ctl(output, words), 3); /* refused: there is nothing to separate */
        assert_int_equal(ctl(output, "doubles join x y --reason z"), 2);
        free(twin);
}

static void test_what_lacks_a_field_is_named(void **state)
{
        char output[OUTPUT_SIZE];
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say("contracts.OpenContract",
                  "{'isAnother': true, 'record': {'kind': 'PRIVATE', 'number': 'P-1', 'buyerSiret': '" BUYER
                  "', 'object': 'Siège de la"
                  " coopérative', 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'amount': '90000.00'}}");
        int code = ctl(output, "export decp --buyer " BUYER);
        assert_int_equal(code, 1);
        assert_non_null(strstr(output, "Donnez le numéro que l'acheteur a donné au contrat."));
        assert_non_null(strstr(output, "offresRecues"));
        assert_non_null(strstr(output, "1 écarté(s)"));
        assert_null(strstr(output, "coopérative"));
        assert_non_null(strstr(output, "{\"marches\":{\"marche\":[")); /* an empty block */
}

/* A buyer of more publications than a query may look at: it is told in JSON by a field, by guichetctl in words too. */
static void test_what_was_not_looked_at_is_told(void **state)
{
        enum { MANY = 700 };
        static const char large[] = "21310555400017";
        char output[OUTPUT_SIZE], words[512], path[256];
        (void)state;
        FILE *file = fopen(in_directory(path, "many.json"), "w");
        assert_non_null(file);
        (void)fputs("{\"marches\":{\"marche\":[", file);
        for (int i = 0; i < MANY; i++)
                (void)fprintf(file,
                              "%s{\"id\":\"N-%d\",\"acheteur\":{\"id\":\"%s\"},\"nature\":\"Marché\",\"objet\":"
                              "\"Fourniture de denrées\",\"codeCPV\":\"15000000\",\"procedure\":\"Procédure adaptée\","
                              "\"lieuExecution\":{\"code\":\"31555\",\"typeCode\":\"Code commune\"},\"dureeMois\":12,"
                              "\"dateNotification\":\"2024-03-02\",\"datePublicationDonnees\":\"2024-04-01\","
                              "\"montant\":%d,\"titulaires\":[{\"titulaire\":{\"typeIdentifiant\":\"SIRET\",\"id\":"
                              "\"13002526500013\"}}]}",
                              i == 0 ? "" : ",", i, large, 1000 + i);
        (void)fputs("]}}", file);
        assert_int_equal(fclose(file), 0);
        import_it(path, MANY, 0);
        say_as(network, "COORDINATOR", NULL, "*");
        const char *ours =
                said_text(say("contracts.OpenContract",
                              "{'isAnother': true,"
                              " 'record': {'kind': 'MARKET', 'buyerSiret': '%s', 'object': 'Réfection', 'place':"
                              " {'code': '31555', 'kind': 'COMMUNE'}}, 'territories': ['31']}",
                              large),
                          "contractId");
        assert_true(json_is_true(said(say("contracts.PublicationSuggestions", "{'contractId': '%s'}", ours), "cut")));
        (void)snprintf(words, sizeof(words),
                       "call contracts PublicationSuggestions '{\"contractId\":\"%s\"}' --as COORDINATOR", ours);
        int code = ctl(output, words);
        if (code != 0 || strstr(output, "Réponse partielle") == NULL || strstr(output, "\"cut\": true") == NULL)
                fail_msg("%d: %s", code, output);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_real_files_come_in),
                cmocka_unit_test(test_there_and_back),
                cmocka_unit_test(test_the_schema_accepts_it),
                cmocka_unit_test(test_ours_beside_its_publication),
                cmocka_unit_test(test_what_nobody_follows),
                cmocka_unit_test(test_one_contract_under_two_numbers),
                cmocka_unit_test(test_what_lacks_a_field_is_named),
                cmocka_unit_test(test_what_was_not_looked_at_is_told),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
