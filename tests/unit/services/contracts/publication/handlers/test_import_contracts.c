/* ImportContracts: each record for itself, in one transaction and in its order. */
#include "tests/unit/services/contracts/fixture.h"

#define CREATED   CONTRACTS__IMPORT_OUTCOME__CREATED
#define UPDATED   CONTRACTS__IMPORT_OUTCOME__UPDATED
#define UNCHANGED CONTRACTS__IMPORT_OUTCOME__UNCHANGED

static Contracts__ImportContracts *command_of(struct fixture *f, Contracts__ContractRecord **records, size_t count)
{
        Contracts__ImportContracts *command = pb_new(&contracts__import_contracts__descriptor, &f->arena);
        command->records = records;
        command->n_records = count;
        return command;
}

static const Contracts__ImportContractsReply *take(struct fixture *f, Contracts__ContractRecord **records, size_t count)
{
        return fixture_get(f, coordinator(f), "ImportContracts", command_of(f, records, count));
}

static Contracts__ContractRecord *numbered(struct fixture *f, unsigned number)
{
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_printf(&f->arena, "2026-%03u", number);
        return record;
}

static void test_each_is_known_once(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *more = numbered(f, 1);
        add_modification(f, more, 1, a_day(f, 2026, 6, 1), 1200000);
        Contracts__ContractRecord *records[] = {numbered(f, 1), numbered(f, 2), numbered(f, 1), more};
        uint64_t position = engine_position(f->engine);
        const Contracts__ImportContractsReply *reply = take(f, records, ARRAY_SIZE(records));

        assert_int_equal(reply->n_results, ARRAY_SIZE(records));
        assert_int_equal(reply->results[0]->outcome, CREATED);
        assert_int_equal(reply->results[1]->outcome, CREATED);
        assert_int_equal(reply->results[2]->outcome, UNCHANGED);
        assert_int_equal(reply->results[3]->outcome, UPDATED);
        assert_true(id_equal(id_of(reply->results[0]->contract_id), id_of(reply->results[3]->contract_id)));
        assert_int_equal(engine_position(f->engine), position + 3);
        assert_int_equal(import(f, numbered(f, 2))->outcome, UNCHANGED); /* one by one it is the same */
}

static void test_a_refusal_concerns_its_record_alone(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *records[] = {numbered(f, 1), numbered(f, 2), numbered(f, 3)};
        records[1]->buyer_siret = arena_text(&f->arena, "123");
        const Contracts__ImportContractsReply *reply = take(f, records, ARRAY_SIZE(records));

        assert_int_equal(reply->results[0]->outcome, CREATED);
        assert_null(reply->results[0]->refusal);
        assert_null(reply->results[1]->contract_id);
        assert_int_equal(reply->results[1]->refusal->code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(reply->results[1]->refusal->field, "record.buyerSiret");
        assert_int_equal(reply->results[2]->outcome, CREATED);
}

static void test_the_same_key_does_it_once(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *records[] = {numbered(f, 1), numbered(f, 2)};
        struct id key = id_new(&f->world, f->world.now_ms(&f->world), 0);
        for (int i = 0; i < 2; i++) {
                struct engine_answer answer;
                assert_int_equal(engine_call(f->engine, coordinator(f), "ImportContracts",
                                             &command_of(f, records, 2)->base, &key, &f->arena, &answer),
                                 0);
                assert_int_equal(answer.repeated_key, i == 1);
                const Contracts__ImportContractsReply *reply = (const void *)answer.body;
                assert_int_equal(reply->results[1]->outcome, CREATED);
        }
        assert_int_equal(engine_position(f->engine), 2);
}

static void test_how_many(void **state)
{
        enum { TOO_MANY = 129 };
        struct fixture *f = *state;
        Contracts__ContractRecord *records[TOO_MANY];
        for (unsigned i = 0; i < TOO_MANY; i++)
                records[i] = numbered(f, i);
        const Types__Refusal *refusal = fixture_refused(f, coordinator(f), "ImportContracts", command_of(f, records, 0),
                                                        TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "records");
        refusal = fixture_refused(f, coordinator(f), "ImportContracts", command_of(f, records, TOO_MANY),
                                  TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_non_null(strstr(refusal->text, "128"));
        assert_int_equal(take(f, records, TOO_MANY - 1)->n_results, TOO_MANY - 1);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *records[] = {a_record(f)};
        Contracts__ImportContracts *command = command_of(f, records, 1);
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), "ImportContracts", command);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "ImportContracts", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_is_known_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_refusal_concerns_its_record_alone, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_key_does_it_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_how_many, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
