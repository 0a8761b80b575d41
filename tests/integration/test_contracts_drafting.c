/* Drafting through the real daemon and the program: nothing is printed while one of the four mandatory items is
 * missing; each piece in words; what was handed over is kept word for word through a kill -9, and what changed since is
 * seen. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/dialogue.h"

enum { OUTPUT_SIZE = 32768 };

static struct network *network;
static char output[OUTPUT_SIZE];

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

static const char *open_contract(const char *kind)
{
        return said_text(say("contracts.OpenContract",
                             "{'isAnother': true, 'record': {'kind': '%s', 'buyerSiret': '21310555400017',"
                             " 'buyerName': 'Ville d’essai',"
                             " 'object': 'Réfection de l’école', 'place': {'code': '31555', 'kind': 'COMMUNE'},"
                             " 'durationMonths': 24}, 'lots': [{'number': 1, 'title': 'Peinture', 'amount':"
                             " '1000000.00'}, {'number': 2, 'title': 'Menuiserie', 'amount': '300000.00'}]}",
                             kind),
                         "contractId");
}

static void put_clause(const char *contract, int lot)
{
        (void)say("contracts.PutClause",
                  "{'contractId': '%s', 'lot': %d, 'calibration': {'labourShare': '0.5', 'insertionRate': '0.05',"
                  " 'hourlyCost': '30.00'}}",
                  contract, lot);
}

/* What `guichetctl contract draft` prints, and its exit code. */
static int ctl_draft(const char *contract, const char *options)
{
        char command[512];
        (void)snprintf(command, sizeof(command), "%s/guichetctl contract draft %s %s --dir %s 2>&1",
                       getenv("GUICHET_BIN"), contract, options, network_directory(network));
        FILE *program = popen(command, "r");
        assert_non_null(program);
        size_t size = fread(output, 1, sizeof(output) - 1, program);
        output[size] = '\0';
        return pclose(program);
}

static void printed(const char *what)
{
        if (strstr(output, what) == NULL)
                fail_msg("« %s » is not in:\n%s", what, output);
}

#define PERIMETER   "'perimeter': 'travaux de peinture sur site, du démarrage à la réception'"
#define FACILITATOR "'facilitator': {'name': 'Camille Exemple', 'organisation': 'Maison de l’emploi', 'phone': '05 00'}"
#define PUBLICS     "'publics': ['B_RSA', 'B_QPV']"
#define LEVER       "'lever': 'CONDITION_LEVER'"

/* Each of the four missing in turn, then all of them. */
static void test_nothing_is_printed_without_the_four(void **state)
{
        static const struct {
                int lot;
                const char *items, *missing;
        } cases[] = {
                {1, FACILITATOR ", " PUBLICS ", " LEVER, "périmètre de l'action"},
                {1, PERIMETER ", " PUBLICS ", " LEVER, "contact du facilitateur"},
                {1, PERIMETER ", " FACILITATOR ", " LEVER, "publics éligibles"},
                {2, PERIMETER ", " FACILITATOR ", " PUBLICS ", " LEVER, "volume d'heures"}, /* no clause on lot 2 */
        };
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract("MARKET");
        const char *all =
                say_refused("WRONG_STATE", "contracts.DraftClause", "{'contractId': '%s', 'piece': 'RC'}", contract);
        put_clause(contract, 1);
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                assert_non_null(strstr(all, cases[i].missing));
                const json_t *put = say("contracts.PutDraftItems", "{'contractId': '%s', 'lot': %d, 'items': {%s}}",
                                        contract, cases[i].lot, cases[i].items);
                assert_int_equal(said_count(put, "missing"), 1);
                assert_non_null(strstr(said_text(put, "missing.0"), cases[i].missing));
                const char *refusal =
                        say_refused("WRONG_STATE", "contracts.DraftClause",
                                    "{'contractId': '%s', 'lot': %d, 'piece': 'CCAP'}", contract, cases[i].lot);
                assert_non_null(strstr(refusal, cases[i].missing));
                (void)say_refused("WRONG_STATE", "contracts.KeepDraft",
                                  "{'contractId': '%s', 'lot': %d, 'piece': 'CCAP'}", contract, cases[i].lot);
                assert_int_not_equal(ctl_draft(contract, cases[i].lot == 1 ? "--piece AE" : "--lot 2"), 0);
                printed(cases[i].missing);
        }
}

static void test_each_piece(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract("MARKET");
        put_clause(contract, 1);
        put_clause(contract, 2);
        (void)say("contracts.PutDraftItems",
                  "{'contractId': '%s', 'items': {" FACILITATOR ", " PUBLICS ", 'lever': 'BOTH_LEVERS',"
                  " 'criterionWeight': '0.1', 'penaltyPerHour': '200.00'}}",
                  contract); /* of all lots */
        (void)say("contracts.PutDraftItems", "{'contractId': '%s', 'lot': 1, 'items': {" PERIMETER "}}", contract);
        (void)say("contracts.PutDraftItems",
                  "{'contractId': '%s', 'lot': 2, 'items': {'perimeter': 'pose des menuiseries'}}", contract);

        assert_int_equal(ctl_draft(contract, "--piece RC"), 0);
        printed("Règlement de la consultation");
        printed("articles L. 2112-2 à L. 2112-4");
        printed("pondéré à 10");
        printed("il n'est répondu à aucun candidat en particulier");
        printed("Bibliothèque clause-2026-2");
        assert_int_equal(ctl_draft(contract, "--piece CCAP --lot 2"), 0);
        printed("le lot n° 2 (Menuiserie)");
        printed("pose des menuiseries");
        printed("Camille Exemple, Maison de l’emploi, téléphone : 05 00.");
        printed("par heure manquante");
        assert_int_equal(ctl_draft(contract, "--piece AE"), 0);
        printed("Signature :");
        assert_null(strstr(output, "000"));
        assert_int_equal(ctl_draft(contract, "--piece NOTE"), 0);
        printed(". Ce que disent les pièces publiées\n");
        printed("1\u202f000\u202f000\u00a0€ × 50\u00a0%");
        assert_int_not_equal(ctl_draft(contract, "--piece BPU"), 0);

        say_as(network, "COMPANY", NULL, "31");
        (void)say_refused("NOT_ALLOWED", "contracts.DraftClause", "{'contractId': '%s', 'piece': 'RC'}", contract);
}

