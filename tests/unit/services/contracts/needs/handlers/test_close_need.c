/* CloseNeed: filled or withdrawn, once. */
#include "tests/unit/services/contracts/fixture.h"

static Contracts__CloseNeed closing(struct fixture *f, Types__Id *need, Contracts__NeedState state, const char *reason)
{
        Contracts__CloseNeed command = CONTRACTS__CLOSE_NEED__INIT;
        command.need_id = need;
        command.state = state;
        command.reason = arena_text(&f->arena, reason);
        return command;
}

static void test_filled(void **state)
{
        struct fixture *f = *state;
        Types__Id *need = declare(f, coordinator(f), need_for(f, an_obligation(f)))->need_id;
        Contracts__CloseNeed command = closing(f, need, CONTRACTS__NEED_STATE__NEED_FILLED, "");
        command.filled = 3; /* of two */
        assert_string_equal(
                fixture_refused(f, coordinator(f), "CloseNeed", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "filled");
        command.filled = 0;
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "CloseNeed", &command);
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        query.closed_too = true;
        const Contracts__NeedsReply *reply = fixture_get(f, coordinator(f), "Needs", &query);
        assert_int_equal(reply->needs[0]->state, CONTRACTS__NEED_STATE__NEED_FILLED);
        assert_int_equal(reply->needs[0]->filled, 2);
        assert_int_equal(reply->needs[0]->closed_on->days, a_day(f, 2026, 10, 18)->days);
        (void)fixture_refused(f, coordinator(f), "CloseNeed", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
        Contracts__AmendNeed late = CONTRACTS__AMEND_NEED__INIT;
        late.need_id = need;
        late.need = need_for(f, NULL);
        late.reason = arena_text(&f->arena, "Trop tard");
        (void)fixture_refused(f, coordinator(f), "AmendNeed", &late, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_withdrawn_says_why(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Types__Id *need = declare(f, coordinator(f), need_for(f, obligation))->need_id;
        Contracts__CloseNeed command = closing(f, need, CONTRACTS__NEED_STATE__NEED_WITHDRAWN, "");
        assert_string_equal(
                fixture_refused(f, coordinator(f), "CloseNeed", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "reason");
        command = closing(f, need, CONTRACTS__NEED_STATE__NEED_OPEN, "Lot abandonné");
        assert_string_equal(
                fixture_refused(f, coordinator(f), "CloseNeed", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "state");
        command = closing(f, need, CONTRACTS__NEED_STATE__NEED_WITHDRAWN, "Lot abandonné");
        (void)fixture_get(f, facilitator(f), "CloseNeed", &command);
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = see_obligation(f, obligation)->contract_id;
        const Contracts__ContractHistoryReply *history = fixture_get(f, coordinator(f), "ContractHistory", &query);
        assert_string_equal(history->lines[history->n_lines - 1]->text,
                            "Besoin « Peintre en bâtiment » retiré : Lot abandonné.");
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Types__Id *need = declare(f, coordinator(f), need_for(f, an_obligation(f)))->need_id;
        Contracts__CloseNeed command = closing(f, need, CONTRACTS__NEED_STATE__NEED_FILLED, "");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "CloseNeed", &command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "CloseNeed", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "CloseNeed", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command.need_id = NULL;
        (void)fixture_refused(f, coordinator(f), "CloseNeed", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_filled, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_withdrawn_says_why, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
