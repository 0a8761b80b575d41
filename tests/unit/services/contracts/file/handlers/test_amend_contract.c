/* AmendContract: our own truth, beside what the buyer published. */
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/file/opening.h"
#include "tests/unit/services/contracts/obligations/taking_over.h"

static void amend(struct fixture *f, Contracts__AmendContract *command)
{
        (void)fixture_get(f, facilitator(f), "AmendContract", command);
}

static void test_both_truths_are_kept(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        amend(f, amendment(f, contract));

        const Contracts__ContractFactsReply *facts = facts_of(f, facilitator(f), contract);
        assert_int_equal(facts->contract->current_amount->cents, 120000000);
        assert_int_equal(facts->contract->record->format, CONTRACTS__RECORD_FORMAT__OURS);
        assert_int_equal(facts->published->amount->cents, 100000000);
        assert_int_equal(facts->published->format, CONTRACTS__RECORD_FORMAT__DECP_2022);
}

/* Reading the buyer's file again is still the same publication; a completed one is kept beside ours. */
static void test_publications_go_on(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        amend(f, amendment(f, contract));
        assert_int_equal(import(f, a_record(f))->outcome, CONTRACTS__IMPORT_OUTCOME__UNCHANGED);

        Contracts__ContractRecord *completed = a_record(f);
        (void)add_modification(f, completed, 1, a_day(f, 2026, 6, 1), 1500000);
        assert_int_equal(import(f, completed)->outcome, CONTRACTS__IMPORT_OUTCOME__UPDATED);
        const Contracts__ContractFactsReply *facts = facts_of(f, facilitator(f), contract);
        assert_int_equal(facts->contract->current_amount->cents, 120000000);
        assert_int_equal(facts->published->n_modifications, 1);
}

static void test_found_by_its_new_number(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = open_it(f, opening(f));
        Contracts__AmendContract *command = amendment(f, contract);
        command->record->number = arena_text(&f->arena, "2027-007");
        amend(f, command);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        const Contracts__ContractsReply *all = fixture_get(f, coordinator(f), "Contracts", &query);
        assert_int_equal(all->n_contracts, 1); /* not under the old number as well */
        query.number = arena_text(&f->arena, "2027-007");
        const Contracts__ContractsReply *one = fixture_get(f, coordinator(f), "Contracts", &query);
        assert_int_equal(one->n_contracts, 1);
}

static void test_the_same_again(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        amend(f, amendment(f, contract));
        uint64_t position = engine_position(f->engine);
        amend(f, amendment(f, contract));
        assert_int_equal(engine_position(f->engine), position);
}

/* A publication is not taken back by calling it private; what is only ours may have been a slip. */
static void test_what_is_published_stays_public(void **state)
{
        struct fixture *f = *state;
        Contracts__AmendContract *command = amendment(f, a_contract(f));
        command->record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        Types__RefusalCode code = TYPES__REFUSAL_CODE__INVALID_FIELD;
        assert_string_equal(fixture_refused(f, facilitator(f), "AmendContract", command, code)->field, "record.kind");
        command->record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        amend(f, command); /* our own truth stands before it now */
        command->record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)fixture_refused(f, facilitator(f), "AmendContract", command, code);
        command = amendment(f, open_it(f, opening(f)));
        command->record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        amend(f, command);
}

static Contracts__AmendContract *of_kind(struct fixture *f, Types__Id *contract, Contracts__ContractKind kind)
{
        Contracts__AmendContract *command = amendment(f, contract);
        command->record->kind = kind;
        return command;
}

/* Hours that were taken over count in public or do not: told by hand, they do not follow the kind. */
static void test_the_kind_stays_with_hours_taken_over(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = open_it(f, opening(f));
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause))->obligation_id;
        Contracts__TakeOverHours *so_far = take_over(f, obligation);
        (void)add_hours(f, so_far, 3, "AB-01", 100);
        (void)taken_over(f, so_far);
        uint64_t act = last_act(f);
        const Types__Refusal *refusal = fixture_refused(f, facilitator(f), "AmendContract",
                                                        of_kind(f, contract, CONTRACTS__CONTRACT_KIND__PRIVATE),
                                                        TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "record.kind");
        assert_non_null(strstr(refusal->text, "WithdrawAct"));
        amend(f, of_kind(f, contract, CONTRACTS__CONTRACT_KIND__CONCESSION)); /* as public as before */
        (void)withdraw(f, contract, act);
        amend(f, of_kind(f, contract, CONTRACTS__CONTRACT_KIND__PRIVATE));

        so_far = take_over(f, obligation); /* and not the other way */
        (void)add_hours(f, so_far, 3, "AB-01", 100);
        (void)taken_over(f, so_far);
        (void)fixture_refused(f, facilitator(f), "AmendContract",
                              of_kind(f, contract, CONTRACTS__CONTRACT_KIND__MARKET), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__AmendContract *command = amendment(f, contract);
        command->reason = arena_text(&f->arena, "");
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "AmendContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");
        (void)fixture_refused(f, coordinator(f), "AmendContract", amendment(f, id_to(&f->arena, id_numbered(9))),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "AmendContract",
                              amendment(f, contract), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_both_truths_are_kept, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_publications_go_on, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_found_by_its_new_number, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_published_stays_public, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_kind_stays_with_hours_taken_over, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
