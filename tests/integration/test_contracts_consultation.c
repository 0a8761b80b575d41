/* The consultation through the real daemons: a company's question is answered through the buyer to all, never to one;
 * the dates follow from R2132-6; it all stands through a kill -9. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"

#define BUYER_SIRET "21310555400017"
#define ASKER       "0192f0c1-7a3b-7000-8f00-000000000008"
#define OTHER       "0192f0c1-7a3b-7000-8f00-000000000009"

static struct network *network;
static struct day today;
static char buyer[64];

static const char *in_days(int32_t days)
{
        static char texts[8][DAY_TEXT_SIZE];
        static size_t next;
        char *text = texts[next++ % ARRAY_SIZE(texts)];
        day_format(day_of_number(day_number(today) + days), text);
        return text;
}

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}, {"directory", "directory", ""}};
        struct world world = world_real();
        (void)state;
        today = local_day("", world.now_ms(&world));
        network = network_start(parts, ARRAY_SIZE(parts));
        say_as(network, "COORDINATOR", NULL, "*");
        const char *id = said_text(say("directory.PutOrganisation",
                                       "{'organisation': {'siret': '" BUYER_SIRET "', 'kind': 'PUBLIC_BUYER', 'name':"
                                       " 'Ville d’essai', 'territory': '31', 'source': 'essai'}}"),
                                   "organisationId");
        (void)strncat(buyer, id, sizeof(buyer) - 1);
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
        return said_text(say("contracts.OpenContract",
                             "{'isAnother': true, 'record': {'kind': 'MARKET', 'buyerSiret': '" BUYER_SIRET
                             "', 'buyerName': 'Ville"
                             " d’essai', 'object': 'Réfection de l’école', 'place': {'code': '31555', 'kind':"
                             " 'COMMUNE'}, 'amount': '1000000.00'}}"),
                         "contractId");
}

static const char *ask_question(const char *contract)
{
        return said_text(say("contracts.RecordQuestion",
                             "{'contractId': '%s', 'receivedOn': '%s', 'text': 'Nous, Peintures Durand, comptons-nous"
                             " nos apprentis ?', 'channel': 'BY_EMAIL', 'askerName': 'SARL Peintures Durand'}",
                             contract, in_days(0)),
                         "questionId");
}

static void test_from_one_to_all(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        const json_t *opened = say("contracts.OpenConsultation",
                                   "{'contractId': '%s', 'publishedOn': '%s', 'offersDueOn': '%s', 'urgent': true,"
                                   " 'buyerContact': 'Mme Contact'}",
                                   contract, in_days(-5), in_days(12));
        assert_string_equal(said_text(opened, "informationDueOn"), in_days(8)); /* four days before, for urgency */
        const char *question = ask_question(contract);
        (void)say_refused("INVALID_FIELD", "contracts.DraftAnswer",
                          "{'questionId': '%s', 'wording': 'Les apprentis comptent-ils ?', 'answer': 'Oui, chez"
                          " Peintures Durand aussi.'}",
                          question);
        (void)say("contracts.DraftAnswer",
                  "{'questionId': '%s', 'wording': 'Les apprentis comptent-ils ?', 'answer': 'Oui, s’ils sont"
                  " éligibles.'}",
                  question);
        (void)say_refused("WRONG_STATE", "contracts.PublishAnswer",
                          "{'questionId': '%s', 'publishedOn': '%s', 'reference': 'profil, message 12'}", question,
                          in_days(0));
        (void)say("contracts.SendAnswer", "{'questionId': '%s'}", question);

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        static const char *const companies[] = {ASKER, OTHER};
        for (size_t i = 0; i < ARRAY_SIZE(companies); i++) {
                say_as(network, "COMPANY", companies[i], "31");
                const json_t *read = say("contracts.PublishedAnswers", "{'contractId': '%s'}", contract);
                assert_int_equal(said_count(read, "answers"), 0);
                (void)say_refused("NOT_ALLOWED", "contracts.Consultation", "{'contractId': '%s'}", contract);
        }
        say_as(network, "BUYER", buyer, "*");
        const json_t *seen = say_until_granted("contracts.Consultation", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(seen, "questions.0.answer"), "Oui, s’ils sont éligibles.");
        assert_false(said_anywhere(seen, "Durand"));
        (void)say("contracts.PublishAnswer", "{'questionId': '%s', 'reference': 'profil, message 12'}", question);

        for (size_t i = 0; i < ARRAY_SIZE(companies); i++) {
                say_as(network, "COMPANY", companies[i], "31");
                const json_t *read = say("contracts.PublishedAnswers", "{'contractId': '%s'}", contract);
                assert_int_equal(said_count(read, "answers"), 1);
                assert_string_equal(said_text(read, "answers.0.question"), "Les apprentis comptent-ils ?");
                assert_false(said_anywhere(read, "Durand"));
        }
        say_as(network, "FACILITATOR", NULL, "31");
        const json_t *history = say("contracts.ContractHistory", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(history, "lines"), 6);
        assert_false(said_anywhere(history, "Durand"));
        assert_non_null(strstr(said_text(history, "lines.5.text"), "L'acheteur a publié à tous"));
}

