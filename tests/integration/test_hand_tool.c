/* guichetctl for persons: what it understands of what they type, what it tells them, and how it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/run_program.h"
#include "tests/lib/operator.h"
#include "tests/lib/send_signal.h"

enum { DONE = 0, FAILED = 1, MISUSED = 2, REFUSED = 3, NOT_FOUND = 4, UNAVAILABLE = 5 };

static struct operator* operator;

#define RUN(...)  operator_run(operator,(const char *const[]){__VA_ARGS__, NULL})
#define CALL(...) RUN("call", "contracts", __VA_ARGS__, "--as", "COORDINATOR")

static void assert_said(const char *text)
{
        if (strstr(operator_output(operator), text) == NULL)
                fail_msg("\"%s\" is not in: %s", text, operator_output(operator));
}

static void assert_not_said(const char *text)
{
        if (strstr(operator_output(operator), text) != NULL)
                fail_msg("\"%s\" is in: %s", text, operator_output(operator));
}

/* ---- names */

static void a_slip_is_understood(void **state)
{
        (void)state;
        static const struct {
                const char *words[8];
                const char *meant;
        } slips[] = {
                {{"statut"}, "« status »"},
                {{"call", "contrats", "Contracts"}, "« contracts »"},
                {{"call", "contracts", "ContratFacts"}, "« ContractFacts »"},
                {{"call", "contracts", "Placements"}, "une demande de « tracking »"},
                {{"call", "contracts", "Contracts", "{}", "--as", "FACILITATEURS"}, "« FACILITATOR »"},
                {{"call", "contracts", "Contracts", "{}", "--rôle", "BUYER"}, "option inconnue"},
                {{"call", "contracts", "Contracts", "{}", "--teritory", "31"}, "« --territory »"},
                {{"call", "contracts", "Contracts", "{\"buyersiret\":\"1\"}", "--as", "COORDINATOR"}, "« buyerSiret »"},
                {{"call", "contracts", "UnfollowedContracts", "{\"social\":\"RESERVE\"}", "--as", "COORDINATOR"},
                 "« RESERVED »"},
                {{"describe", "contracts.PutClose"}, "« PutClause »"},
                {{"describe", "DeclareNeeds"}, "« DeclareNeed »"},
                {{"methods", "trakcing"}, "« tracking »"},
                {{"contract", "ledgers"}, "« ledger »"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(slips); i++) {
                assert_int_equal(operator_run(operator, slips[i].words), MISUSED);
                assert_said(slips[i].meant);
        }
        assert_int_equal(RUN("xyzt"), MISUSED);
        assert_not_said("vouliez-vous");
}

static void methods_tell_who_may(void **state)
{
        (void)state;
        assert_int_equal(RUN("methods", "contracts"), DONE);
        assert_said("met une clause sur un lot");
        assert_said("qui le peut : FACILITATOR, COORDINATOR\n");
        assert_said("questions :");
        assert_not_said("ReferBeneficiary");
        assert_int_equal(RUN("methods", "--as", "BUYER"), DONE);
        assert_said("DecideCase");
        assert_not_said("PutClause");
}

static void a_method_is_described(void **state)
{
        (void)state;
        assert_int_equal(RUN("describe", "PutClause"), DONE);
        assert_said("contracts.PutClause (commande)");
        assert_said("FACILITATOR (facilitateur)");
        assert_said("lot *");
        assert_said("de 1 à 999");
        assert_said("Peinture intérieure");                                  /* a code of dated data */
        assert_said("barème par tranches");                                  /* a value of an enum */
        assert_said("calibration              ");                            /* an object */
        assert_said("guichetctl call contracts PutClause --as COORDINATOR"); /* the page's own line */
}

/* ---- what people write */

static void values_as_people_write_them(void **state)
{
        (void)state;
        assert_int_equal(CALL("OpenContract",
                              "{\"record\": {\"kind\": \"marché public\", \"number\": \"2026-118\", "
                              "\"buyerSiret\": \"213 105 554 00017\", \"object\": \"Réfection de l’école "
                              "Jaurès\", \"place\": {\"code\": \"31555\", \"kind\": \"commune\"}, "
                              "\"amount\": \"1 000 000,50 €\", \"notifiedOn\": \"15/03/2026\"}}"),
                         DONE);
        assert_int_equal(CALL("ContractById", "{\"contractId\": \"école Jaurès\"}"), DONE);
        assert_said("\"amount\": \"1000000.50\"");
        assert_said("\"notifiedOn\": \"2026-03-15\"");
        assert_said("\"buyerSiret\": \"21310555400017\"");
        assert_int_equal(CALL("Calibrate", "{\"calibration\": {\"amount\": \"1 000 000 €\", \"labourShare\": \"50 %\", "
                                           "\"insertionRate\": \"5 %\", \"hourlyCost\": \"30 €\"}}"),
                         DONE);
        assert_said("\"hours\": \"833.00\"");
}

/* The field is named as JSON spells it, by the tool and by the daemon alike. */
static void what_is_not_understood_names_field_and_remedy(void **state)
{
        (void)state;
        assert_int_equal(CALL("Calibrate", "{\"calibration\": {\"insertionRate\": \"cinq\"}}"), MISUSED);
        assert_said("calibration.insertionRate : « cinq » n'est pas compris ; écrivez une part, comme 5 % ou 0,05.");
        assert_int_equal(CALL("OpenContract", "{\"record\": {\"amount\": \"1.234 €\"}}"), MISUSED);
        assert_said("record.amount : « 1.234 € » n'est pas compris");
        assert_int_equal(CALL("OpenContract", "{\"record\": {\"notifiedOn\": \"demain\"}}"), MISUSED);
        assert_said("record.notifiedOn : « demain » n'est pas compris ; écrivez un jour, comme 15/03/2027");
        assert_int_equal(CALL("Contracts", "{\"number\": \"2026-118\"}"), REFUSED); /* the daemon's own */
        assert_said("\"field\": \"number\"");
        assert_int_equal(CALL("ContractById", "{\"contract_id\": \"0192f0c1-7a3b-7001-8f00-0123456789ab\"}"),
                         NOT_FOUND);
        assert_said("\"field\": \"contractId\""); /* also where the proto name was given */
        assert_int_equal(RUN("export", "decp", "--buyer", "21310555400017", "--published-on", "hier"), MISUSED);
        assert_said("comme 15/03/2027");
}

static void contracts_by_number_or_words(void **state)
{
        (void)state;
        assert_int_equal(CALL("OpenContract",
                              "{\"record\": {\"kind\": \"MARKET\", \"number\": \"2026-1\", \"buyerSiret\": "
                              "\"21310555400017\", \"object\": \"Peinture de l’école Ferry\", \"amount\": "
                              "\"300000\", \"place\": {\"code\": \"31555\", \"kind\": \"COMMUNE\"}}}"),
                         DONE);
        assert_int_equal(CALL("ContractById", "{\"contractId\": \"école\"}"), NOT_FOUND);
        assert_said("désigne 2 contrats");
        assert_said("2026-118 · 21310555400017 · Réfection de l’école Jaurès");
        assert_int_equal(CALL("ContractById", "{\"contractId\": \"2026-1\"}"), DONE); /* stands in 2026-118 as well */
        assert_said("école Ferry");
        assert_int_equal(CALL("ContractById", "{\"contractId\": \"piscine\"}"), NOT_FOUND);
        assert_said("contractId : « piscine » ne désigne rien");
        assert_said("guichetctl contract find MOTS");
        assert_int_equal(CALL("ContractById", "{\"contractId\": \"…\"}"), MISUSED);
        assert_said("contractId : « … » n'est pas un identifiant");
        assert_int_equal(RUN("contract", "find", "ecole"), DONE);
        assert_said("2026-118");
        assert_said("2026-1 ·");
        assert_int_equal(RUN("contract", "find", "piscine"), NOT_FOUND);
        assert_int_equal(RUN("contract", "history", "école", "Ferry"), DONE);
        assert_said("Dossier ouvert");
        assert_said("n° "); /* by which WithdrawAct takes it back */
        assert_int_equal(CALL("ContractById", "{\"contractId\": \"2026-118\"}", "--territory", "09"), DONE);
        assert_int_equal(RUN("call", "contracts", "ContractById", "{\"contractId\": \"2026-118\"}", "--as", "COMPANY"),
                         REFUSED); /* who may not list contracts finds none by words */
        assert_said("contracts.Contracts");
}

static void what_a_contract_holds_by_words(void **state)
{
        (void)state;
        static const char *const lots[] = {"1", "2"};
        char clause[256];
        for (size_t i = 0; i < ARRAY_SIZE(lots); i++) {
                (void)snprintf(
                        clause, sizeof(clause),
                        "{\"contractId\": \"Jaurès\", \"lot\": %s, \"calibration\": {\"labourShare\": \"50 %%\", "
                        "\"insertionRate\": \"5 %%\", \"hourlyCost\": \"30\"}}",
                        lots[i]);
                assert_int_equal(CALL("PutClause", clause), DONE);
        }
        assert_int_equal(CALL("ClauseLedger", "{\"clauseId\": \"Jaurès\"}"), NOT_FOUND);
        assert_said("désigne 2 clauses");
        assert_int_equal(CALL("RecordObligation", "{\"clauseId\": \"Jaurès / lot 2\", \"contractorSiret\": "
                                                  "\"13002526500013\", \"contractorName\": \"Peintures Durand\"}"),
                         DONE);
        assert_int_equal(CALL("ObligationById", "{\"obligationId\": \"école Jaurès / durand\"}"), DONE);
        assert_said("Peintures Durand");
        assert_int_equal(RUN("invoice", "list", "école Jaurès / durand"), DONE);
        assert_int_equal(RUN("invoice", "list", "piscine"), NOT_FOUND);
        assert_said("obligation : « piscine »");
        assert_int_equal(RUN("proposal", "list", "--need", "école Jaurès"), NOT_FOUND);
        assert_said("--need : « école Jaurès » : ce contrat n'a pas de besoins que vous voyez.");
        assert_int_equal(CALL("ObligationById", "{\"obligationId\": \"2026-118 / dupont\"}"), NOT_FOUND);
        assert_said("ce contrat n'a pas d'obligations où se trouve « dupont »");
}

/* ---- roles */

static void roles_are_told_that_may(void **state)
{
        (void)state;
        assert_int_equal(RUN("call", "contracts", "DecideCase", "{}", "--as", "FACILITATOR"), REFUSED);
        assert_said("qui le peut : BUYER (acheteur)");
        assert_int_equal(RUN("call", "contracts", "Contracts", "{}", "--as", "facilitateur"),
                         DONE); /* its French name */
}

/* ---- tables and letters */

static void tables_in_french(void **state)
{
        (void)state;
        assert_int_equal(RUN("play", "deploy/demo/stories/control.json"), DONE);
        assert_int_equal(RUN("contract", "ledger", "espaces", "verts"), DONE);
        assert_said("demandées par la clause");
        assert_said("Jardins d’Oc");
        assert_said("remises");
        assert_int_equal(RUN("contract", "ledger", "espaces verts / Jardins"), DONE);
        assert_said("clause → dues · Heures prévues par la clause");
        assert_int_equal(RUN("contract", "ledger", "--siret", "55210055400013"), DONE);
        assert_said("2026-18");
        assert_int_equal(RUN("contract", "cases", "espaces verts"), DONE);
        assert_said("avancement insuffisant");
        assert_int_equal(RUN("contract", "cases", "--open"), DONE);
        assert_said("Aucun dossier de contrôle.");
        assert_int_equal(RUN("contract", "progress"), DONE);
        assert_said("part faite");
        assert_int_equal(RUN("contract", "ledger"), MISUSED);
}

static void late_statements_in_french(void **state)
{
        (void)state;
        assert_int_equal(RUN("contract", "late"), DONE);
        assert_said("Aucun relevé n'est en retard.");
        assert_int_equal(RUN("play", "deploy/demo/stories/lives.json"), DONE);
        assert_int_equal(CALL("PutControlPlan", "{\"clauseId\": \"façades\", \"model\": \"mensuel\"}"), DONE);
        assert_int_equal(RUN("contract", "late"), DONE);
        assert_said("en retard de ");
        assert_said("relevé d'heures d'insertion"); /* not its code */
        assert_not_said("HOURS_STATEMENT");
}

static void letters_as_text(void **state)
{
        (void)state;
        assert_int_equal(RUN("play", "deploy/demo/stories/declined.json"), DONE);
        assert_int_equal(RUN("contract", "letter", "decline", "halle"), DONE);
        assert_said("\nMadame, Monsieur,\n");
        assert_not_said("\\n");
        assert_not_said("\"letter\"");
        assert_int_equal(RUN("contract", "letter", "notice", "espaces verts"), NOT_FOUND);
        assert_said("n'a pas de mise en demeure");
        static const char *const steps[][2] = {
                {"PutControlPlan", "{\"clauseId\": \"2026-VIES-2\", \"model\": \"mensuel\"}"},
                {"OpenCase",
                 "{\"obligationId\": \"2026-VIES-2\", \"ground\": \"avancement insuffisant\", \"openedOn\": "
                 "\"01/10/2026\"}"},
                {"RecordReminder", "{\"caseId\": \"2026-VIES-2\", \"sentOn\": \"02/10/2026\"}"},
                {"WarnBuyer", "{\"caseId\": \"2026-VIES-2\"}"},
                {"DraftFormalNotice", "{\"caseId\": \"2026-VIES-2\"}"},
        };
        assert_int_equal(RUN("play", "deploy/demo/stories/more_lives.json"), DONE);
        for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
                if (CALL(steps[i][0], steps[i][1]) != DONE)
                        fail_msg("%s: %s", steps[i][0], operator_output(operator));
        assert_int_equal(RUN("contract", "letter", "notice", "2026-VIES-2 / Lauragais"), DONE);
        assert_said("Objet : mise en demeure, clause sociale d'insertion, contrat n° 2026-VIES-2\n");
        assert_said("À confirmer avant de signer : ");
        assert_int_equal(RUN("contract", "letter", "declin", "halle"), MISUSED);
        assert_said("« decline »");
}

/* ---- exit codes */

static void exit_codes_say_what_it_was(void **state)
{
        (void)state;
        static const struct {
                int code;
                const char *words[8];
        } ends[] = {
                {DONE, {"call", "contracts", "Contracts", "{}", "--as", "COORDINATOR"}},
                {FAILED, {"import", "decp", "/nowhere.json"}},
                {MISUSED, {"call", "contracts", "Contracts", "{", "--as", "COORDINATOR"}},
                {REFUSED, {"call", "contracts", "Contracts", "{}", "--as", "PRESCRIBER"}},
                {NOT_FOUND, {"contract", "history", "0192f0c1-7a3b-7001-8f00-0123456789ab"}},
        };
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
                if (operator_run(operator, ends[i].words) != ends[i].code)
                        fail_msg("%s: not %d: %s", ends[i].words[0], ends[i].code, operator_output(operator));
        pid_t pid = operator_pid(operator, "reporting-1");
        assert_int_equal(send_signal(pid, SIGSTOP), 0);
        int code =
                RUN("call", "reporting", "Consolidation", "{\"year\": 2026}", "--as", "COORDINATOR", "--seconds", "1");
        assert_int_equal(send_signal(pid, SIGCONT), 0);
        assert_int_equal(code, UNAVAILABLE);
        assert_int_equal(RUN("--help"), DONE);
        assert_said("3 refusé, 4 introuvable, 5 indisponible");
}

/* ---- completion */

/* What bash offers behind these words. */
static void assert_completes(const char *line, const char *expected)
{
        char script[1024];
        const char *const argv[] = {"bash", "-c", script, NULL};
        (void)snprintf(
                script, sizeof(script),
                "ctl=${GUICHET_BIN:-build/dev/bin}/guichetctl; source <(\"$ctl\" completion bash) || exit 1\n"
                "COMP_WORDS=(\"$ctl\" %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                "_guichetctl; [[ \" ${COMPREPLY[*]} \" == *' %s '* ]] || { echo \"# ${COMPREPLY[*]}\"; exit 1; }\n"
                "complete -p guichetctl >/dev/null",
                line, expected);
        if (run_program(argv, -1, -1) != 0)
                fail_msg("%s: not %s", line, expected);
}

static void bash_completes(void **state)
{
        (void)state;
        assert_completes("con", "contract");
        assert_completes("call con", "contracts");
        assert_completes("call contracts PutCl", "PutClause");
        assert_completes("describe tracking.Ope", "tracking.OpenPlacement");
        assert_completes("call contracts Contracts --as COO", "COORDINATOR");
        assert_completes("contract le", "ledger");
        assert_completes("contract ledger --si", "--siret");
        assert_completes("hours ''", "validate");
        assert_completes("methods rep", "reporting");
}

static int open_network(void **state)
{
        (void)state;
        operator= operator_new(NULL);
        operator_up(operator);
        return 0;
}

static int close_network(void **state)
{
        (void)state;
        operator_free(operator);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_slip_is_understood),
                cmocka_unit_test(methods_tell_who_may),
                cmocka_unit_test(a_method_is_described),
                cmocka_unit_test(values_as_people_write_them),
                cmocka_unit_test(what_is_not_understood_names_field_and_remedy),
                cmocka_unit_test(contracts_by_number_or_words),
                cmocka_unit_test(what_a_contract_holds_by_words),
                cmocka_unit_test(roles_are_told_that_may),
                cmocka_unit_test(tables_in_french),
                cmocka_unit_test(late_statements_in_french),
                cmocka_unit_test(letters_as_text),
                cmocka_unit_test(exit_codes_say_what_it_was),
                cmocka_unit_test(bash_completes),
        };
        return cmocka_run_group_tests(tests, open_network, close_network);
}
