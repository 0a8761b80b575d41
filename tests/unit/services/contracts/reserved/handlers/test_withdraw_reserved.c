/* WithdrawReserved: an entry made by error leaves the file and the counts. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

static void test_withdrawn(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__RecordReserved *entry = an_entry(f, contract, IN_GROUND(IAE));
        Contracts__WithdrawReserved command = CONTRACTS__WITHDRAW_RESERVED__INIT;
        command.contract_id = contract;
        command.reason = arena_text(&f->arena, "saisi sur le mauvais lot");
        (void)fixture_refused(f, facilitator(f), "WithdrawReserved", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)record_reserved(f, entry);
        entry->entry->lot = 1;
        (void)record_reserved(f, entry);
        const Contracts__WithdrawReservedReply *reply = fixture_get(f, facilitator(f), "WithdrawReserved", &command);
        assert_int_equal(reply->left, 1);
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->file->reserved->entries[0]->lot, 1);
        assert_non_null(strstr(facts->history[0]->text, "saisi sur le mauvais lot"));
        command.lot = 1;
        command.reason = arena_text(&f->arena, "");
        (void)fixture_refused(f, facilitator(f), "WithdrawReserved", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.reason = arena_text(&f->arena, "non réservé");
        (void)fixture_get(f, facilitator(f), "WithdrawReserved", &command);
        Contracts__ReservedStatisticsRequest query = CONTRACTS__RESERVED_STATISTICS_REQUEST__INIT;
        const Contracts__ReservedStatisticsReply *figures =
                fixture_get(f, coordinator(f), "ReservedStatistics", &query);
        assert_int_equal(figures->total->contracts, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_withdrawn, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
