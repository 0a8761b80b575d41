/* Persons proposed for needs, through the real daemons: two partitions of tracking, the needs of contracts, a
 * prescriber who is told of each step, a company that knows no name, the verbs of guichetctl; through a kill -9, and an
 * erasure. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/run_ctl.h"

#define COMPANY    "0192f0c1-7a3b-7000-8f00-000000000008"
#define SUCCESSOR  "0192f0c1-7a3b-7000-8f00-000000000007"
#define PRESCRIBER "0192f0c1-7a3b-7000-8f00-000000000009"
#define OTHER      "0192f0c1-7a3b-7000-8f00-00000000000a"
#define NAME       "Quatrebarbes-Essai"
#define NO_VERSION "18446744073709551615"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20 };

static struct network *network;
static char today[DAY_TEXT_SIZE], yesterday[DAY_TEXT_SIZE], next_month[DAY_TEXT_SIZE];

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"directory-1", "directory", ""},
                {"notifications-1", "notifications", ""},
                {"tracking-1", "tracking", "\"partition\":1,\"territories\":[\"31\"],"},
                {"tracking-2", "tracking", "\"partition\":2,\"territories\":[\"34\"],"},
        };
        struct world world = world_real();
        (void)state;
        struct day now = local_day("", world.now_ms(&world));
        day_format(now, today);
        day_format(day_of_number(day_number(now) - 1), yesterday);
        day_format(day_add_months(now, 1), next_month);
        network = network_start(parts, sizeof(parts) / sizeof(parts[0]));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

static void as_facilitator(void)
{
        say_as(network, "FACILITATOR:anne", NULL, "31,34");
}

static void as_prescriber(void)
{
        say_as(network, "PRESCRIBER", PRESCRIBER, "31,34");
}

static void as_company(void)
{
        say_as(network, "COMPANY", COMPANY, "");
}

/* ---- what there is */

static const char *obligation, *need;

static const char *declare_need(const char *title)
{
        say_as(network, "FACILITATOR:anne", NULL, "31,34");
        return said_text(
                say("contracts.DeclareNeed",
                    "{'obligationId': '%s', 'romeCode': 'F1606', 'title': '%s', 'positions': 2, 'startsOn': '%s',"
                    " 'commune': '31555', 'place': 'École Jean-Jaurès', 'modality': 'DIRECT_HIRE'}",
                    obligation, title, next_month),
                "needId");
}

static void owe(void)
{
        as_facilitator();
        const char *contract = said_text(
                say("contracts.OpenContract",
                    "{'record': {'kind': 'MARKET', 'number': '2026-051', 'buyerSiret': '21310555400017', 'object':"
                    " 'Réfection de l’école', 'cpv': '45442100-8', 'place': {'code': '31555', 'kind': 'COMMUNE'},"
                    " 'amount': '1000000.00', 'startsOn': '%s'}, 'territories': ['31', '34']}",
                    next_month),
                "contractId");
        const char *clause =
                said_text(say("contracts.PutClause",
                              "{'contractId': '%s', 'lot': 1, 'territories': ['31', '34'], 'calibration': {'amount':"
                              " '1000000.00', 'labourShare': '0.5', 'insertionRate': '0.05', 'hourlyCost': '30.00'}}",
                              contract),
                          "clauseId");
        obligation =
                said_text(say("contracts.RecordObligation",
                              "{'clauseId': '%s', 'contractorSiret': '13002526500013', 'contractorName': 'Peintures"
                              " du Lauragais', 'contractorOrganisation': '" COMPANY "'}",
                              clause),
                          "obligationId");
        need = declare_need("Peintre en bâtiment");
}

static const char *refer(const char *territory)
{
        as_prescriber();
        return said_text(say("tracking.ReferBeneficiary",
                             "{'identity': {'familyName': '" NAME "', 'givenName': 'Zéphirine', 'bornOn': '1990-05-17',"
                             " 'sex': 'WOMAN'}, 'territory': '%s'}",
                             territory),
                         "beneficiaryId");
}

