/* Contracts that run already, from a spreadsheet, through guichetctl and the real daemons: previewed, taken over in
 * parts, handed back where they are wrong; ledger, final statement and reporting say the same; undone, they are gone
 * everywhere but where something rests on them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/import_verb.h"
#include "tests/lib/workbook.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20, PERSONS = 20, MONTHS = 30 };

static char buyer[] = "21310555400017";

static struct network *network;
static struct arena arena;

static struct answer call(const char *method, const void *request)
{
        struct answer answer;
        struct err_info info = {0};
        version_seen_any(request);
        if (link_call(network_link(network), method, request, NULL, &arena, &answer, &info) != 0)
                fail_msg("%s: %s", method, info.text);
        return answer;
}

static const void *ask(const char *method, const void *request)
{
        struct answer answer = call(method, request);
        if (answer.body == NULL)
                fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

/* NULL: there is none of that number. */
static Types__Id *contract_numbered(const char *number)
{
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.buyer_siret = buyer;
        query.number = arena_text(&arena, number);
        const Contracts__ContractsReply *reply = ask("contracts.Contracts", &query);
        assert_true(reply->n_contracts <= 1);
        return reply->n_contracts == 0 ? NULL : reply->contracts[0]->contract_id;
}

static const Contracts__ContractView *see(Types__Id *contract)
{
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = contract;
        return ask("contracts.ContractById", &query);
}

static int64_t done_hundredths(Types__Id *contract)
{
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = see(contract)->clauses[0]->obligations[0]->obligation_id;
        return ((const Contracts__ObligationView *)ask("contracts.ObligationById", &query))->done->hundredths;
}

