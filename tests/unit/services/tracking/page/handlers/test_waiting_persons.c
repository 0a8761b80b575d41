/* WaitingPersons: who waits for a decision or for a need, since when, by whichever of her files; to each what is its
 * own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/persons/doubles.h"
#include "tests/unit/services/tracking/proposals/courses.h"

static const Tracking__WaitingPersonsReply *waiting(struct scene *s, const Wire__Passport *actor)
{
        Tracking__WaitingPersons query = TRACKING__WAITING_PERSONS__INIT;
        return fixture_get(&s->f, actor, "WaitingPersons", &query);
}

static struct id referred_on(struct scene *s, struct day day)
{
        Tracking__ReferBeneficiary *command = scene_referral(s);
        command->referred_on = day_to(&s->f.arena, day);
        s->f.world.now_ms_value += 1000;
        const Tracking__ReferBeneficiaryReply *reply = fixture_get(&s->f, s->prescriber, "ReferBeneficiary", command);
        return id_of(reply->beneficiary_id);
}

static void test_who_was_referred_first_stands_first(void **state)
{
        struct scene *s = *state;
        struct id late = referred_on(s, scene_day(2026, 10, 12)), first = referred_on(s, scene_day(2026, 1, 20));
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, first));
        const Tracking__WaitingPersonsReply *reply = waiting(s, s->facilitator);
        assert_int_equal(reply->n_persons, 2);
        const Tracking__WaitingPerson *line = reply->persons[0];
        assert_true(id_equal(id_of(line->beneficiary_id), first));
        assert_int_equal(line->state, TRACKING__WAITING_STATE__WAITING_FOR_NEED);
        assert_int_equal(line->referred_on->days, day_number(scene_day(2026, 1, 20)));
        assert_int_equal(line->since->days, day_number(scene_day(2026, 2, 1)));
        assert_non_null(line->eligible_until);
        assert_true(line->late);
        assert_int_equal(line->actor, ACTS(FACILITATOR));
        line = reply->persons[1];
        assert_true(id_equal(id_of(line->beneficiary_id), late));
        assert_int_equal(line->state, TRACKING__WAITING_STATE__WAITING_FOR_DECISION);
        assert_int_equal(line->since->days, day_number(scene_day(2026, 10, 12)));
        assert_null(line->eligible_until);
        assert_false(line->late);
        assert_int_equal(waiting(s, s->prescriber)->n_persons, 2);
        assert_int_equal(waiting(s, s->stranger)->n_persons, 0);
        const struct id other = scene_name("another prescriber");
        assert_int_equal(waiting(s, fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31"))->n_persons, 0);
}

static void test_filters(void **state)
{
        struct scene *s = *state;
        Tracking__WaitingPersons query = TRACKING__WAITING_PERSONS__INIT;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        course_company(s, s->company);
        command->need_id = scene_id(s, course_need(s, "need", (struct id){0}));
        (void)scene_refer(s);
        const Tracking__ReferBeneficiaryReply *for_need =
                fixture_get(&s->f, s->prescriber, "ReferBeneficiary", command);
        assert_non_null(for_need->proposal_id); /* she is proposed: she does not wait */
        assert_int_equal(waiting(s, s->facilitator)->n_persons, 1);
        Tracking__WithdrawProposal withdrawal = TRACKING__WITHDRAW_PROPOSAL__INIT;
        withdrawal.proposal_id = for_need->proposal_id;
        withdrawal.withdrawn_on = scene_date(s, 2026, 10, 18);
        withdrawal.withdrawal_code = arena_text(&s->f.arena, "BY_FACILITATOR");
        (void)fixture_get(&s->f, s->facilitator, "WithdrawProposal", &withdrawal);
        assert_int_equal(waiting(s, s->facilitator)->n_persons, 2);
        query.rome_code = arena_text(&s->f.arena, "F1703");
        const Tracking__WaitingPersonsReply *reply = fixture_get(&s->f, s->facilitator, "WaitingPersons", &query);
        assert_int_equal(reply->n_persons, 1);
        assert_string_equal(reply->persons[0]->rome_code, "F1703");
        query.state = TRACKING__WAITING_STATE__WAITING_FOR_NEED;
        reply = fixture_get(&s->f, s->facilitator, "WaitingPersons", &query);
        assert_int_equal(reply->n_persons, 0);
}

/* She works, or is proposed, by one of her files: she does not wait by the other. */
static void test_by_whichever_of_her_files(void **state)
{
        struct scene *s = *state;
        struct id one = referred_on(s, scene_day(2026, 1, 10)), other = referred_on(s, scene_day(2026, 1, 20));
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, other));
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        const Tracking__WaitingPersonsReply *reply = waiting(s, s->facilitator);
        assert_int_equal(reply->n_persons, 1);
        assert_true(id_equal(id_of(reply->persons[0]->beneficiary_id), one));
        assert_int_equal(reply->persons[0]->state, TRACKING__WAITING_STATE__WAITING_FOR_NEED);
        struct id placement = scene_open_placement(s, scene_opening(s, other));
        assert_int_equal(waiting(s, s->facilitator)->n_persons, 0);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        reply = waiting(s, s->facilitator);
        assert_int_equal(reply->n_persons, 1);
        assert_int_equal(reply->persons[0]->since->days, day_number(scene_day(2026, 9, 30)));
}

/* A private contract that is not the reader's is not there; of a restricted file nothing is to be done. */
static void test_private_and_restricted(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        (void)scene_open_placement(s, scene_opening(s, person));
        scene_private(s, "09");
        assert_int_equal(waiting(s, s->facilitator)->n_persons, 1);
        assert_int_equal(waiting(s, s->prescriber)->n_persons, 0);
        restriction.beneficiary_id = scene_id(s, person);
        restriction.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        assert_int_equal(waiting(s, s->facilitator)->n_persons, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_was_referred_first_stands_first, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_filters, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_by_whichever_of_her_files, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_private_and_restricted, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
