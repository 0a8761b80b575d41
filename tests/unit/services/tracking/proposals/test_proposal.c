#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/arena.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/proposals/proposal.h"

#define STATE(NAME) TRACKING__PROPOSAL_STATE__PROPOSAL_##NAME
enum { STATES = TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED };

static struct arena arena;

/* A proposal with these states, a day apart, the last one on day `count`. */
static Tracking__ProposalRow *row_of(const Tracking__ProposalState *states, size_t count)
{
        Tracking__ProposalRow *row = pb_new(&tracking__proposal_row__descriptor, &arena);
        row->steps = arena_alloc(&arena, count * sizeof(*row->steps));
        for (size_t i = 0; i < count; i++) {
                Tracking__ProposalStepRow *step = pb_new(&tracking__proposal_step_row__descriptor, &arena);
                step->step = pb_new(&tracking__proposal_step__descriptor, &arena);
                step->step->state = states[i];
                step->step->happened_on = day_to(&arena, day_of_number((int32_t)i + 1));
                row->steps[row->n_steps++] = step;
        }
        return row;
}
#define ROW(...)                                                                                                       \
        row_of((const Tracking__ProposalState[]){__VA_ARGS__},                                                         \
               sizeof((const Tracking__ProposalState[]){__VA_ARGS__}) / sizeof(Tracking__ProposalState))

static struct proposal_move move_to(Tracking__ProposalState to, int32_t on)
{
        return (struct proposal_move){.to = to,
                                      .on = day_to(&arena, day_of_number(on)),
                                      .day_field = "answered_on",
                                      .until = day_to(&arena, day_of_number(on + 30))};
}

static bool may(const Tracking__ProposalRow *row, Tracking__ProposalState to)
{
        struct proposal_move move = move_to(to, (int32_t)row->n_steps);
        struct refusal refusal = {0};
        bool allowed = proposal_may_move(row, &move, &refusal);
        assert_int_equal(allowed, refusal.text[0] == '\0');
        return allowed;
}

static void test_what_follows_what(void **state)
{
        (void)state;
        assert_true(may(ROW(STATE(PROPOSED)), STATE(SENT)));
        assert_false(may(ROW(STATE(PROPOSED)), STATE(MET)));
        assert_true(may(ROW(STATE(PROPOSED), STATE(SENT)), STATE(TAKEN)));
        assert_true(may(ROW(STATE(PROPOSED), STATE(SENT), STATE(NO_SHOW)), STATE(MET)));
        assert_false(may(ROW(STATE(PROPOSED), STATE(SENT), STATE(NO_SHOW)), STATE(TAKEN)));
        assert_true(may(ROW(STATE(PROPOSED), STATE(SENT), STATE(TAKEN)), STATE(NOT_TAKEN)));
        assert_false(may(ROW(STATE(PROPOSED), STATE(SENT)), STATE(SENT)));
        /* postponed before it was sent: nobody can answer what they have not had */
        assert_false(may(ROW(STATE(PROPOSED), STATE(POSTPONED)), STATE(MET)));
        assert_true(may(ROW(STATE(PROPOSED), STATE(SENT), STATE(POSTPONED)), STATE(MET)));
}

static void test_what_is_over_is_over(void **state)
{
        (void)state;
        const Tracking__ProposalState ends[] = {STATE(NOT_TAKEN), STATE(WITHDRAWN), STATE(EXPIRED), STATE(PLACED)};
        for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
                const Tracking__ProposalRow *row = ROW(STATE(PROPOSED), STATE(SENT), ends[i]);
                assert_false(proposal_is_open(row));
                for (int to = 0; to <= STATES + 1; to++)
                        assert_false(may(row, (Tracking__ProposalState)to));
        }
}

static void test_days_go_forward(void **state)
{
        (void)state;
        const Tracking__ProposalRow *row = ROW(STATE(PROPOSED), STATE(SENT));
        struct proposal_move move = move_to(STATE(MET), 1);
        struct refusal refusal;
        assert_false(proposal_may_move(row, &move, &refusal));
        assert_string_equal(refusal.field, "answeredOn");
        assert_non_null(strstr(refusal.text, "03/01/1970"));
        move = move_to(STATE(POSTPONED), 5);
        move.until = day_to(&arena, day_of_number(5));
        assert_false(proposal_may_move(row, &move, &refusal));
        assert_string_equal(refusal.field, "until");
        move.until = day_to(&arena, day_of_number(6 + PROPOSAL_AHEAD_DAYS_MAX));
        assert_false(proposal_may_move(row, &move, &refusal));
        move.until = NULL;
        assert_false(proposal_may_move(row, &move, &refusal));
}