static void test_the_dates_warn(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        (void)say("contracts.OpenConsultation", "{'contractId': '%s', 'publishedOn': '%s', 'offersDueOn': '%s'}",
                  contract, in_days(-20), in_days(4)); /* the last day for information was two days ago */
        const char *late = ask_question(contract);
        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(facts, "file.stage"), "IN_CONSULTATION");
        assert_string_equal(said_text(facts, "consultation.informationState"), "DEADLINE_LATE");
        assert_non_null(strstr(said_text(facts, "consultation.warnings.0"), "1 question sans réponse publiée"));
        assert_non_null(strstr(said_text(facts, "calendar.0.source"), "R2132-6"));
        const json_t *seen = say("contracts.Consultation", "{'contractId': '%s'}", contract);
        assert_true(json_is_true(said(seen, "questions.0.askedLate")));

        (void)say("contracts.PostponeOffers",
                  "{'contractId': '%s', 'offersDueOn': '%s', 'reason': 'Réponse à donner à tous'}", contract,
                  in_days(10));
        seen = say("contracts.Consultation", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(seen, "informationState"), "DEADLINE_SOON");
        (void)say("contracts.SetQuestionAside", "{'questionId': '%s', 'reason': 'Hors du volet social'}", late);
        seen = say("contracts.Consultation", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(seen, "warnings"), 0);
}

/* ---- the appraisal */

static const char *put_grid(const char *contract)
{
        say_as(network, "FACILITATOR:anne", NULL, "31");
        (void)say("contracts.PutAppraisalGrid",
                  "{'contractId': '%s', 'lot': 1, 'scale': 20, 'method': 'Lecture croisée', 'readers': ['%s',"
                  " '%s'], 'criteria': [{'number': 1, 'title': 'Volume', 'weight': '0.6'},"
                  " {'number': 2, 'title': 'Tutorat', 'weight': '0.4'}]}",
                  contract, say_account("anne"), say_account("bruno"));
        return said_text(
                say("contracts.RecordOffer",
                    "{'contractId': '%s', 'lot': 1, 'offer': {'members': [{'siret': '13002526500013', 'name': 'Durand',"
                    " 'organisation': '" ASKER "', 'share': '0.7'}, {'siret': '38012986646850', 'name': 'Martin',"
                    " 'share': '0.3'}], 'extraHours': '67.00', 'trainingHours': '40.00', 'tutoring': 'Deux tuteurs'}}",
                    contract),
                "offerId");
}

