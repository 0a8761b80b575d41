/* The order of the steps: every action from every step, and what each choice of the buyer comes to. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/types.h"
#include "services/contracts/control/ladder.h"

static struct arena arena;

static int drop(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

/* Rows: open, reminded, told, drafted, served, proposed, decided, catching up, closed. Columns: as enum ladder_action:
 * remind, warn, draft, serve, observe, propose, decide, close. */
static const char *const allowed[] = {
        "", "x......x", "xx.....x", "..x....x", "..xx...x", "....xx..", "....xxx.", ".......x", ".....x.x", "........",
};

static void test_every_action_from_every_step(void **state)
{
        (void)state;
        for (int step = 1; step <= CONTRACTS__CASE_STEP__CASE_CLOSED; step++)
                for (int action = 0; action < LADDER_ACTIONS; action++) {
                        Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
                        struct refusal refusal = {.text = ""};
                        record.step = (Contracts__CaseStep)step;
                        bool may = ladder_allows(&record, (enum ladder_action)action, false, &refusal);
                        if (may != (allowed[step][action] == 'x'))
                                fail_msg("step %d, action %d", step, action);
                        assert_true(may || (refusal.code == TYPES__REFUSAL_CODE__WRONG_STATE && refusal.text[0] != 0));
                }
}

static void test_a_refusal_names_the_missing_step(void **state)
{
        static const struct {
                Contracts__CaseStep step;
                const char *text;
        } rows[] = {
                {CONTRACTS__CASE_STEP__CASE_OPEN, "il manque un rappel"},
                {CONTRACTS__CASE_STEP__COMPANY_REMINDED, "il manque l'avertissement à l'acheteur"},
                {CONTRACTS__CASE_STEP__BUYER_TOLD, "il manque le projet de mise en demeure"},
                {CONTRACTS__CASE_STEP__NOTICE_DRAFTED, "mise en demeure signée et envoyée par l'acheteur"},
                {CONTRACTS__CASE_STEP__NOTICE_SERVED, "la proposition du facilitateur"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
                struct refusal refusal;
                record.step = rows[i].step;
                assert_false(ladder_allows(&record, LADDER_DECIDE, true, &refusal));
                assert_non_null(strstr(refusal.text, rows[i].text));
                assert_true(ladder_next(&record)[0] != '\0');
        }
}

static void test_the_buyer_decides_anew_what_was_recorded_for_it(void **state)
{
        Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
        Contracts__BuyerDecision decision = CONTRACTS__BUYER_DECISION__INIT;
        struct refusal refusal;
        (void)state;
        record.step = CONTRACTS__CASE_STEP__BUYER_DECIDED;
        record.decision = &decision;
        assert_false(ladder_allows(&record, LADDER_DECIDE, true, &refusal));
        decision.recorded_for_buyer = true;
        assert_true(ladder_allows(&record, LADDER_DECIDE, true, &refusal));
        assert_false(ladder_allows(&record, LADDER_DECIDE, false, &refusal));
        record.step = CONTRACTS__CASE_STEP__CASE_CLOSED;
        assert_false(ladder_allows(&record, LADDER_DECIDE, true, &refusal));
        assert_false(ladder_allows(&record, LADDER_CLOSE, true, &refusal));
        record.step = CONTRACTS__CASE_STEP__NOTICE_SERVED;
        assert_true(ladder_allows(&record, LADDER_CLOSE, true, &refusal));
}

static void test_periods(void **state)
{
        Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
        Contracts__BuyerDecision decision = CONTRACTS__BUYER_DECISION__INIT;
        struct refusal refusal;
        (void)state;
        record.step = CONTRACTS__CASE_STEP__NOTICE_SERVED;
        assert_false(ladder_period_over(&record, day_of_number(100), &refusal));
        record.contradictory_until = day_to(&arena, day_of_number(100));
        assert_false(ladder_period_over(&record, day_of_number(100), &refusal));
        assert_true(ladder_period_over(&record, day_of_number(101), &refusal));
        record.step = CONTRACTS__CASE_STEP__CATCHING_UP;
        record.decision = &decision;
        decision.catch_up_until = day_to(&arena, day_of_number(150));
        assert_false(ladder_period_over(&record, day_of_number(150), &refusal));
        assert_true(ladder_period_over(&record, day_of_number(151), &refusal));
}

static void test_reminders(void **state)
{
        static int32_t offsets[] = {-7, 1, 8};
        static const struct {
                int32_t sent, offset; /* due on day 100; 0: none */
        } rows[] = {{92, 0}, {93, -7}, {100, -7}, {101, 1}, {107, 1}, {108, 8}, {300, 8}};
        Contracts__ReminderRule rule = CONTRACTS__REMINDER_RULE__INIT;
        (void)state;
        rule.offset_days = offsets;
        rule.n_offset_days = ARRAY_SIZE(offsets);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                int32_t offset = 0;
                bool found = ladder_reminder(&rule, day_of_number(100), day_of_number(rows[i].sent), &offset);
                assert_int_equal(found, rows[i].offset != 0);
                assert_int_equal(offset, rows[i].offset);
        }
}

