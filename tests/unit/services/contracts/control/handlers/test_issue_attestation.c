/* IssueAttestation: not while hours remain that the buyer did not waive. */
#include "tests/unit/services/contracts/control/relief.h"

static Contracts__IssueAttestation *attestation_of(struct fixture *f, Types__Id *obligation)
{
        Contracts__IssueAttestation *command = pb_new(&contracts__issue_attestation__descriptor, &f->arena);
        command->obligation_id = obligation;
        return command;
}

static void test_when_all_is_done(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        hours_validated(f, 1, c.obligation, 1, 80000);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "IssueAttestation", attestation_of(f, c.obligation),
                                TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "Il reste 33\u00a0h"));
        invoice_converted(f, 2, c.obligation, 50, 3300);
        const Contracts__IssueAttestationReply *reply =
                fixture_get(f, facilitator(f), "IssueAttestation", attestation_of(f, c.obligation));
        assert_non_null(strstr(reply->text, "Heures prévues par la clause : 833\u00a0h"));
        assert_non_null(strstr(reply->text, "personnes éligibles : 800\u00a0h"));
        assert_non_null(strstr(reply->text, "sous-traitance inclusive : 33\u00a0h"));
        assert_non_null(strstr(reply->text, "L'acheteur n'a renoncé à aucune heure."));
        uint64_t before = engine_position(f->engine);
        days_pass(f, 10);
        const Contracts__IssueAttestationReply *again =
                fixture_get(f, facilitator(f), "IssueAttestation", attestation_of(f, c.obligation));
        assert_string_equal(again->text, reply->text);
        assert_int_equal(engine_position(f->engine), before);
        assert_non_null(control_of_contract(f, c.contract)->attested_on);
        Contracts__LateStatementsRequest late = CONTRACTS__LATE_STATEMENTS_REQUEST__INIT;
        today_is(f, 2027, 6, 1); /* no statement came, and none is late: all is done and attested */
        assert_int_equal(
                ((const Contracts__LateStatementsReply *)fixture_get(f, facilitator(f), "LateStatements", &late))
                        ->n_lines,
                0);
        Contracts__ContractFactsRequest of = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        of.contract_id = c.contract;
        const Contracts__ContractFactsReply *facts = fixture_get(f, facilitator(f), "ContractFacts", &of);
        for (size_t i = 0; i < facts->n_calendar; i++)
                assert_int_not_equal(facts->calendar[i]->state, CONTRACTS__CALENDAR_STATE__LATE);
}

static void test_hours_that_the_buyer_waived(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        hours_validated(f, 1, c.obligation, 1, 80000);
        today_is(f, 2027, 3, 2);
        Types__Id *case_id = open_case(f, c.obligation, NOT_DONE, NULL);
        (void)to_proposal(f, case_id);
        (void)fixture_get(f, buyer(f), "DecideCase", decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE));
        (void)fixture_refused(f, facilitator(f), "IssueAttestation", attestation_of(f, c.obligation),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* the case is open */
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__SETTLED));
        const Contracts__IssueAttestationReply *reply =
                fixture_get(f, facilitator(f), "IssueAttestation", attestation_of(f, c.obligation));
        assert_non_null(strstr(reply->text, "L'acheteur a renoncé à 33\u00a0h"));
}

static void test_a_penalty_does_not_do_the_hours(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        today_is(f, 2027, 3, 2);
        Types__Id *case_id = open_case(f, c.obligation, NOT_DONE, NULL);
        (void)to_proposal(f, case_id);
        (void)fixture_get(f, buyer(f), "DecideCase", decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_APPLY));
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__SETTLED));
        (void)fixture_refused(f, facilitator(f), "IssueAttestation", attestation_of(f, c.obligation),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "OpenCase", opening_of(f, c.obligation, LATE, NULL),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_refused(f, stranger(f), "IssueAttestation", attestation_of(f, c.obligation),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "IssueAttestation", attestation_of(f, c.obligation),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_when_all_is_done, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_that_the_buyer_waived, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_penalty_does_not_do_the_hours, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