static void make_eligible(const char *person)
{
        as_facilitator();
        (void)say("tracking.DecideEligibility",
                  "{'beneficiaryId': '%s', 'publicCode': 'B_RSA', 'proofCode': 'ATTESTATION_RSA', 'proofDated': '%s',"
                  " 'validFrom': '%s', 'eligible': true}",
                  person, yesterday, today);
}

static const char *propose(const char *person, const char *for_need)
{
        as_prescriber();
        return said_text(say_until_granted("tracking.ProposeBeneficiary",
                                           "{'beneficiaryId': '%s', 'needId': '%s', 'proposedOn': '%s'}", person,
                                           for_need, yesterday),
                         "proposalId");
}

static void send_it(const char *proposal)
{
        as_facilitator();
        (void)say("tracking.SendProposal", "{'proposalId': '%s', 'sentOn': '%s', 'seen': '" NO_VERSION "'}", proposal,
                  today);
}

static const json_t *answer(const char *proposal, const char *what, const char *more)
{
        return say("tracking.AnswerProposal",
                   "{'proposalId': '%s', 'answer': '%s', 'answeredOn': '%s', 'seen': '" NO_VERSION "'%s}", proposal,
                   what, today, more);
}

/* What the prescriber finds in its inbox, a moment after. */
static void told(const char *text)
{
        as_prescriber();
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                const json_t *box = say("notifications.Inbox", "{}");
                assert_false(said_anywhere(box, NAME));
                if (said_anywhere(box, text))
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("nobody was told of: %s", text);
}

/* How many lines the list has, over both partitions. */
static size_t lines_of(const char *method, const char *list)
{
        char after[512] = "";
        size_t count = 0;
        do {
                const json_t *page = say(method, "{'page': {'limit': 100, 'after': '%s'}}", after);
                const char *next = json_string_value(json_object_get(page, "next"));
                count += said_count(page, list);
                (void)snprintf(after, sizeof(after), "%s", next == NULL ? "" : next);
        } while (after[0] != '\0');
        return count;
}

static size_t actions(void)
{
        return lines_of("tracking.NextActions", "actions");
}

/* ---- */

static const char *person, *proposal;

static void test_from_referral_to_taken(void **state)
{
        (void)state;
        owe();
        person = refer("31");
        proposal = propose(person, need);
        as_facilitator();
        const json_t *next = say("tracking.NextActions", "{}");
        assert_int_equal(said_count(next, "actions"), 1);
        assert_string_equal(said_text(next, "actions.0.actor"), "FACILITATOR_ACTS");
        assert_string_equal(said_text(next, "actions.0.since"), yesterday);
        (void)say_refused("NOT_ELIGIBLE", "tracking.SendProposal",
                          "{'proposalId': '%s', 'sentOn': '%s', 'seen': '" NO_VERSION "'}", proposal, today);
        make_eligible(person);
        as_company();
        (void)say_refused("NOT_FOUND", "tracking.ProposalById", "{'proposalId': '%s'}", proposal);
        send_it(proposal);
        told("proposée à l'entreprise pour « Peintre en bâtiment »");

        as_company();
        assert_int_equal(actions(), 1);
        const json_t *view = say("tracking.ProposalById", "{'proposalId': '%s'}", proposal);
        assert_string_equal(said_text(view, "nextActor"), "COMPANY_ACTS");
        assert_false(said_anywhere(view, person)); /* no number by which she could be known again */
        assert_false(said_anywhere(view, NAME));
        assert_false(said_anywhere(view, "RSA"));
        (void)answer(proposal, "PROPOSAL_NO_SHOW", "");
        told("pas venue");
        assert_int_equal(actions(), 1); /* the prescriber's turn */
        (void)say("tracking.ResumeProposal", "{'proposalId': '%s', 'resumedOn': '%s', 'seen': '" NO_VERSION "'}",
                  proposal, today);

        network_kill(network, "tracking-1", SIGKILL);
        network_restart(network, "tracking-1");
        network_kill(network, "notifications-1", SIGKILL);
        network_restart(network, "notifications-1");

        as_company();
        (void)answer(proposal, "PROPOSAL_MET", "");
        const json_t *reply = answer(proposal, "PROPOSAL_TAKEN", "");
        assert_string_equal(said_text(reply, "nextAction"), "Ouvrir le parcours");
        told("retenue pour « Peintre en bâtiment »");
}