static void test_from_the_offer_to_what_is_owed(void **state)
{
        (void)state;
        say_as(network, "FACILITATOR", NULL, "31");
        const char *contract = open_contract();
        (void)say("contracts.PutClause",
                  "{'contractId': '%s', 'lot': 1, 'calibration': {'amount': '1000000.00', 'labourShare': '0.5',"
                  " 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                  contract);
        (void)say("contracts.OpenConsultation", "{'contractId': '%s', 'publishedOn': '%s', 'offersDueOn': '%s'}",
                  contract, in_days(-30), in_days(-1));
        const char *offer = put_grid(contract);
        (void)say("contracts.MarkOffer",
                  "{'offerId': '%s', 'marks': [{'criterion': 1, 'mark': '15', 'reason': 'Sérieux'},"
                  " {'criterion': 2, 'mark': '12.5', 'reason': 'Deux tuteurs formés'}]}",
                  offer);
        (void)say_refused("WRONG_STATE", "contracts.AgreeMarks", "{'offerId': '%s'}", offer); /* one reader only */
        say_as(network, "FACILITATOR:bruno", NULL, "31");
        const json_t *apart = say("contracts.Appraisal", "{'contractId': '%s', 'lot': 1}", contract);
        assert_int_equal(said_count(apart, "offers.0.marks"), 0);
        (void)say("contracts.MarkOffer",
                  "{'offerId': '%s', 'marks': [{'criterion': 1, 'mark': '9', 'reason': 'Peu crédible'},"
                  " {'criterion': 2, 'mark': '13.5', 'reason': 'Bien'}]}",
                  offer);
        const char *why = say_refused("INVALID_FIELD", "contracts.AgreeMarks", "{'offerId': '%s'}", offer);
        assert_non_null(strstr(why, "sous-critère 1"));
        const json_t *agreed = say("contracts.AgreeMarks",
                                   "{'offerId': '%s', 'marks': [{'criterion': 1, 'mark': '12', 'reason': 'Relu à"
                                   " deux'}]}",
                                   offer);
        assert_string_equal(said_text(agreed, "result"), "12.4"); /* 12 x 60 % + 13 x 40 % */

        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");

        say_as(network, "AUDITOR", NULL, "*");
        (void)say_refused("NOT_ALLOWED", "contracts.Appraisal", "{'contractId': '%s', 'lot': 1}", contract);
        assert_false(said_anywhere(say("contracts.ContractFacts", "{'contractId': '%s'}", contract), "Durand"));
        say_as(network, "FACILITATOR", NULL, "31");
        (void)say_refused("INVALID_FIELD", "contracts.AwardContract", "{'contractId': '%s', 'lot': 1, 'offerId': '%s'}",
                          contract, offer); /* it is not the facilitator who decides */

        say_as(network, "BUYER", buyer, "*");
        const json_t *seen = say_until_granted("contracts.Appraisal", "{'contractId': '%s', 'lot': 1}", contract);
        assert_string_equal(said_text(seen, "offers.0.offer.tutoring"), "Deux tuteurs");
        assert_int_equal(said_count(seen, "offers.0.marks"), 0);
        const json_t *report = say("contracts.AppraisalReport", "{'contractId': '%s', 'lot': 1}", contract);
        assert_non_null(strstr(said_text(report, "text"), "Note pondérée : 12,4 / 20"));
        const json_t *awarded =
                say("contracts.AwardContract", "{'contractId': '%s', 'lot': 1, 'offerId': '%s'}", contract, offer);
        assert_int_equal(said_count(awarded, "obligations"), 2);
        assert_string_equal(said_text(awarded, "obligations.0.hours"), "630.00"); /* 70 % of 833 + 67 */
        assert_string_equal(said_text(awarded, "obligations.1.hours"), "270.00");

        const json_t *facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_string_equal(said_text(facts, "file.stage"), "IN_EXECUTION");
        assert_int_equal(said_count(facts, "commitments"), 2);
        assert_true(said_anywhere(facts, "28.00")); /* of training, 70 % of 40 */
        say_as(network, "COMPANY", ASKER, "31");
        facts = say("contracts.ContractFacts", "{'contractId': '%s'}", contract);
        assert_int_equal(said_count(facts, "commitments"), 1);
        assert_string_equal(said_text(facts, "commitments.0.tutoring"), "Deux tuteurs");
        assert_false(said_anywhere(facts, "Martin"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_from_one_to_all),
                cmocka_unit_test(test_the_dates_warn),
                cmocka_unit_test(test_from_the_offer_to_what_is_owed),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
