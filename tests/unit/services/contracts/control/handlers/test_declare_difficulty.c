/* DeclareDifficulty: the company's letter, whose text is not published. */
#include "tests/unit/services/contracts/control/relief.h"

static void test_declared(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, contractor(f), "DeclareDifficulty", difficulty_of(f, c.obligation));
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        const char *last = history->lines[history->n_lines - 1]->text;
        assert_string_equal(last, "Peintures du Lauragais déclare une difficulté, par lettre recommandée du 18 octobre "
                                  "2026.");
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__DeclareDifficulty *command = difficulty_of(f, c.obligation);
        command->text = arena_text(&f->arena, "");
        (void)fixture_refused(f, contractor(f), "DeclareDifficulty", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = difficulty_of(f, c.obligation);
        command->letter_on = a_day(f, 2026, 10, 19);
        (void)fixture_refused(f, contractor(f), "DeclareDifficulty", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = difficulty_of(f, c.obligation);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, OTHER), "DeclareDifficulty", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_declared, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
