/* The social considerations of a contract as they are known here. */
#include "services/contracts/clauses/considerations.h"
#include "tests/unit/services/contracts/fixture.h"

#define SET(NAME) (1u << CONTRACTS__SOCIAL_CONSIDERATION__##NAME)

static uint32_t known(struct fixture *f, Types__Id *contract, const Contracts__ContractRecord *record)
{
        struct work work = {.arena = &f->arena, .txn = txn_begin_read(engine_store(f->engine), NULL)};
        assert_non_null(work.txn);
        uint32_t set = considerations_known(&work, id_of(contract), record);
        assert_int_equal(contract_has_clause(work.txn, id_of(contract)), (set & SET(SOCIAL_CLAUSE)) != 0);
        txn_end_read(work.txn);
        return set;
}

static void test_a_clause_takes_the_place_of_none(void **state)
{
        static Contracts__SocialConsideration none[] = {CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL};
        struct fixture *f = *state;
        Contracts__ContractRecord *silent = a_record(f), *denied = a_record(f);
        denied->social = none;
        denied->n_social = 1;
        Types__Id *contract = import(f, silent)->contract_id;
        assert_int_equal(known(f, contract, silent), 0);
        assert_int_equal(known(f, contract, denied), SET(NO_SOCIAL));
        (void)put_clause(f, clause_on(f, contract));
        assert_int_equal(known(f, contract, silent), SET(SOCIAL_CLAUSE));
        assert_int_equal(known(f, contract, denied), SET(SOCIAL_CLAUSE));
}

static void test_a_reserved_lot_is_one(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordReserved command = CONTRACTS__RECORD_RESERVED__INIT;
        Contracts__ReservedEntry entry = CONTRACTS__RESERVED_ENTRY__INIT;
        Contracts__ReservationGround ground = CONTRACTS__RESERVATION_GROUND__RESERVED_IAE;
        command.contract_id = a_contract(f);
        command.entry = &entry;
        entry.grounds = &ground;
        entry.n_grounds = 1;
        (void)fixture_get(f, coordinator(f), "RecordReserved", &command);
        assert_int_equal(known(f, command.contract_id, a_record(f)), SET(RESERVED));
}

static void test_the_list_is_ascending_and_without_what_is_no_consideration(void **state)
{
        static Contracts__SocialConsideration told[] = {
                CONTRACTS__SOCIAL_CONSIDERATION__RESERVED, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN,
                (Contracts__SocialConsideration)77, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE};
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        size_t count;
        record->social = told;
        record->n_social = ARRAY_SIZE(told);
        const Contracts__SocialConsideration *list =
                considerations_list(considerations_told(record), &f->arena, &count);
        assert_int_equal(count, 2);
        assert_int_equal(list[0], CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        assert_int_equal(list[1], CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_clause_takes_the_place_of_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_reserved_lot_is_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_list_is_ascending_and_without_what_is_no_consideration, setup,
                                                fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
