/* PutContractPart: tranches and renewals as the contract says them; what they add is owed from their day on. */
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/obligations/scene.h"
#include "tests/unit/services/contracts/obligations/told_parts.h"

static int64_t due_of(struct fixture *f, Types__Id *obligation)
{
        return see_obligation(f, obligation)->due->hundredths / 100;
}

/* 250 h of the lead and 150 h of the member from 2 March 2027 on, unless the buyer speaks until 31 January. */
static Contracts__PutContractPart *renewal_of(struct fixture *f, const struct scene *scene)
{
        Contracts__PutContractPart *command = part_of(f, scene->contract, TACIT);
        part_runs(f, command, a_day(f, 2027, 3, 2));
        part_adds(f, command, scene->lead, 250);
        part_adds(f, command, scene->member, 150);
        return command;
}

static const Contracts__CalendarLine *line_saying(const Contracts__ContractFactsReply *facts, const char *words)
{
        for (size_t i = 0; i < facts->n_calendar; i++)
                if (strstr(facts->calendar[i]->what, words) != NULL)
                        return facts->calendar[i];
        return NULL;
}

static void test_a_tacit_renewal_comes_by_itself(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        struct due due;
        const Contracts__PutContractPartReply *reply = put_part(f, renewal_of(f, &scene));
        assert_int_equal(reply->state, CONTRACTS__PART_STATE__PART_COMING);
        assert_int_equal(reply->n_postings, 0);
        assert_int_equal(due_of(f, scene.lead), 500);
        const Contracts__ContractFactsReply *facts = facts_with_parts(f, buyer(f), scene.contract);
        const Contracts__CalendarLine *line = line_saying(facts, "dernier jour où l'acheteur peut y renoncer");
        assert_int_equal(line->on->days, a_day(f, 2027, 1, 31)->days);
        assert_string_equal(line_saying(facts, "commence")->what, "reconduction tacite n° 1 : commence, 400 h de plus");
        assert_int_equal(facts->parts[0]->state, CONTRACTS__PART_STATE__PART_COMING);

        part_day_comes(f, scene.contract);
        assert_int_equal(due_of(f, scene.lead), 750);
        assert_int_equal(due_of(f, scene.member), 483);
        assert_int_equal(ledger_sum(f, NULL), 0);
        assert_false(part_is_due(f, scene.contract, &due));
        facts = facts_with_parts(f, coordinator(f), scene.contract);
        assert_int_equal(facts->parts[0]->state, CONTRACTS__PART_STATE__PART_BEGUN);
        assert_null(line_saying(facts, "reconduction"));
        assert_string_equal(facts->history[0]->text,
                            "A commencé, le 2 mars 2027 : reconduction tacite n° 1. Entreprise 13002526500013 : 250 h "
                            "de plus à devoir. Entreprise 38012986646850 : 150 h de plus à devoir.");
        fixture_verify(f);
}

/* Told once its day has passed: owed at once; withdrawn: as if it had never been. */
static void test_told_late_and_withdrawn(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        struct due due;
        Contracts__PutContractPart *command = part_of(f, scene.contract, TACIT);
        part_runs(f, command, a_day(f, 2026, 9, 1));
        part_adds(f, command, scene.lead, 100);
        assert_int_equal(put_part(f, command)->n_postings, 1);
        assert_int_equal(due_of(f, scene.lead), 600);
        /* an amendment of before tells the hours in all, and the renewal comes on top */
        Contracts__AmendObligation *amend = amendment(f, scene.lead, 700);
        amend->amended_on = a_day(f, 2026, 8, 1);
        (void)fixture_get(f, facilitator(f), "AmendObligation", amend);
        assert_int_equal(due_of(f, scene.lead), 800);
        (void)withdraw(f, scene.contract, last_act(f) - 1);
        assert_int_equal(due_of(f, scene.lead), 700);
        assert_int_equal(facts_with_parts(f, coordinator(f), scene.contract)->n_parts, 0);
        (void)put_part(f, renewal_of(f, &scene));
        assert_true(part_is_due(f, scene.contract, &due));
        (void)withdraw(f, scene.contract, last_act(f));
        assert_false(part_is_due(f, scene.contract, &due));
        balanced(f, scene.lead);
}

/* Security: a company reads what it owes itself. */
static void test_a_company_sees_its_own_hours(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        (void)put_part(f, renewal_of(f, &scene));
        const Contracts__ContractFactsReply *facts =
                facts_with_parts(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), scene.contract);
        assert_int_equal(facts->parts[0]->hours->hundredths, 15000);
        assert_int_equal(facts->parts[0]->part->n_hours, 1);
        assert_string_equal(line_saying(facts, "commence")->what, "reconduction tacite n° 1 : commence, 150 h de plus");
}

static const Types__Refusal *refused(struct fixture *f, const Wire__Passport *actor,
                                     Contracts__PutContractPart *command, Types__RefusalCode code)
{
        return fixture_refused(f, actor, "PutContractPart", command, code);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__PutContractPart *command = renewal_of(f, &scene);
        (void)refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, buyer(f), command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), command,
                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->ends_on = NULL;
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "endsOn");
        command = renewal_of(f, &scene);
        part_adds(f, command, scene.lead, 1);
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "hours.obligationId");
        command = renewal_of(f, &scene);
        part_adds(f, command, scene.elsewhere, 1); /* of another contract */
        (void)refused(f, coordinator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = renewal_of(f, &scene);
        command->rank = 0;
        (void)refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)put_part(f, renewal_of(f, &scene));
        (void)refused(f, facilitator(f), renewal_of(f, &scene), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        ended(f, scene.contract);
        command = part_of(f, scene.contract, TRANCHE);
        part_adds(f, command, scene.lead, 1);
        (void)refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* A framework agreement's hours follow its invoices: its renewal moves the end alone. */
static void test_of_a_framework_agreement(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        Types__Id *contract = see_obligation(f, members[0])->contract_id;
        Contracts__PutContractPart *command = part_of(f, contract, TACIT);
        part_runs(f, command, a_day(f, 2027, 3, 2));
        part_adds(f, command, members[0], 10);
        (void)refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->n_hours = 0;
        (void)put_part(f, command);
        part_day_comes(f, contract);
        assert_int_equal(due_of(f, members[0]), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_tacit_renewal_comes_by_itself, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_told_late_and_withdrawn, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_sees_its_own_hours, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_framework_agreement, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
