/* Agreements through the real daemon: drafted, refused while incomplete, printed, signed, covering a contract that is
 * followed; the year's fee, the warning, who sees what; through a kill -9. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"

static struct network *network;
static int year;
static char today[DAY_TEXT_SIZE], soon[DAY_TEXT_SIZE];

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}};
        struct world world = world_real();
        struct day now = local_day("", world.now_ms(&world));
        (void)state;
        year = day_civil(now).year;
        day_format(now, today);
        day_format(day_of_number(day_number(now) + 80), soon);
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

/* With or without its perimeter: a draft may be put again until it is signed. */
static const char *put(const char *id, const char *perimeter)
{
        char named[64] = "";
        if (id != NULL)
                (void)snprintf(named, sizeof(named), "'agreementId': '%s', ", id);
        return said_text(say("contracts.PutAgreement",
                             "{%s'agreement': {'buyerSiret': '21310555400017', 'buyerName': 'Ville d’essai',"
                             " 'buyerRepresentedBy': 'son maire', 'carrierSiret': '13002526500013',"
                             " 'carrierName': 'Maison de l’emploi', 'carrierRepresentedBy': 'sa présidente',"
                             " 'perimeter': '%s', 'territories': ['31'],"
                             " 'buyerCommitments': ['associer le facilitateur dès la programmation'],"
                             " 'carrierCommitments': ['rendre un bilan par an'],"
                             " 'fee': {'kind': 'PER_CONTRACT', 'rate': '750.00'}, 'startsOn': '%d-01-01',"
                             " 'endsOn': '%s', 'noticeDays': 30}}",
                             named, perimeter, year, soon),
                         "agreementId");
}

/* A contract in preparation, notified today. */
static const char *open_contract(void)
{
        return said_text(say("contracts.OpenContract",
                             "{'isAnother': true,"
                             " 'record': {'kind': 'MARKET', 'number': '2026-031', 'buyerSiret': '21310555400017',"
                             " 'object': 'Réfection de l’école', 'notifiedOn': '%s',"
                             " 'place': {'code': '31555', 'kind': 'COMMUNE'}}}",
                             today),
                         "contractId");
}

static const char *draft_and_sign(void)
{
        const char *agreement = put(NULL, "");
        const char *missing = say_refused("WRONG_STATE", "contracts.SignAgreement",
                                          "{'agreementId': '%s', 'signedOn': '%s'}", agreement, today);
        assert_non_null(strstr(missing, "périmètre"));
        (void)put(agreement, "Tous les marchés de la ville.");
        const json_t *print = say("contracts.AgreementText", "{'agreementId': '%s'}", agreement);
        assert_non_null(strstr(said_text(print, "text"), "Tous les marchés de la ville."));
        const json_t *is_signed =
                say("contracts.SignAgreement", "{'agreementId': '%s', 'signedOn': '%s'}", agreement, today);
        assert_string_equal(said_text(is_signed, "state"), "AGREEMENT_IN_FORCE");
        return agreement;
}

static void test_its_life(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        const json_t *without = say("contracts.UncoveredContracts", "{}");
        assert_int_equal(said_count(without, "contracts"), 1);
        assert_non_null(strstr(said_text(without, "contracts.0.reason"), "Aucune convention"));
        const char *agreement = draft_and_sign();

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        assert_int_equal(said_count(say("contracts.UncoveredContracts", "{}"), "contracts"), 0);
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(facts, "agreement.agreementId"), agreement);
        assert_non_null(strstr(said_text(facts, "calendar.0.what"), "Convention avec Ville d’essai"));
        const json_t *to_renew = say("contracts.Agreements", "{'toRenew': true}");
        assert_int_equal(said_count(to_renew, "agreements"), 1);
        assert_non_null(strstr(said_text(to_renew, "agreements.0.warning"), "convenez de son renouvellement"));
        const json_t *fee = say("contracts.AgreementFee", "{'agreementId': '%s', 'year': %d}", agreement, year);
        assert_string_equal(said_text(fee, "fee"), "750.00");
        assert_string_equal(said_text(fee, "lines.0.contractId"), contract);

        (void)say("contracts.RenewAgreement", "{'agreementId': '%s', 'endsOn': '%d-12-31', 'agreedOn': '%s'}",
                  agreement, year + 3, today);
        assert_int_equal(said_count(say("contracts.Agreements", "{'toRenew': true}"), "agreements"), 0);
        (void)say("contracts.EndAgreement",
                  "{'agreementId': '%s', 'by': 'BY_BOTH', 'toldOn': '%s', 'endsOn': '%s',"
                  " 'reason': 'Remplacée par une convention de l’agglomération.'}",
                  agreement, today, soon);
        const json_t *view = say("contracts.AgreementById", "{'agreementId': '%s'}", agreement);
        assert_int_equal(said_count(view, "history"), 5);
        assert_non_null(strstr(said_text(view, "history.4.text"), "d'un commun accord"));
}

static void test_who_may(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *agreement = put(NULL, "Les écoles.");
        say_as(network, "FACILITATOR", NULL, "65");
        (void)say_refused("NOT_ALLOWED", "contracts.SignAgreement", "{'agreementId': '%s', 'signedOn': '%s'}",
                          agreement, today);
        say_as(network, "BUYER", NULL, "*");
        (void)say_refused("NOT_FOUND", "contracts.AgreementById", "{'agreementId': '%s'}", agreement);
        (void)say_refused("NOT_ALLOWED", "contracts.PutAgreement", "{}");
        say_as(network, "COMPANY", NULL, "*");
        (void)say_refused("NOT_ALLOWED", "contracts.Agreements", "{}");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_its_life),
                cmocka_unit_test(test_who_may),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