static void test_it_goes_on_where_it_was(void **state)
{
        (void)state;
        assert_int_equal(proposal_state_to_resume(ROW(STATE(PROPOSED), STATE(POSTPONED))), STATE(PROPOSED));
        assert_int_equal(proposal_state_to_resume(ROW(STATE(PROPOSED), STATE(SENT), STATE(NO_SHOW))), STATE(SENT));
        Tracking__ProposalRow *row = ROW(STATE(PROPOSED), STATE(SENT), STATE(MET), STATE(POSTPONED));
        assert_int_equal(proposal_state_to_resume(row), STATE(MET));
        row->steps[2]->replaced = true;
        assert_int_equal(proposal_state_to_resume(row), STATE(SENT));
        assert_true(proposal_was_sent(row));
        row->steps[1]->replaced = true;
        assert_false(proposal_was_sent(row));

        struct proposal_move move = move_to(STATE(SENT), 9);
        struct refusal refusal;
        move.is_resumed = true;
        assert_true(proposal_may_move(ROW(STATE(PROPOSED), STATE(SENT), STATE(EXPIRED)), &move, &refusal));
        assert_false(proposal_may_move(ROW(STATE(PROPOSED), STATE(SENT)), &move, &refusal));
}

static bool may_correct(const Tracking__ProposalRow *row, Tracking__ProposalState to)
{
        struct proposal_move move = move_to(to, (int32_t)row->n_steps);
        struct refusal refusal;
        return proposal_may_correct(row, &move, &refusal);
}

static void test_what_may_take_the_place(void **state)
{
        (void)state;
        const Tracking__ProposalRow *taken = ROW(STATE(PROPOSED), STATE(SENT), STATE(TAKEN));
        assert_true(may_correct(taken, STATE(NOT_TAKEN)));
        assert_true(may_correct(taken, STATE(SENT)));  /* nothing happened */
        assert_true(may_correct(taken, STATE(TAKEN))); /* on another day */
        assert_false(may_correct(taken, STATE(PLACED)));
        assert_false(may_correct(taken, STATE(EXPIRED)));
        assert_false(may_correct(taken, STATE(PROPOSED)));
        assert_true(may_correct(ROW(STATE(PROPOSED), STATE(SENT)), STATE(SENT)));
        assert_true(may_correct(ROW(STATE(PROPOSED)), STATE(PROPOSED)));
        assert_false(may_correct(ROW(STATE(PROPOSED)), STATE(WITHDRAWN)));
        assert_true(may_correct(ROW(STATE(PROPOSED), STATE(SENT), STATE(NOT_TAKEN)), STATE(MET)));
}

static void test_an_endless_one_takes_no_more(void **state)
{
        (void)state;
        static Tracking__ProposalState states[PROPOSAL_STEPS_MAX];
        for (size_t i = 0; i < PROPOSAL_STEPS_MAX; i++)
                states[i] = i == 0 ? STATE(PROPOSED) : STATE(SENT);
        const Tracking__ProposalRow *row = row_of(states, PROPOSAL_STEPS_MAX);
        assert_false(may(row, STATE(MET)));
        assert_false(may_correct(row, STATE(SENT)));
        assert_true(may(row_of(states, PROPOSAL_STEPS_MAX - 1), STATE(MET)));
}

/* ---- what follows, by the rules that are shipped */

static const Tracking__ProposalVersion *shipped(struct dated *dated)
{
        struct err_info info = {0};
        assert_int_equal(dated_load("deploy/rules", "proposals", &tracking__proposal_rules__descriptor, dated, &info),
                         0);
        assert_int_equal(proposal_rules_check(dated, &info), 0);
        return dated_on(dated, day_of_number(20000));
}