static void test_amounts(void **state)
{
        enum { NO_CAP = -1, REFUSED = -1 };
        static const struct {
                Contracts__BuyerChoice choice;
                int64_t computed, asked, left, amount;
        } rows[] = {
                {CONTRACTS__BUYER_CHOICE__CHOICE_APPLY, 10000, 0, NO_CAP, 10000},
                {CONTRACTS__BUYER_CHOICE__CHOICE_APPLY, 10000, 999999, NO_CAP, 10000}, /* no other amount is taken */
                {CONTRACTS__BUYER_CHOICE__CHOICE_APPLY, 10000, 0, 4000, 4000},
                {CONTRACTS__BUYER_CHOICE__CHOICE_APPLY, 10000, 0, 0, REFUSED},
                {CONTRACTS__BUYER_CHOICE__CHOICE_APPLY, 0, 0, NO_CAP, REFUSED},
                {CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE, 10000, 9999, NO_CAP, 9999},
                {CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE, 10000, 10000, NO_CAP, REFUSED},
                {CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE, 10000, 0, NO_CAP, REFUSED},
                {CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE, 10000, -5, NO_CAP, REFUSED},
                {CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE, 10000, 5000, 4000, REFUSED},
                {CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE, 10000, 5000, NO_CAP, 0},
                {CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP, 10000, 5000, NO_CAP, 0},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
                Contracts__PenaltyProposal proposal = CONTRACTS__PENALTY_PROPOSAL__INIT;
                Contracts__DecideCase decision = CONTRACTS__DECIDE_CASE__INIT;
                struct money left = money_of_cents(rows[i].left), amount = money_of_cents(REFUSED);
                struct refusal refusal;
                record.proposal = &proposal;
                proposal.computed = money_to(&arena, money_of_cents(rows[i].computed));
                decision.choice = rows[i].choice;
                decision.reasons = (char *)"Motif";
                decision.amount = money_to(&arena, money_of_cents(rows[i].asked));
                decision.catch_up_until = day_to(&arena, day_of_number(101));
                struct ladder_terms terms = {day_of_number(100), rows[i].left == NO_CAP ? NULL : &left};
                bool done = ladder_amount(&record, &decision, &terms, &amount, &refusal);
                assert_int_equal(done, rows[i].amount != REFUSED);
                assert_int_equal(money_cents(amount), rows[i].amount);
        }
}

static void test_what_a_decision_must_say(void **state)
{
        Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
        Contracts__PenaltyProposal proposal = CONTRACTS__PENALTY_PROPOSAL__INIT;
        Contracts__DecideCase decision = CONTRACTS__DECIDE_CASE__INIT;
        struct ladder_terms terms = {.decided_on = day_of_number(1)};
        struct money amount;
        struct refusal refusal;
        (void)state;
        record.proposal = &proposal;
        decision.choice = CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE;
        assert_false(ladder_amount(&record, &decision, &terms, &amount, &refusal));
        assert_string_equal(refusal.field, "reasons");
        decision.choice = CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP;
        assert_false(ladder_amount(&record, &decision, &terms, &amount, &refusal));
        assert_string_equal(refusal.field, "catchUpUntil");
        decision.catch_up_until = day_to(&arena, day_of_number(1));
        assert_false(ladder_amount(&record, &decision, &terms, &amount, &refusal));
        decision.catch_up_until = day_to(&arena, day_of_number(2));
        assert_true(ladder_amount(&record, &decision, &terms, &amount, &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_action_from_every_step),
                cmocka_unit_test(test_a_refusal_names_the_missing_step),
                cmocka_unit_test(test_the_buyer_decides_anew_what_was_recorded_for_it),
                cmocka_unit_test(test_periods),
                cmocka_unit_test(test_reminders),
                cmocka_unit_test(test_amounts),
                cmocka_unit_test(test_what_a_decision_must_say),
        };
        return cmocka_run_group_tests(tests, NULL, drop);
}
