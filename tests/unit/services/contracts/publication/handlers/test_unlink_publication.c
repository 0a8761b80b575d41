#include "tests/unit/services/contracts/publication/full_record.h"

static Contracts__UnlinkPublication *unlink_of(struct fixture *f, Types__Id *contract, const char *reason)
{
        Contracts__UnlinkPublication *command = pb_new(&contracts__unlink_publication__descriptor, &f->arena);
        command->contract_id = contract;
        command->reason = arena_text(&f->arena, reason);
        return command;
}

static void test_it_can_be_linked_again(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, a_full_record(f)), *published = import(f, a_full_record(f))->contract_id;
        linked(f, contract, published);
        (void)fixture_get(f, facilitator(f), "UnlinkPublication", unlink_of(f, contract, "Confondu avec le lot 2"));

        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        const Contracts__ContractFactsReply *page = fixture_get(f, coordinator(f), "ContractFacts", &query);
        assert_null(page->published);
        assert_null(page->published_contract_id);
        assert_non_null(strstr(page->history[0]->text, "Confondu avec le lot 2"));
        linked(f, contract, published);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, a_full_record(f)), *published = import(f, a_full_record(f))->contract_id;
        (void)fixture_refused(f, facilitator(f), "UnlinkPublication", unlink_of(f, contract, "Erreur"),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "UnlinkPublication",
                              unlink_of(f, id_to(&f->arena, id_numbered(77)), "Erreur"),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        linked(f, contract, published);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "UnlinkPublication", unlink_of(f, contract, " "),
                                TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "UnlinkPublication",
                              unlink_of(f, contract, "Erreur"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_can_be_linked_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
