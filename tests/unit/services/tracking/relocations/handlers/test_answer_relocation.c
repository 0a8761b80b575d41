#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/persons/doubles.h"
#include "tests/unit/services/tracking/proposals/courses.h"
#include "tests/unit/services/tracking/relocations/moves.h"

/* Her file and what is open of it are the other department's; her placement goes on where it is. */
static void test_taken(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        struct id relocation = move_proposed(s, person);
        const Tracking__AcceptRelocationReply *reply =
                fixture_get(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, relocation));
        assert_true(id_equal(id_of(reply->beneficiary_id), person));
        const Tracking__BeneficiaryRelocated *told = scene_last_event(s)->beneficiary_relocated;
        assert_string_equal(told->from_territory, "31");
        assert_string_equal(told->to_territory, "81");
        assert_int_equal(move_persons(s, "31")->n_beneficiaries, 0);
        assert_int_equal(move_persons(s, "81")->n_beneficiaries, 1);
        scene_submit(s, placement, 4, 1000);
        (void)fixture_get(&s->f, move_of(s, "31"), "ValidateHours", scene_validation(s, placement, 4));
        (void)fixture_refused(&s->f, move_of(s, "31"), "DecideEligibility", scene_decision(s, person),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, move_of(s, "81"), "DecideEligibility", scene_decision(s, person));
}

static void test_open_proposals_go_along(void **state)
{
        struct scene *s = *state;
        course_company(s, s->company);
        struct id person = scene_eligible_person(s), need = course_need(s, "need", (struct id){{0}});
        Tracking__ProposeBeneficiary command = TRACKING__PROPOSE_BENEFICIARY__INIT;
        Tracking__ProposalById query = TRACKING__PROPOSAL_BY_ID__INIT;
        command.beneficiary_id = scene_id(s, person);
        command.need_id = scene_id(s, need);
        command.proposed_on = scene_date(s, 2026, 10, 14);
        const Tracking__ProposeBeneficiaryReply *made =
                fixture_get(&s->f, s->facilitator, "ProposeBeneficiary", &command);
        (void)fixture_get(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, move_proposed(s, person)));
        query.proposal_id = made->proposal_id;
        const Tracking__ProposalView *view = fixture_get(&s->f, s->facilitator, "ProposalById", &query);
        assert_string_equal(view->territory, "81");
}

/* All files of hers go, and her pairs are shown where she is. */
static void test_merged_files_go_together(void **state)
{
        struct scene *s = *state;
        struct id person = referred(s, "Marchand", "Zoé", "31"), other = referred(s, "MARCHAND", "Zoe", "31");
        struct id twin = referred(s, "Marchand", "Zoé", "31");
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, person, other));
        (void)fixture_get(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, move_proposed(s, other)));
        assert_int_equal(move_persons(s, "81")->n_beneficiaries, 2);
        assert_int_equal(move_persons(s, "31")->n_beneficiaries, 1);
        assert_true(id_equal(id_of(move_persons(s, "31")->beneficiaries[0]->beneficiary_id), twin));
        assert_int_equal(doubles(s, move_of(s, "81"), "81")->n_doubles, 2);
        assert_int_equal(doubles(s, move_of(s, "31"), "31")->n_doubles, 2); /* of the twin */
        (void)fixture_get(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, move_proposed(s, twin)));
        assert_int_equal(doubles(s, move_of(s, "31"), "31")->n_doubles, 0);
}

static void test_declined_or_withdrawn(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), relocation = move_proposed(s, person);
        (void)fixture_get(&s->f, move_of(s, "81"), "DeclineRelocation", move_declining(s, relocation));
        assert_int_equal(scene_last_event(s)->relocation_ended->state, MOVED(DECLINED));
        (void)fixture_refused(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, relocation),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        relocation = move_proposed(s, person);
        (void)fixture_get(&s->f, move_of(s, "31"), "WithdrawRelocation", move_withdrawal(s, relocation));
        assert_int_equal(scene_last_event(s)->relocation_ended->state, MOVED(WITHDRAWN));
        (void)fixture_refused(&s->f, move_of(s, "31"), "WithdrawRelocation", move_withdrawal(s, relocation),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(move_persons(s, "31")->n_beneficiaries, 1);
}

static void test_who_answers(void **state)
{
        struct scene *s = *state;
        struct id relocation = move_proposed(s, scene_eligible_person(s));
        Tracking__DeclineRelocation *declining = move_declining(s, relocation);
        (void)fixture_refused(&s->f, move_of(s, "31"), "AcceptRelocation", move_taking(s, relocation),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, move_of(s, "81"), "WithdrawRelocation", move_withdrawal(s, relocation),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "AcceptRelocation", move_taking(s, relocation),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        declining->decline_code = arena_text(&s->f.arena, "PARCE_QUE");
        (void)fixture_refused(&s->f, move_of(s, "81"), "DeclineRelocation", declining,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_what_happened_since(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), relocation = move_proposed(s, person);
        Tracking__RestrictPerson restricting = TRACKING__RESTRICT_PERSON__INIT;
        Tracking__LiftRestriction lifting = TRACKING__LIFT_RESTRICTION__INIT;
        Tracking__ErasePerson erasure = TRACKING__ERASE_PERSON__INIT;
        restricting.beneficiary_id = lifting.beneficiary_id = erasure.beneficiary_id = scene_id(s, person);
        restricting.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        lifting.lifting_code = arena_text(&s->f.arena, "VERIFIED");
        erasure.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restricting);
        (void)fixture_refused(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, relocation),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, s->facilitator, "LiftRestriction", &lifting);
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", &erasure);
        (void)fixture_refused(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, relocation),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, move_of(s, "81"), "DeclineRelocation", move_declining(s, relocation));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_taken),
                TEST(test_open_proposals_go_along),
                TEST(test_merged_files_go_together),
                TEST(test_declined_or_withdrawn),
                TEST(test_who_answers),
                TEST(test_what_happened_since),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