/* Waits until reporting, which follows the contracts, counts that many contracts and hours. */
static void wait_for_figures(uint32_t contracts, int64_t done)
{
        Reporting__ConsolidationRequest query = REPORTING__CONSOLIDATION_REQUEST__INIT;
        const Reporting__ConsolidationReply *reply = NULL;
        for (int waited = 0; waited < WAIT_MS; waited += LOOK_EVERY_MS) {
                reply = ask("reporting.Consolidation", &query);
                if (reply->contracts == contracts && hours_hundredths(hours_of(reply->done)) == done)
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("%u contracts, %lld hundredths of hours", reply->contracts,
                 (long long)hours_hundredths(hours_of(reply->done)));
}

static int running(const char *path, const char *more)
{
        return import_verb(network, "running", path, arena_printf(&arena, "--territory 31 %s", more));
}

static int undo(const char *batch)
{
        return import_verb(network, "undo", batch, "--list running --territory 31 --reason 'mauvais fichier'");
}

#define HEADER                                                                                                         \
        "N° de marché;SIRET acheteur;Objet;Montant HT;Date de notification;Fin;Lot;SIRET titulaire;Titulaire;"       \
        "Heures dues;Mois;Heures réalisées;Matricule;Remarque\r\n"
#define SCHOOL       "R-1;213 105 554 00017;"
#define SCHOOL_AGAIN SCHOOL ";;;;2;;;;"

static char *batch;

static void test_a_list_is_previewed_and_taken(void **state)
{
        (void)state;
        char *path = import_file(network, &arena, "reprise.csv",
                                 HEADER SCHOOL "École;1,2 M€;15/03/2025;14/03/2027;Lot 2 - peinture;13002526500013;"
                                               "Peintures;1 820;avril 2025;151h40;A.B.;\r\n" //
                                 SCHOOL_AGAIN "05/2025;70;A.B.;\r\n" SCHOOL_AGAIN "05/2025;12;Durand;son nom\r\n"
                                               "Total;;;;;;;;;1 820;;233,67;;\r\n");
        char *rejects = import_file(network, &arena, "rejets.csv", "");
        assert_int_equal(running(path, "--preview"), 0);
        import_shows("Lignes de contrats en cours (aperçu : rien n'est enregistré)");
        import_shows("Remarque");
        assert_null(contract_numbered("R-1"));
        assert_int_equal(network_position(network, "contracts-1"), 0);

        assert_int_equal(running(path, arena_printf(&arena, "--rejects %s", rejects)), 0);
        batch = import_batch_shown(&arena);
        import_shows("ligne 4, colonne « Matricule », « Durand » : Cette référence ressemble à un nom");
        assert_non_null(strstr(import_file_text(rejects, &arena), "12;Durand;son nom;"));
        Types__Id *contract = contract_numbered("R-1");
        assert_int_equal(done_hundredths(contract), 15167 + 7000);
        wait_for_figures(1, 15167 + 7000);

        uint64_t position = network_position(network, "contracts-1");
        assert_int_equal(running(path, ""), 0); /* the same again */
        assert_int_equal(network_position(network, "contracts-1"), position);
}

static void test_ledger_and_statements_say_the_same(void **state)
{
        (void)state;
        Types__Id *contract = contract_numbered("R-1");
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        query.contract_id = contract;
        const Contracts__FinalStatementReply *statement = ask("contracts.FinalStatement", &query);
        assert_int_equal(statement->n_lines, 1);
        assert_int_equal(hours_hundredths(hours_of(statement->lines[0]->obligation->done)), 22167);
        Reporting__ContractStatementRequest asked = REPORTING__CONTRACT_STATEMENT_REQUEST__INIT;
        asked.contract_id = contract;
        const Reporting__ContractStatementReply *reported = ask("reporting.ContractStatement", &asked);
        assert_int_equal(hours_hundredths(hours_of(reported->done)), 22167);
        assert_int_equal(hours_hundredths(hours_of(reported->due)), 182000);
        assert_int_equal(reported->persons, 1);
        Contracts__ContractHistoryRequest history = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        history.contract_id = contract;
        const Contracts__ContractHistoryReply *lines = ask("contracts.ContractHistory", &history);
        assert_int_equal(lines->n_lines, 4);
}

static void test_it_is_undone(void **state)
{
        (void)state;
        network_kill(network, "contracts-1", SIGKILL);
        network_restart(network, "contracts-1");
        assert_int_equal(undo(batch), 0);
        import_shows("2 ligne(s) reprise(s), 0 gardée(s)");
        assert_null(contract_numbered("R-1"));
        wait_for_figures(0, 0);
        assert_int_equal(undo(batch), 3);
        import_shows("déjà annulé");
}

/* 601 rows, a person's month each: two parts, of one contract that the first row alone presents. */
static char *long_list(void)
{
        size_t room = (size_t)(PERSONS * MONTHS + 2) * 160, size = 0;
        char *text = arena_alloc(&arena, room);
        size += (size_t)snprintf(text + size, room - size,
                                 HEADER SCHOOL "École;1,2 M€;15/03/2023;14/03/2027;2;13002526500013;Peintures;"
                                               "20 000;;;;\r\n");
        for (int i = 0; i < PERSONS * MONTHS; i++)
                size += (size_t)snprintf(text + size, room - size, SCHOOL_AGAIN "%d/%d;%d;P%d;\r\n",
                                         1 + i % MONTHS % 12, 2024 + i % MONTHS / 12, 10, i / MONTHS);
        return text;
}

static void test_long_lists_go_in_parts(void **state)
{
        (void)state;
        char *path = import_file(network, &arena, "longue.csv", long_list());
        assert_int_equal(running(path, "--preview"), 0);
        import_shows("reprises                           601");
        assert_null(contract_numbered("R-1"));
        assert_int_equal(running(path, ""), 0);
        batch = import_batch_shown(&arena);
        import_shows("reprises                           601");
        assert_int_equal(done_hundredths(contract_numbered("R-1")), PERSONS * MONTHS * 1000);
        wait_for_figures(1, PERSONS * MONTHS * 1000);
}

static void test_what_something_rests_on_stays(void **state)
{
        (void)state;
        Contracts__AmendObligation amended = CONTRACTS__AMEND_OBLIGATION__INIT;
        Types__Id *contract = contract_numbered("R-1");
        amended.obligation_id = see(contract)->clauses[0]->obligations[0]->obligation_id;
        amended.hours = hours_to(&arena, hours_of_hundredths(2100000));
        amended.reference = (char *)"Avenant n° 1";
        amended.reason = (char *)"Travaux supplémentaires";
        amended.amended_on = day_to(&arena, day_of_civil((struct civil){2025, 6, 2}));
        (void)ask("contracts.AmendObligation", &amended);
        assert_int_equal(undo(batch), 0); /* the second part told hours alone */
        import_shows("gardée : Un autre acte s'appuie sur celui-ci");
        import_shows("102 ligne(s) reprise(s), 499 gardée(s)");
        assert_non_null(contract_numbered("R-1"));
}

static void test_a_workbook(void **state)
{
        (void)state;
        char *path = arena_printf(&arena, "%s/suivi.xlsx", network_directory(network));
        workbook_make(
                path,
                "Marché|SIRET acheteur|Objet|Notification|SIRET titulaire|Titulaire|Objectif|janv. 2026|févr. 2026\n"
                "R-2|21310555400017|Voirie|15/03/2025|13002526500013|Peintures|900|35|20,5",
                0);
        assert_int_equal(running(path, ""), 0);
        assert_int_equal(done_hundredths(contract_numbered("R-2")), 5550);
        assert_int_equal(import_verb(network, "undo", batch, "--list tout --territory 31 --reason x"), 2);
}

static int start(void **state)
{
        static char *everywhere = (char *)"*";
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        static const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"reporting-1", "reporting", ""},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        passport.user = (char *)"essai";
        passport.role = TYPES__ROLE__COORDINATOR;
        passport.territories = &everywhere;
        passport.n_territories = 1;
        link_act_as(network_link(network), &passport);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_list_is_previewed_and_taken),
                cmocka_unit_test(test_ledger_and_statements_say_the_same),
                cmocka_unit_test(test_it_is_undone),
                cmocka_unit_test(test_long_lists_go_in_parts),
                cmocka_unit_test(test_what_something_rests_on_stays),
                cmocka_unit_test(test_a_workbook),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
