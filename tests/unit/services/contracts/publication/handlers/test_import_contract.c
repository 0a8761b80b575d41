/* ImportContract: known once, updated by what is appended, unchanged by the rest. */
#include "tests/unit/services/contracts/fixture.h"

#include "common/codec/contract_key.h"

#define CREATED   CONTRACTS__IMPORT_OUTCOME__CREATED
#define UPDATED   CONTRACTS__IMPORT_OUTCOME__UPDATED
#define UNCHANGED CONTRACTS__IMPORT_OUTCOME__UNCHANGED

static const Contracts__ContractView *see(struct fixture *f, Types__Id *contract)
{
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = contract;
        return fixture_get(f, coordinator(f), "ContractById", &query);
}

static void test_created_then_unchanged(void **state)
{
        struct fixture *f = *state;
        const Contracts__ImportContractReply *first = import(f, a_record(f));
        assert_int_equal(first->outcome, CREATED);
        struct id expected = contract_key(a_record(f), &f->arena);
        assert_true(id_equal(id_of(first->contract_id), expected));

        uint64_t position = engine_position(f->engine);
        const Contracts__ImportContractReply *again = import(f, a_record(f));
        assert_int_equal(again->outcome, UNCHANGED);
        assert_true(id_equal(id_of(again->contract_id), expected));
        assert_int_equal(engine_position(f->engine), position); /* nothing happened, nothing is told */
}

static void test_an_appended_modification_updates(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_contract(f);
        Contracts__ContractRecord *record = a_record(f);
        add_modification(f, record, 1, a_day(f, 2026, 6, 1), 1200000);
        assert_int_equal(import(f, record)->outcome, UPDATED);
        assert_int_equal(import(f, record)->outcome, UNCHANGED);
        assert_int_equal(see(f, id)->current_amount->cents, 120000000);
}

static void test_an_older_file_takes_nothing_away(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *newer = a_record(f), *older = a_record(f);
        add_modification(f, older, 1, a_day(f, 2026, 6, 1), 1200000);
        add_modification(f, newer, 1, a_day(f, 2026, 6, 1), 1200000);
        add_modification(f, newer, 2, a_day(f, 2026, 9, 1), 1300000);
        Types__Id *id = import(f, newer)->contract_id;
        assert_int_equal(import(f, older)->outcome, UNCHANGED);
        assert_int_equal(import(f, a_record(f))->outcome, UNCHANGED);
        assert_int_equal(see(f, id)->record->n_modifications, 2);
        assert_int_equal(see(f, id)->current_amount->cents, 130000000);
}

static void test_a_later_publication_updates(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_contract(f);
        Contracts__ContractRecord *record = a_record(f);
        record->published_on = a_day(f, 2026, 8, 1);
        record->offers_received = 4;
        assert_int_equal(import(f, record)->outcome, UPDATED);
        assert_int_equal(see(f, id)->record->offers_received, 4);
        assert_int_equal(import(f, a_record(f))->outcome, UNCHANGED);
        assert_int_equal(see(f, id)->record->offers_received, 4);
}

static void test_two_lots_under_one_number(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *lot = a_record(f);
        lot->object = arena_text(&f->arena, "Réfection de l'école Jean-Jaurès, lot menuiserie");
        (void)a_contract(f);
        assert_int_equal(import(f, lot)->outcome, CREATED);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportContract command = CONTRACTS__IMPORT_CONTRACT__INIT;
        command.record = a_record(f);
        (void)fixture_get(f, facilitator(f), "ImportContract", &command);
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), "ImportContract", &command);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "ImportContract", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "ImportContract", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportContract command = CONTRACTS__IMPORT_CONTRACT__INIT;
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "ImportContract", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "record");
        command.record = a_record(f);
        command.record->buyer_siret = arena_text(&f->arena, "2131055540001");
        refusal = fixture_refused(f, coordinator(f), "ImportContract", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "record.buyerSiret");
        assert_non_null(strstr(refusal->text, "14 chiffres"));
}

/* Modifications come in small files; together they must still fit into one event. */
static void test_too_large(void **state)
{
        struct fixture *f = *state;
        Types__RefusalCode last = TYPES__REFUSAL_CODE__REFUSAL_NONE;
        for (uint32_t i = 1; i <= 60 && last == TYPES__REFUSAL_CODE__REFUSAL_NONE; i++) {
                Contracts__ImportContract command = CONTRACTS__IMPORT_CONTRACT__INIT;
                command.record = a_record(f);
                Contracts__Modification *modification =
                        add_modification(f, command.record, i, a_day(f, 2026, 6, 1), 1200000);
                modification->object = arena_alloc(&f->arena, 4001);
                memset(modification->object, 'x', 4000);
                modification->object[4000] = '\0';
                struct engine_answer answer = fixture_ask(f, coordinator(f), "ImportContract", &command);
                if (answer.body == NULL)
                        last = answer.refusal->code;
        }
        assert_int_equal(last, TYPES__REFUSAL_CODE__TOO_LARGE);
        assert_int_equal(import(f, a_record(f))->outcome, UNCHANGED); /* and it goes on working */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_created_then_unchanged, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_appended_modification_updates, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_older_file_takes_nothing_away, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_later_publication_updates, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_two_lots_under_one_number, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_too_large, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