static const char *placed;

static void test_a_placement_follows(void **state)
{
        (void)state;
        as_facilitator();
        placed = said_text(say("tracking.OpenPlacement",
                               "{'beneficiaryId': '%s', 'obligationId': '%s', 'modality': 'DIRECT_HIRE', 'employer':"
                               " '" COMPANY "', 'employerName': 'Peintures du Lauragais', 'tutor': 'M. Tuteur',"
                               " 'startsOn': '%s', 'weeklyHours': '35', 'romeCode': 'F1606', 'workContract': 'CDD',"
                               " 'endsOn': '%s', 'proposalId': '%s'}",
                               person, obligation, today, next_month, proposal),
                           "placementId");
        as_prescriber();
        const json_t *path = say("tracking.Pathway", "{'beneficiaryId': '%s'}", person);
        assert_string_equal(said_text(path, "proposals.0.state"), "PROPOSAL_PLACED");
        assert_int_equal(said_count(path, "proposals.0.steps"), 7);
        assert_string_equal(said_text(path, "placements.0.proposalId"), proposal);
        assert_int_equal(said_count(path, "eligible"), 1);
        assert_false(said_anywhere(path, NAME));
        assert_false(said_anywhere(path, "RSA"));
        assert_int_equal(actions(), 0);
        say_as(network, "PRESCRIBER", OTHER, "31,34");
        (void)say_refused("NOT_FOUND", "tracking.Pathway", "{'beneficiaryId': '%s'}", person);
}

/* A person of the other partition, for the same need; what is not taken leaves the company's view, and comes back when
 * the answer was wrong. */
static void test_the_other_partition(void **state)
{
        (void)state;
        const char *her = refer("34"), *hers;
        make_eligible(her);
        hers = propose(her, need);
        assert_string_not_equal(hers, proposal);
        send_it(hers);
        as_company();
        assert_int_equal(lines_of("tracking.Proposals", "proposals"), 2);
        (void)say_refused(
                "INVALID_FIELD", "tracking.AnswerProposal",
                "{'proposalId': '%s', 'answer': 'PROPOSAL_NOT_TAKEN', 'answeredOn': '%s', 'seen': '" NO_VERSION "'}",
                hers, today);
        (void)answer(hers, "PROPOSAL_NOT_TAKEN", ", 'refusalCode': 'OTHER', 'words': 'chantier des Glycines fermé'");
        (void)say_refused("NOT_FOUND", "tracking.ProposalById", "{'proposalId': '%s'}", hers);
        assert_int_equal(lines_of("tracking.Proposals", "proposals"), 1);
        told("Motif : autre motif");
        as_facilitator();
        (void)say("tracking.CorrectProposal",
                  "{'proposalId': '%s', 'state': 'PROPOSAL_MET', 'happenedOn': '%s', 'reason': 'mauvaise ligne cochée',"
                  " 'seen': '" NO_VERSION "'}",
                  hers, today);
        as_company();
        assert_string_equal(said_text(say("tracking.ProposalById", "{'proposalId': '%s'}", hers), "state"),
                            "PROPOSAL_MET");
        told("une étape était fausse");

        /* the contract passes to another company: it answers from now on */
        as_facilitator();
        (void)say("contracts.AssignObligation",
                  "{'obligationId': '%s', 'contractorSiret': '21310555400017', 'contractorName': 'Peintres associés',"
                  " 'contractorOrganisation': '" SUCCESSOR
                  "', 'reference': 'avenant 2', 'assignedOn': '%s', 'seen': '" NO_VERSION "'}",
                  obligation, today);
        say_as(network, "COMPANY", SUCCESSOR, "");
        (void)say_until_granted("tracking.ProposalById", "{'proposalId': '%s'}", hers);
        as_company();
        (void)say_refused("NOT_FOUND", "tracking.ProposalById", "{'proposalId': '%s'}", hers);

        /* the need closes: who is still proposed for it is told */
        as_facilitator();
        (void)say("contracts.CloseNeed", "{'needId': '%s', 'state': 'NEED_FILLED'}", need);
        told("proposition retirée pour « Peintre en bâtiment »");
        as_facilitator();
        assert_string_equal(said_text(say("tracking.ProposalById", "{'proposalId': '%s'}", hers), "outcomeCode"),
                            "NEED_CLOSED");
        (void)say_refused("WRONG_STATE", "tracking.ProposeBeneficiary",
                          "{'beneficiaryId': '%s', 'needId': '%s', 'proposedOn': '%s'}", her, need, today);
}