static void test_a_concession_is_not_reserved_to_both(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        for (int i = 0; i < 2; i++) {
                const char *contract = open_contract(i == 0 ? "MARKET" : "CONCESSION");
                put_clause(contract, 1);
                (void)say("contracts.PutDraftItems",
                          "{'contractId': '%s', 'lot': 1, 'items': {" PERIMETER ", " FACILITATOR ", " PUBLICS
                          ", 'lever': 'RESERVED_LEVER', 'reservation': 'TO_DISABILITY_AND_INTEGRATION'}}",
                          contract);
                if (i == 0)
                        assert_true(said_anywhere(
                                say("contracts.DraftClause", "{'contractId': '%s', 'piece': 'RC'}", contract),
                                "L. 2113-12 à L. 2113-14"));
                else
                        (void)say_refused("WRONG_STATE", "contracts.DraftClause", "{'contractId': '%s', 'piece': 'RC'}",
                                          contract);
        }
}

static bool begins_with(const char *path, const char *bytes)
{
        char head[64] = "";
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        size_t size = fread(head, 1, strlen(bytes), file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(unlink(path), 0);
        return size == strlen(bytes) && memcmp(head, bytes, size) == 0;
}

/* The same piece as files; the form follows from the name. */
static void test_files(void **state)
{
        static const struct {
                const char *options, *path, *begins;
        } rows[] = {
                {"--out /tmp/guichet-draft.pdf", "/tmp/guichet-draft.pdf", "%PDF-1.7"},
                {"--out /tmp/guichet-draft.odt --final", "/tmp/guichet-draft.odt", "PK"},
                {"--out /tmp/guichet-draft.html", "/tmp/guichet-draft.html", "<!DOCTYPE html>\n<html lang=\"fr\">"},
                {"--out /tmp/guichet-draft.txt", "/tmp/guichet-draft.txt", "Cahier des clauses"},
        };
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract("MARKET");
        put_clause(contract, 1);
        (void)say("contracts.PutDraftItems",
                  "{'contractId': '%s', 'lot': 1, 'items': {" PERIMETER ", " FACILITATOR ", " PUBLICS ", " LEVER "}}",
                  contract);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                assert_int_equal(ctl_draft(contract, rows[i].options), 0);
                printed(i == 1 ? "sans sa feuille" : "avec sa feuille");
                assert_true(begins_with(rows[i].path, rows[i].begins));
        }
        assert_int_not_equal(ctl_draft(contract, "--out /tmp/guichet-draft.docx"), 0);
        printed(".txt, .html, .pdf ou .odt");
        assert_int_not_equal(ctl_draft(contract, "--out /nowhere/draft.pdf"), 0);
        printed("/nowhere/draft.pdf : ");
}

static void test_what_was_handed_over(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract("MARKET");
        put_clause(contract, 1);
        (void)say("contracts.PutDraftItems",
                  "{'contractId': '%s', 'lot': 1, 'items': {" PERIMETER ", " FACILITATOR ", " PUBLICS ", " LEVER "}}",
                  contract);
        assert_int_equal(ctl_draft(contract, "--piece CCAP --keep"), 0);
        printed("Remise à l'acheteur notée : version 1.");
        say_as(network, "FACILITATOR", NULL, "31");
        const json_t *handed = say("contracts.DraftClause", "{'contractId': '%s', 'piece': 'CCAP'}", contract);

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        (void)say("contracts.PutClause",
                  "{'contractId': '%s', 'lot': 1, 'calibration': {'method': 'FIXED_HOURS', 'chosenHours': '700'}}",
                  contract);
        assert_int_equal(ctl_draft(contract, "--piece CCAP"), 0);
        printed("Dernière version remise : 1 ; le texte a changé depuis");
        const json_t *drafts = say("contracts.Drafts", "{'contractId': '%s'}", contract);
        assert_true(json_is_true(said(drafts, "drafts.0.changed")));
        const json_t *kept = say("contracts.DraftById", "{'draftId': '%s'}", said_text(drafts, "drafts.0.draftId"));
        assert_string_equal(said_text(kept, "text"), said_text(handed, "text"));

        (void)say_refused("WRONG_STATE", "contracts.KeepDraft", "{'contractId': '%s', 'piece': 'CCAP', 'hash': '%s'}",
                          contract, said_text(handed, "hash")); /* not what was printed */
        assert_int_equal(
                json_integer_value(
                        said(say("contracts.KeepDraft", "{'contractId': '%s', 'piece': 'CCAP'}", contract), "number")),
                2);
        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_true(said_anywhere(history, "Éléments de rédaction donnés pour le lot 1 : périmètre, contact"));
        assert_true(said_anywhere(history, "CCAP remis à l'acheteur pour le lot 1, version 2"));
        assert_false(said_anywhere(history, "Camille"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_nothing_is_printed_without_the_four),
                cmocka_unit_test(test_each_piece),
                cmocka_unit_test(test_a_concession_is_not_reserved_to_both),
                cmocka_unit_test(test_files),
                cmocka_unit_test(test_what_was_handed_over),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
