/* DecideRelief: the buyer's answer to a difficulty; suspended days count nowhere. */
#include "tests/unit/services/contracts/control/relief.h"

static struct controlled in_difficulty(struct fixture *f)
{
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        (void)fixture_get(f, contractor(f), "DeclareDifficulty", difficulty_of(f, c.obligation));
        return c;
}

static void test_suspended_days_count_nowhere(void **state)
{
        struct fixture *f = *state;
        struct controlled c = in_difficulty(f);
        int64_t before = control_of_contract(f, c.contract)->progress->expected->hundredths;
        Contracts__DecideRelief *command = relief_of(f, c.obligation, SUSPEND);
        command->from = a_day(f, 2026, 7, 1);
        command->to = a_day(f, 2026, 9, 30); /* the whole third quarter */
        command->whole_contract = true;
        (void)fixture_get(f, buyer(f), "DecideRelief", command);
        const Contracts__ControlView *view = control_of_contract(f, c.contract);
        assert_int_equal(view->progress->suspended_days, 92);
        assert_true(view->progress->expected->hundredths < before);
        assert_int_equal(view->n_reliefs, 1);
        assert_false(view->reliefs[0]->recorded_for_buyer);
        assert_int_equal(facts_of(f, coordinator(f), c.contract)->file->stage,
                         CONTRACTS__CONTRACT_STAGE__IN_EXECUTION); /* again: the suspension is over */
        int64_t now_ms = f->world.now_ms_value;
        today_is(f, 2026, 9, 30);
        assert_int_equal(facts_of(f, coordinator(f), c.contract)->file->stage, CONTRACTS__CONTRACT_STAGE__SUSPENDED);
        f->world.now_ms_value = now_ms;
        (void)fixture_refused(f, facilitator(f), "OpenCase", opening_of(f, c.obligation, LATE, a_day(f, 2026, 9, 30)),
                              TYPES__REFUSAL_CODE__INVALID_FIELD); /* it demands no statement any more */
}

static void test_only_after_a_difficulty(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__DecideRelief *command = relief_of(f, c.obligation, SUSPEND);
        command->from = this_day(f);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DecideRelief", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "DeclareDifficulty"));
}

static void test_hours_and_refusal_are_recorded(void **state)
{
        struct fixture *f = *state;
        struct controlled c = in_difficulty(f);
        Contracts__DecideRelief *command = relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_REDUCE);
        command->hours = whole_hours(f, 834);
        (void)fixture_refused(f, facilitator(f), "DecideRelief", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->hours = whole_hours(f, 100);
        (void)fixture_get(f, facilitator(f), "DecideRelief", command);
        assert_int_equal(see_obligation(f, c.obligation)->remaining->hundredths, 83300); /* the ledger's own posting */
        (void)fixture_get(f, facilitator(f), "DecideRelief",
                          relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL));
        (void)fixture_get(f, facilitator(f), "DecideRelief",
                          relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_REFUSE));
        const Contracts__ControlView *view = control_of_contract(f, c.contract);
        assert_int_equal(view->n_reliefs, 3);
        assert_true(view->reliefs[0]->recorded_for_buyer);
        assert_int_equal(view->reliefs[0]->hours->hundredths, 10000);
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        assert_non_null(strstr(history->lines[history->n_lines - 3]->text, "de retirer 100\u00a0h"));
        assert_non_null(strstr(history->lines[history->n_lines - 1]->text, "a refusé"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = in_difficulty(f);
        const struct {
                const char *field;
                Contracts__DecideRelief *command;
        } rows[] = {
                {"relief", relief_of(f, c.obligation, 0)},
                {"from", relief_of(f, c.obligation, SUSPEND)},
                {"to", relief_of(f, c.obligation, SUSPEND)},
                {"reference", relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL)},
                {"signatory", relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL)},
                {"reasons", relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL)},
                {"decidedOn", relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL)},
        };
        rows[2].command->from = a_day(f, 2026, 10, 2);
        rows[2].command->to = a_day(f, 2026, 10, 1);
        rows[3].command->reference = rows[4].command->signatory = rows[5].command->reasons = arena_text(&f->arena, "");
        rows[6].command->decided_on = a_day(f, 2026, 10, 19);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_string_equal(fixture_refused(f, facilitator(f), "DecideRelief", rows[i].command,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    rows[i].field);
        Contracts__DecideRelief *command = relief_of(f, c.obligation, CONTRACTS__RELIEF__RELIEF_CANCEL);
        (void)fixture_refused(f, contractor(f), "DecideRelief", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, stranger(f), "DecideRelief", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_suspended_days_count_nowhere, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_only_after_a_difficulty, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_and_refusal_are_recorded, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
