/* RecordObligation: who owes the hours, and the opening of its ledger. */
#include "tests/unit/services/contracts/fixture.h"

static const Types__Refusal *refused(struct fixture *f, const Contracts__RecordObligation *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "RecordObligation", command, code);
}

static void test_hours_default_to_the_clause(void **state)
{
        struct fixture *f = *state;
        const Contracts__RecordObligationReply *reply = record_obligation(f, obligation_on(f, a_clause(f)));
        assert_int_equal(reply->hours->hundredths, 83300);
        const Contracts__ObligationView *view = see_obligation(f, reply->obligation_id);
        assert_int_equal(view->due->hundredths, 83300);
        assert_int_equal(view->remaining->hundredths, 83300);
        assert_int_equal(view->lot, 1);
        assert_int_equal(view->n_territories, 1);
        assert_int_equal(view->n_entries, 1);
        assert_int_equal(view->entries[0]->from, CONTRACTS__ACCOUNT__CLAUSE);
        assert_int_equal(view->entries[0]->to, CONTRACTS__ACCOUNT__DUE);
        assert_null(view->entries[0]->month);
        assert_int_equal(ledger_sum(f, reply->obligation_id), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_a_group_shares_a_clause(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f);
        Contracts__RecordObligation *first = obligation_on(f, clause), *second = obligation_on(f, clause);
        first->hours = whole_hours(f, 500);
        second->hours = whole_hours(f, 333);
        second->contractor_siret = arena_text(&f->arena, "38012986646850");
        second->contractor_organisation = NULL;
        (void)record_obligation(f, first);
        Types__Id *other = record_obligation(f, second)->obligation_id;
        assert_null(see_obligation(f, other)->contractor_organisation);
        assert_int_equal(see_obligation(f, other)->due->hundredths, 33300);
        assert_string_equal(refused(f, first, TYPES__REFUSAL_CODE__ALREADY_EXISTS)->field, "contractorSiret");
}

static void test_the_rest_of_the_clause(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f); /* 833 h */
        Contracts__RecordObligation *first = obligation_on(f, clause), *second = obligation_on(f, clause);
        first->hours = whole_hours(f, 500);
        (void)record_obligation(f, first);
        second->contractor_siret = arena_text(&f->arena, "38012986646850");
        assert_int_equal(record_obligation(f, second)->hours->hundredths, 33300);
        second->contractor_siret = arena_text(&f->arena, "55210055400013"); /* nothing is left */
        assert_string_equal(refused(f, second, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
        second->hours = whole_hours(f, 10); /* more than the clause, but said so */
        (void)record_obligation(f, second);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f);
        Contracts__RecordObligation *command = obligation_on(f, id_to(&f->arena, id_numbered(7)));
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__NOT_FOUND)->field, "clauseId");
        command = obligation_on(f, clause);
        command->contractor_siret = arena_text(&f->arena, "130025265");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "contractorSiret");
        command = obligation_on(f, clause);
        command->contractor_name = arena_text(&f->arena, "");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "contractorName");
        command = obligation_on(f, clause);
        command->hours = whole_hours(f, 0);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
}

/* Two names of one company in one message: the directory says whose SIRET the organisation has. */
static void test_one_company_under_two_names(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordObligation *command = obligation_on(f, a_clause(f));
        directory_tells(f, 1, 1, BUYER_SIRET);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "contractorOrganisation");
        directory_tells(f, 2, 1, CONTRACTOR_SIRET);
        (void)record_obligation(f, command);
}

/* One that the directory does not know is taken, as it must be, and shown as such; so is one that it unsays later. */
static void test_one_that_the_directory_does_not_know(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = record_obligation(f, obligation_on(f, a_clause(f)))->obligation_id;
        assert_true(see_obligation(f, obligation)->organisation_unverified);
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        assert_false(see_obligation(f, obligation)->organisation_unverified);
        directory_tells(f, 2, 1, BUYER_SIRET);
        assert_true(see_obligation(f, obligation)->organisation_unverified);

        Contracts__PutClause *second = clause_on(f, a_contract(f));
        second->lot = 2;
        Contracts__RecordObligation *alone = obligation_on(f, put_clause(f, second)->clause_id);
        alone->contractor_organisation = NULL; /* a SIRET alone claims nothing else */
        assert_false(see_obligation(f, record_obligation(f, alone)->obligation_id)->organisation_unverified);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordObligation *command = obligation_on(f, a_clause(f));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "RecordObligation", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "RecordObligation", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, coordinator(f), "RecordObligation", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_hours_default_to_the_clause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_group_shares_a_clause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_rest_of_the_clause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_company_under_two_names, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_that_the_directory_does_not_know, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
