#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/proposals/courses.h"

static void refused(struct scene *s, const Wire__Passport *actor, const Tracking__ProposeBeneficiary *command,
                    Types__RefusalCode code, const char *field)
{
        assert_string_equal(fixture_refused(&s->f, actor, "ProposeBeneficiary", command, code)->field, field);
}

static void test_several_needs_side_by_side(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), first = course_need(s, "first", s->structure),
                  second = course_need(s, "second", (struct id){0});
        const Tracking__ProposeBeneficiaryReply *reply =
                fixture_get(&s->f, s->prescriber, "ProposeBeneficiary", course_proposing(s, person, first));
        assert_int_equal(id_partition(id_of(reply->proposal_id)), SCENE_PARTITION);
        assert_int_equal(reply->act_by->days, day_number(scene_day(2026, 10, 8)));
        const Tracking__ProposalMade *made = scene_last_event(s)->proposal_made;
        assert_string_equal(made->need_title, "Maçon");
        assert_int_equal(made->step->state, STATE(PROPOSED));
        assert_int_equal(made->step->by, TYPES__ROLE__PRESCRIBER);
        assert_int_equal(made->step->happened_on->days, day_number(scene_day(2026, 10, 1)));
        assert_false(made->is_private);
        (void)fixture_get(&s->f, s->facilitator, "ProposeBeneficiary", course_proposing(s, person, second));
        refused(s, s->facilitator, course_proposing(s, person, first), TYPES__REFUSAL_CODE__ALREADY_EXISTS, "needId");
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), need = course_need(s, "need", (struct id){0});
        const struct id other = scene_name("another prescriber");
        const Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31");
        const Wire__Passport *of_no_territory = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &s->mission_locale, "81");
        Tracking__ProposeBeneficiary *command = course_proposing(s, person, need);
        refused(s, s->stranger, command, TYPES__REFUSAL_CODE__NOT_FOUND, "beneficiaryId");
        refused(s, elsewhere, command, TYPES__REFUSAL_CODE__NOT_FOUND, "beneficiaryId");
        refused(s, of_no_territory, command, TYPES__REFUSAL_CODE__NOT_FOUND, "needId");
        refused(s, s->company_user, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "role");
        command->need_id = scene_id(s, scene_name("unknown need"));
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_FOUND, "needId");
        command->need_id = NULL;
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_FOUND, "needId");
}

static void test_days_and_closed_needs(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), need = course_need(s, "need", (struct id){0});
        Tracking__ProposeBeneficiary *command = course_proposing(s, person, need);
        command->proposed_on = scene_date(s, 2026, 10, 19);
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "proposedOn");
        command->proposed_on = NULL;
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "proposedOn");
        course_close_need(s, need);
        refused(s, s->prescriber, course_proposing(s, person, need), TYPES__REFUSAL_CODE__WRONG_STATE, "needId");
}

static void test_a_restricted_person_is_not_proposed(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), need = course_need(s, "need", (struct id){0});
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = scene_id(s, person);
        restriction.restriction_code = (char *)(uintptr_t) "UNLAWFUL";
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        refused(s, s->facilitator, course_proposing(s, person, need), TYPES__REFUSAL_CODE__WRONG_STATE,
                "beneficiaryId");
        refused(s, s->prescriber, course_proposing(s, person, need), TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiaryId");
}

static void test_a_referral_for_a_need_is_a_proposal(void **state)
{
        struct scene *s = *state;
        struct id need = course_need(s, "need", (struct id){0});
        Tracking__ReferBeneficiary *referral = scene_referral(s);
        referral->need_id = scene_id(s, need);
        const Tracking__ReferBeneficiaryReply *reply = fixture_get(&s->f, s->prescriber, "ReferBeneficiary", referral);
        assert_non_null(reply->proposal_id);
        const Tracking__ProposalView *view = course_view(s, s->prescriber, id_of(reply->proposal_id));
        assert_true(id_equal(id_of(view->beneficiary_id), id_of(reply->beneficiary_id)));
        assert_int_equal(view->state, STATE(PROPOSED));
        assert_int_equal(view->since->days, day_number(scene_day(2026, 10, 18)));

        course_close_need(s, need); /* she is referred all the same */
        reply = fixture_get(&s->f, s->prescriber, "ReferBeneficiary", referral);
        assert_null(reply->proposal_id);
}

static void test_a_private_need_is_for_its_own(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), need = course_need(s, "need", (struct id){0});
        scene_private(s, "09");
        refused(s, s->facilitator, course_proposing(s, person, need), TYPES__REFUSAL_CODE__NOT_FOUND, "needId");
        struct id proposal = course_propose(s, person, need); /* prescribers of its department are called */
        assert_true(scene_last_event(s)->proposal_made->is_private);
        const Tracking__ProposalView *view = course_view(s, s->prescriber, proposal);
        assert_string_equal(view->company_name, "");
        assert_null(view->company);
        assert_null(view->obligation_id);
        course_unseen(s, s->facilitator, proposal);
        course_unseen(s, s->auditor, proposal);
        scene_private(s, "31");
        (void)course_view(s, s->facilitator, proposal);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_several_needs_side_by_side, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_days_and_closed_needs, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_restricted_person_is_not_proposed, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_referral_for_a_need_is_a_proposal, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_private_need_is_for_its_own, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
