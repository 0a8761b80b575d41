/* Calibration through the real daemon: the five methods on the lots of one contract, each with its domain vector; what
 * the clause keeps of them through a kill -9; the comparison; what is refused; the history in French. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>

#include "tests/lib/dialogue.h"

static struct network *network;

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

static const char *open_contract(void)
{
        return said_text(
                say("contracts.OpenContract",
                    "{'isAnother': true, 'record': {'kind': 'MARKET', 'buyerSiret': '21310555400017', 'object':"
                    " 'Rénovation du quartier', 'place': {'code': '31555', 'kind': 'COMMUNE'}, 'durationMonths': 24},"
                    " 'lots': [{'number': 1, 'amount': '1000000.00'}, {'number': 2, 'amount': '3000000.00'},"
                    " {'number': 3, 'amount': '199000.00'}, {'number': 4, 'amount': '1500000.00'},"
                    " {'number': 5, 'amount': '50000.00', 'durationMonths': 3}, {'number': 6}]}"),
                "contractId");
}

/* What is asked of each lot, whose amount is known, and what it gives. */
static const struct {
        const char *calibration, *hours, *told;
} lots[] = {
        {"{'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}", "833.00", "÷"},
        {"{'method': 'PER_INVOICED', 'amountPerHour': '2000.00', 'trigger': '2700000.00'}", "150.00", "au-delà de"},
        {"{'method': 'STEP_TABLE', 'table': 'formation'}", "300.00", "barème par paliers"},
        {"{'method': 'SHARE_OF_HOURS', 'scheme': 'npnru', 'trade': 'peinture', 'hourlyCost': '30.00'}", "1750.00",
         "travaillées (estimées)"},
        {"{'method': 'FIXED_HOURS', 'chosenHours': '107', 'rounding': 'TO_35'}", "105.00", "volume fixé"},
};

static void test_each_method(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        for (size_t i = 0; i < ARRAY_SIZE(lots); i++)
                assert_string_equal(
                        said_text(say("contracts.PutClause", "{'contractId': '%s', 'lot': %zu, 'calibration': %s}",
                                      contract, i + 1, lots[i].calibration),
                                  "hours"),
                        lots[i].hours);

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        const json_t *view = say("contracts.ContractById", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(view, "clauses"), 5);
        assert_string_equal(said_text(view, "clausesHours"), "3138.00");
        assert_string_equal(said_text(view, "clauses.0.method"), "FORMULA");
        assert_string_equal(said_text(view, "clauses.0.fullTimeEquivalent"), "0.520625");
        assert_string_equal(said_text(view, "clauses.2.calibration.steps.1.hours"), "300.00");
        assert_string_equal(said_text(view, "clauses.3.calibration.labourShare"), "0.7"); /* that of the trade */
        assert_string_equal(said_text(view, "clauses.3.calibration.targetPublics.0"), "B_QPV");
        assert_true(said_anywhere(said(view, "clauses.3"), "Habitant d'un quartier prioritaire"));
        assert_true(said_anywhere(said(view, "clauses.4"), "trop peu pour embaucher"));
        assert_true(said_anywhere(said(view, "clauses.4"), "Le lot dure 3 mois"));

        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        for (size_t i = 0; i < ARRAY_SIZE(lots); i++) {
                const char *text =
                        json_string_value(json_object_get(json_array_get(said(history, "lines"), i + 1), "text"));
                assert_non_null(text);
                assert_non_null(strstr(text, lots[i].told));
        }
}

static void test_side_by_side(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        const json_t *reply = say("contracts.CompareCalibrations",
                                  "{'contractId': '%s', 'lot': 4, 'sensitivity': '0.2', 'calibrations': ["
                                  "{'trade': 'peinture', 'insertionRate': '0.1', 'hourlyCost': '30.00'},"
                                  "{'method': 'FIXED_HOURS', 'chosenHours': '3000'},"
                                  "{'method': 'STEP_TABLE'}]}",
                                  contract);
        assert_string_equal(said_text(reply, "options.0.result.hours"), "3500.00");
        assert_string_equal(said_text(reply, "options.0.sensitivity.0.less"), "2800.00");
        assert_string_equal(said_text(reply, "options.0.sensitivity.0.more"), "4200.00");
        assert_true(said_anywhere(said(reply, "options.0.result.sources"), "Laser Emploi"));
        assert_string_equal(said_text(reply, "options.1.difference"), "-500.00");
        assert_string_equal(said_text(reply, "options.2.refusal.field"), "calibration.steps");
        assert_int_equal(said_count(say("contracts.ContractById", "{'contractId': '%s'}", contract), "clauses"), 0);

        const json_t *one = say("contracts.Calibrate",
                                "{'calibration': {'amount': '1000000.00', 'trade': 'vrd', 'insertionRate': '0.05',"
                                " 'hourlyCost': '30.00'}}");
        assert_true(json_is_true(said(one, "sources.0.toConfirm"))); /* no source has been found for that trade */
}

static void test_what_is_refused(void **state)
{
        static const char *const refused[][2] = {
                {"1, 'calibration': {'method': 'FORMULA', 'insertionRate': '0.05', 'hourlyCost': '30.00'}",
                 "La part de main-d'œuvre n'est pas indiquée"},
                {"2, 'calibration': {'method': 'FIXED_HOURS', 'chosenHours': '17', 'rounding': 'TO_35'}",
                 "Le calcul donne 0 h"},
                {"3, 'calibration': {'method': 'STEP_TABLE', 'table': 'formation', 'chosenHours': '301'}",
                 "jamais plus"},
                {"5, 'calibration': {'method': 'STEP_TABLE', 'table': 'formation'}", "à partir de 12 mois"},
                {"6, 'calibration': {'method': 'STEP_TABLE', 'table': 'formation'}", "Le montant HT"},
        };
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
                assert_non_null(strstr(say_refused("INVALID_FIELD", "contracts.PutClause",
                                                   "{'contractId': '%s', 'lot': %s}", contract, refused[i][0]),
                                       refused[i][1]));
}

static void test_not_once_somebody_owes_it(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        const char *clause = said_text(say("contracts.PutClause", "{'contractId': '%s', 'lot': 1, 'calibration': %s}",
                                           contract, lots[0].calibration),
                                       "clauseId");
        const char *fixed = "{'method': 'FIXED_HOURS', 'chosenHours': '900'}";
        assert_string_equal(said_text(say("contracts.PutClause", "{'contractId': '%s', 'lot': 1, 'calibration': %s}",
                                          contract, fixed),
                                      "hours"),
                            "900.00");
        (void)say("contracts.RecordObligation",
                  "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName': 'Peintures du Lauragais'}",
                  clause);
        (void)say_refused("WRONG_STATE", "contracts.PutClause", "{'contractId': '%s', 'lot': 1, 'calibration': %s}",
                          contract, lots[0].calibration);
        (void)say("contracts.PutClause", "{'contractId': '%s', 'lot': 1, 'calibration': %s}", contract, fixed);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_method),
                cmocka_unit_test(test_side_by_side),
                cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_not_once_somebody_owes_it),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