static Tracking__ProposalStep *followed(const Tracking__ProposalVersion *rules, Tracking__ProposalState state,
                                        struct proposal_people people, int64_t now_ms)
{
        Tracking__ProposalStep *step = pb_new(&tracking__proposal_step__descriptor, &arena);
        step->state = state;
        step->happened_on = day_to(&arena, day_of_number(20000));
        proposal_follow_up(rules, people, now_ms, step, &arena);
        return step;
}

static void test_who_acts_and_by_when(void **state)
{
        (void)state;
        struct dated dated;
        const int64_t day_ms = 86400000, then_ms = 20000 * day_ms;
        const Tracking__ProposalVersion *rules = shipped(&dated);
        const struct proposal_people all = {true, true, true}, none = {0}, company = {.has_company = true};
        Tracking__ProposalStep *step = followed(rules, STATE(SENT), company, then_ms);
        assert_int_equal(step->next_actor, TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS);
        assert_int_equal(step->act_by->days, 20014);
        assert_int_equal(step->expires_at->ms, 20061 * day_ms); /* sixty days without an answer */
        assert_string_not_equal(proposal_action(rules, step), "");
        assert_int_equal(followed(rules, STATE(SENT), all, then_ms)->next_actor,
                         TRACKING__PROPOSAL_ACTOR__STRUCTURE_ACTS);
        assert_int_equal(followed(rules, STATE(SENT), none, then_ms)->next_actor,
                         TRACKING__PROPOSAL_ACTOR__FACILITATOR_ACTS);
        assert_int_equal(followed(rules, STATE(NO_SHOW), all, then_ms)->next_actor,
                         TRACKING__PROPOSAL_ACTOR__PRESCRIBER_ACTS);
        assert_int_equal(followed(rules, STATE(NO_SHOW), none, then_ms)->next_actor,
                         TRACKING__PROPOSAL_ACTOR__FACILITATOR_ACTS);
        /* told half a year late: late at once, but not over before somebody could read it */
        step = followed(rules, STATE(SENT), company, 20180 * day_ms);
        assert_int_equal(step->act_by->days, 20014);
        assert_int_equal(step->expires_at->ms, 20187 * day_ms);
        step = followed(rules, STATE(NOT_TAKEN), all, then_ms);
        assert_int_equal(step->next_actor, TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS);
        assert_null(step->act_by);
        assert_null(step->expires_at);
        assert_string_equal(proposal_action(rules, step), "");
        assert_null(followed(rules, STATE(PROPOSED), all, then_ms)->expires_at);
        dated_fini(&dated);
}

static void test_rules_that_forget_a_state(void **state)
{
        (void)state;
        struct dated dated;
        struct err_info info = {0};
        Tracking__ProposalVersion *rules = (Tracking__ProposalVersion *)(uintptr_t)shipped(&dated);
        rules->n_states--;
        assert_int_equal(proposal_rules_check(&dated, &info), ERR_CONFIG);
        rules->n_states++;
        rules->states[0]->actor = TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS;
        assert_int_equal(proposal_rules_check(&dated, &info), ERR_CONFIG);
        dated_fini(&dated);
}

static void test_words(void **state)
{
        (void)state;
        char label[PROPOSAL_LABEL_SIZE];
        proposal_label((struct id){{[13] = 0x3F, [14] = 0xA9, [15] = 0xC1}}, label);
        assert_string_equal(label, "3FA9C1");
        for (int i = STATE(PROPOSED); i <= STATES; i++)
                assert_string_not_equal(proposal_state_word((Tracking__ProposalState)i), "");
        assert_string_equal(proposal_state_word((Tracking__ProposalState)99), "");
}

static int arena_end(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_follows_what),
                cmocka_unit_test(test_what_is_over_is_over),
                cmocka_unit_test(test_days_go_forward),
                cmocka_unit_test(test_it_goes_on_where_it_was),
                cmocka_unit_test(test_what_may_take_the_place),
                cmocka_unit_test(test_an_endless_one_takes_no_more),
                cmocka_unit_test(test_who_acts_and_by_when),
                cmocka_unit_test(test_rules_that_forget_a_state),
                cmocka_unit_test(test_words),
        };
        return cmocka_run_group_tests(tests, NULL, arena_end);
}