/* ---- guichetctl, and an erasure */

#define CTL(...) CTL_RUN(network_directory(network), __VA_ARGS__)

static void test_verbs(void **state)
{
        (void)state;
        const char *her = refer("34"), *other_need = declare_need("Jardinier");
        (void)propose(her, other_need);
        ctl_done(CTL("next"));
        ctl_said("Vérifier l'éligibilité et envoyer la proposition");
        ctl_said("Jardinier");
        ctl_done(CTL("proposal", "list", "--person", her));
        ctl_said("proposée");
        char id[64];
        const char *at = strstr(ctl_output(), "\n");
        assert_non_null(at);
        (void)snprintf(id, sizeof(id), "%.36s", at + 1);
        make_eligible(her);
        ctl_done(CTL("proposal", "send", id, "--on", today));
        ctl_said("envoyée");
        ctl_said("entreprise, d'ici le");
        assert_int_equal(CTL("proposal", "withdraw", id), 3); /* no code */
        ctl_said("withdrawalCode : Dites pourquoi");
        ctl_done(CTL("proposal", "postpone", id, "--until", next_month, "--code", "START_POSTPONED"));
        ctl_done(CTL("proposal", "resume", id));
        ctl_done(CTL("proposal", "answer", id, "--state", "taken", "--as", "COMPANY", "--organisation", SUCCESSOR));
        ctl_said("Ouvrir le parcours");
        ctl_done(CTL("proposal", "correct", id, "--state", "not-taken", "--code", "DATES", "--reason",
                     "une erreur de ligne"));
        ctl_done(CTL("proposal", "show", id));
        ctl_said("(faux, corrigé depuis)");
        ctl_said("les dates ou les horaires ne conviennent pas");
        ctl_done(CTL("proposal", "path", her));
        ctl_said("Éligible du");
        assert_int_equal(CTL("proposal", "answer", id, "--state", "peut-être"), 2);
        assert_int_equal(CTL("proposal", "dance"), 2);
        ctl_done(CTL("person", "export", her, "--reason-code", "PERSON_ASKED", "--reason",
                     "copie demandée le 12 octobre"));
        ctl_said("Propositions");
        ctl_said("une erreur de ligne");
        ctl_done(CTL("person", "erase", her, "--code", "PERSON_ASKED"));
        ctl_said("a été proposée");
        assert_int_equal(CTL("proposal", "show", id), 4);
        ctl_done(CTL("verify"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_from_referral_to_taken),
                cmocka_unit_test(test_a_placement_follows),
                cmocka_unit_test(test_the_other_partition),
                cmocka_unit_test(test_verbs),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
