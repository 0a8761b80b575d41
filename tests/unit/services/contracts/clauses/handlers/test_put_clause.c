/* PutClause: a lot's clause and its hours. */
#include "tests/unit/services/contracts/fixture.h"

static const Types__Refusal *refused(struct fixture *f, const Contracts__PutClause *command, Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "PutClause", command, code);
}

static void test_hours_of_the_formula(void **state)
{
        struct fixture *f = *state;
        const Contracts__PutClauseReply *reply = put_clause(f, clause_on(f, a_contract(f)));
        assert_int_equal(reply->hours->hundredths, 83300);
        assert_false(id_is_zero(id_of(reply->clause_id)));
}

static void test_put_again(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        const Contracts__PutClauseReply *first = put_clause(f, command);
        uint64_t position = engine_position(f->engine);
        const Contracts__PutClauseReply *same = put_clause(f, command);
        assert_int_equal(engine_position(f->engine), position);
        assert_true(id_equal(id_of(same->clause_id), id_of(first->clause_id)));

        command->calibration->rounding = CONTRACTS__ROUNDING__TO_35;
        const Contracts__PutClauseReply *other = put_clause(f, command); /* nobody owes its hours yet */
        assert_true(id_equal(id_of(other->clause_id), id_of(first->clause_id)));
        assert_int_equal(other->hours->hundredths, 84000);
}

static void test_not_once_somebody_owes_it(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        Types__Id *clause = put_clause(f, command)->clause_id;
        (void)record_obligation(f, obligation_on(f, clause));
        assert_true(id_equal(id_of(put_clause(f, command)->clause_id), id_of(clause))); /* the same is no change */
        command->calibration->insertion_rate = share_to(&f->arena, share_of_millionths(100000));
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "lot");
        command->lot = 2;
        assert_int_equal(put_clause(f, command)->hours->hundredths, 166600);
}

static void test_by_another_method(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f)); /* 1,000,000 €, 12 months */
        command->calibration->method = CONTRACTS__CALIBRATION_METHOD__STEP_TABLE;
        command->calibration->amount = NULL;
        command->calibration->table = arena_text(&f->arena, "formation");
        const Contracts__PutClauseReply *reply = put_clause(f, command);
        assert_int_equal(reply->hours->hundredths, 90000);

        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = command->contract_id;
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &query);
        const Contracts__ClauseView *clause = view->clauses[0];
        assert_int_equal(clause->method, CONTRACTS__CALIBRATION_METHOD__STEP_TABLE);
        assert_int_equal(clause->calibration->n_steps, 4); /* all that the hours follow from */
        assert_int_equal(clause->calibration->amount->cents, 100000000);
        assert_int_equal(clause->weeks_35h->hundredths, 2571);
        assert_int_equal(clause->full_time_equivalent->millionths, 562500);
        assert_string_equal(clause->rules_version, "calibration-2024-1");
        assert_int_equal(clause->n_warnings, 0);
}

/* Below the trigger nothing is foreseen, and the clause stands all the same: invoices may go beyond it. */
static void test_below_the_trigger(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        command->calibration->method = CONTRACTS__CALIBRATION_METHOD__PER_INVOICED;
        command->calibration->amount_per_hour = euros(f, 2000);
        command->calibration->trigger = euros(f, 2700000);
        assert_int_equal(put_clause(f, command)->hours->hundredths, 0);
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = command->contract_id;
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &query);
        assert_non_null(strstr(view->clauses[0]->warnings[0], "au-delà du seuil"));
}

static void test_all_lots_together(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        (void)put_clause(f, command);
        command->lot = 2;
        command->calibration->method = CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS;
        command->calibration->chosen_hours = whole_hours(f, 120);
        Types__Id *small = put_clause(f, command)->clause_id;
        (void)record_obligation(f, obligation_on(f, small));

        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = command->contract_id;
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &query);
        assert_int_equal(view->clauses_hours->hundredths, 95300);
        assert_int_equal(view->clauses[1]->n_warnings, 1); /* too small to hire */
        view = fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "ContractById", &query);
        assert_int_equal(view->clauses[1]->n_warnings, 0); /* not for the company */
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct id unknown = id_numbered(9);
        Types__Id *contract = a_contract(f);
        Contracts__PutClause *command = clause_on(f, id_to(&f->arena, unknown));
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__NOT_FOUND)->field, "contractId");
        command->contract_id = NULL;
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__NOT_FOUND)->field, "contractId");
        command = clause_on(f, contract);
        command->lot = 0;
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "lot");
        command = clause_on(f, contract);
        command->calibration->hourly_cost = NULL;
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "calibration.hourlyCost");
        command = clause_on(f, contract);
        command->calibration->amount = euros(f, 500); /* 0.41 h */
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "calibration");
        command = clause_on(f, contract);
        command->calibration->amount = money_to(&f->arena, money_of_cents(INT64_MAX));
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "calibration.amount");
        command = clause_on(f, contract);
        in_territories(f, command, "20");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "territories[0]");
}

static void test_a_place_that_does_not_tell(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->place = NULL;
        Contracts__PutClause *command = clause_on(f, import(f, record)->contract_id);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "territories");
        in_territories(f, command, "31");
        (void)put_clause(f, command);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        in_territories(f, command, "65");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__NOT_ALLOWED)->field, "territories");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "PutClause", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), "PutClause", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        in_territories(f, command, "65 09"); /* one of two is the facilitator's */
        (void)put_clause(f, command);
        in_territories(f, command, "65");
        (void)fixture_get(f, coordinator(f), "PutClause", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_hours_of_the_formula, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_put_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_once_somebody_owes_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_another_method, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_below_the_trigger, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_all_lots_together, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_place_that_does_not_tell, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
