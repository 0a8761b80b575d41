/* RecordReserved: a contract or one of its lots; the law is told, not enforced on what exists. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

static void test_a_lot(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__RecordReserved *command = an_entry(f, contract, IN_GROUND(HANDICAP));
        command->entry->lot = 2;
        command->entry->involvement = CONTRACTS__INVOLVEMENT__SOURCING;
        (void)record_reserved(f, command);
        uint64_t before = engine_position(f->engine);
        command->entry->notified_on = NULL;
        (void)record_reserved(f, command); /* the same again says nothing */
        assert_int_equal(engine_position(f->engine), before);

        command->entry->involvement = CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP;
        (void)record_reserved(f, command);
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->file->reserved->n_entries, 1);
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION);
        assert_int_equal(facts->file->reserved->entries[0]->notified_on->days, a_day(f, 2026, 3, 2)->days);
        assert_non_null(strstr(facts->history[0]->text, "Lot 2 réservé (handicap)"));
        assert_non_null(strstr(facts->history[0]->text, "sans suivi des personnes"));
}

/* An unlawful reservation exists all the same: it is recorded, with what is wrong. */
static void test_an_unlawful_one(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        Contracts__RecordReserved *command = an_entry(f, import(f, record)->contract_id, IN_GROUND(HANDICAP));
        add_ground(f, &command->entry->grounds, &command->entry->n_grounds, IN_GROUND(IAE));
        const Contracts__ReservationCheckReply *check = record_reserved(f, command);
        assert_int_equal(check->verdict, CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID);
        assert_non_null(strstr(check->text, "L3113-3"));
        assert_int_equal(see_facts(f, coordinator(f), command->contract_id)->file->reserved->n_entries, 1);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordReserved *command = an_entry(f, a_contract(f), IN_GROUND(HANDICAP));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "RecordReserved", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->entry->n_grounds = 0;
        (void)fixture_refused(f, facilitator(f), "RecordReserved", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->contract_id = id_to(&f->arena, id_numbered(7));
        (void)fixture_refused(f, facilitator(f), "RecordReserved", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        (void)fixture_refused(f, facilitator(f), "RecordReserved", an_entry(f, opened->contract_id, IN_GROUND(IAE)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_lot, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_unlawful_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
