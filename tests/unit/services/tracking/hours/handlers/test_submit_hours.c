#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Wire__Passport *actor, const Tracking__SubmitHours *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(&s->f, actor, "SubmitHours", command, code);
}

static void test_submits_and_replaces(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        const Tracking__SubmitHoursReply *reply =
                fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 4, 15167));
        assert_null(reply->replaced);
        const Tracking__HoursSubmitted *event = scene_last_event(s)->hours_submitted;
        assert_true(id_equal(id_of(event->placement_id), placement));
        assert_int_equal(event->month->months, month_number(month_of_day(scene_day(2026, 4, 1))));
        assert_int_equal(event->hours->hundredths, 15167);

        reply = fixture_get(&s->f, s->structure_user, "SubmitHours", scene_submission(s, placement, 4, 14000));
        assert_int_equal(reply->replaced->hundredths, 15167);
        assert_int_equal(scene_view(s, placement)->months[0]->submitted->hundredths, 14000);
}

static void test_who_may(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__SubmitHours *command = scene_submission(s, placement, 4, 100);
        const Wire__Passport *allowed[] = {s->company_user, s->structure_user, s->facilitator};
        const Wire__Passport *others[] = {s->prescriber, s->auditor, s->coordinator, s->buyer};
        const Wire__Passport *strangers[] = {s->other_company_user, s->stranger};
        for (size_t i = 0; i < ARRAY_SIZE(allowed); i++)
                (void)fixture_get(&s->f, allowed[i], "SubmitHours", command);
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)refused(s, others[i], command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        for (size_t i = 0; i < ARRAY_SIZE(strangers); i++)
                (void)refused(s, strangers[i], command, TYPES__REFUSAL_CODE__NOT_FOUND);

        /* a structure acts as the employer, not as the host; an account without an organisation for none */
        Wire__Passport *as_host = fixture_actor(&s->f, TYPES__ROLE__STRUCTURE, &s->company, "");
        Wire__Passport *as_employer = fixture_actor(&s->f, TYPES__ROLE__COMPANY, &s->structure, "");
        Wire__Passport *loose = fixture_actor(&s->f, TYPES__ROLE__COMPANY, NULL, "31");
        (void)refused(s, as_host, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, as_employer, "SubmitHours", command);
        (void)refused(s, loose, command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_unknown_placement(void **state)
{
        struct scene *s = *state;
        (void)refused(s, s->facilitator, scene_submission(s, scene_name("none"), 4, 100),
                      TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_month(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s); /* since 2026-03-10 */
        Tracking__SubmitHours *command = scene_submission(s, placement, 4, 100);
        command->month = NULL;
        assert_string_equal(refused(s, s->company_user, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "month");
        (void)refused(s, s->company_user, scene_submission(s, placement, 2, 100), TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)refused(s, s->company_user, scene_submission(s, placement, 11, 100), TYPES__REFUSAL_CODE__INVALID_FIELD);
        scene_submit(s, placement, 3, 100);
        scene_submit(s, placement, 10, 100);
}

static void test_hours(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s); /* 35 hours a week: half as much again, 252 in April, at most */
        Tracking__SubmitHours *command = scene_submission(s, placement, 4, 100);
        command->hours = NULL;
        assert_string_equal(refused(s, s->company_user, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
        (void)refused(s, s->company_user, scene_submission(s, placement, 4, -1), TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)refused(s, s->company_user, scene_submission(s, placement, 4, 74401), TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)refused(s, s->company_user, scene_submission(s, placement, 4, 25201), TYPES__REFUSAL_CODE__INVALID_FIELD);
        scene_submit(s, placement, 4, 25200);
        scene_submit(s, placement, 4, 0);
}

/* What is odd is told, and taken; field report H10: what the days do not hold is not. */
static void test_warnings(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        const Tracking__SubmitHoursReply *reply =
                fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 4, 19000));
        assert_int_equal(reply->n_warnings, 1);
        assert_string_equal(reply->warnings[0]->code, "OVER_CONTRACT");
        assert_non_null(strstr(reply->warnings[0]->text, "durée hebdomadaire"));
        reply = fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 5, 5000));
        assert_int_equal(reply->n_warnings, 1);
        assert_string_equal(reply->warnings[0]->code, "FAR_FROM_BEFORE");

        Tracking__OpenPlacement *late = scene_opening(s, scene_eligible_person(s));
        late->starts_on = scene_date(s, 2026, 10, 17); /* it is the 18th */
        placement = scene_open_placement(s, late);
        const Types__Refusal *refusal = refused(s, s->company_user, scene_submission(s, placement, 10, 15167),
                                                TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "hours");
        assert_non_null(strstr(refusal->text, "17 octobre 2026"));
        scene_submit(s, placement, 10, 1400);
}

/* The whole quarter is this company's own. */
static void test_the_average_of_ones_own(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *opening = scene_opening(s, scene_eligible_person(s));
        opening->weekly_hours = scene_hours(s, 4500);
        struct id placement = scene_open_placement(s, opening);
        scene_submit(s, placement, 6, 20000);
        scene_submit(s, placement, 7, 20000);
        const Tracking__SubmitHoursReply *reply =
                fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 8, 18600));
        assert_int_equal(reply->n_warnings, 0); /* 586 h: the most that the law lets of these days */
        reply = fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 8, 18601));
        assert_int_equal(reply->n_warnings, 1);
        assert_string_equal(reply->warnings[0]->code, "OVER_AVERAGE");
        assert_false(reply->warnings[0]->blocks);
        assert_non_null(strstr(reply->warnings[0]->text, "dans vos parcours"));
}

static const char *said_of(struct scene *s, const Wire__Passport *actor, struct id placement)
{
        const Tracking__SubmitHoursReply *reply =
                fixture_get(&s->f, actor, "SubmitHours", scene_submission(s, placement, 4, 17500));
        return reply->n_warnings == 0 ? "" : reply->warnings[0]->code;
}

/* Known for sure, or nothing is said; to who signs her contract, and to who looks at the territory. */
static void test_a_minor(void **state)
{
        struct scene *s = *state;
        for (int known = 0; known < 3; known++) {
                Tracking__ReferBeneficiary *command = scene_referral(s);
                command->identity->given_name = arena_printf(&s->f.arena, "Essai%c", 'a' + known);
                command->identity->born_on = known == 0 ? scene_date(s, 2008, 9, 17) : NULL;
                if (known > 0)
                        command->identity->born_in = arena_text(&s->f.arena, known == 1 ? "2008-05" : "2008");
                const Tracking__ReferBeneficiaryReply *referred =
                        fixture_get(&s->f, s->prescriber, "ReferBeneficiary", command);
                struct id person = id_of(referred->beneficiary_id);
                (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
                struct id placement = scene_open_placement(s, scene_opening(s, person));
                const char *code = known < 2 ? "MINOR_OVER_LEGAL" : "";
                assert_string_equal(said_of(s, s->structure_user, placement), code);
                assert_string_equal(said_of(s, s->facilitator, placement), code);
                assert_string_equal(said_of(s, s->company_user, placement), ""); /* where she works */
        }
}

static void test_the_month_before_again(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__CopyHours *copy = pb_new(&tracking__copy_hours__descriptor, &s->f.arena);
        copy->placement_id = scene_id(s, placement);
        copy->month = scene_month(s, 2026, 5);
        (void)fixture_refused(&s->f, s->company_user, "CopyHours", copy, TYPES__REFUSAL_CODE__WRONG_STATE);
        Tracking__SubmitHours *april = scene_submission(s, placement, 4, 14000);
        april->training = scene_hours(s, 700);
        (void)fixture_get(&s->f, s->company_user, "SubmitHours", april);
        const Tracking__CopyHoursReply *reply = fixture_get(&s->f, s->company_user, "CopyHours", copy);
        assert_int_equal(reply->hours->hundredths, 14000);
        assert_int_equal(reply->training->hundredths, 700);
        assert_int_equal(scene_view(s, placement)->months[1]->submitted->hundredths, 14000);
        (void)fixture_refused(&s->f, s->other_company_user, "CopyHours", copy, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_not_after_the_end(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__EndPlacement *end = scene_end(s, placement);
        end->ended_on = scene_date(s, 2026, 6, 2);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        scene_submit(s, placement, 6, 1400);
        (void)refused(s, s->company_user, scene_submission(s, placement, 7, 100), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_not_once_validated(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 10000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)refused(s, s->company_user, scene_submission(s, placement, 4, 9000), TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* How many warnings the facilitator reads of 150 h in April. */
static size_t warnings_of(struct scene *s, struct id placement)
{
        const Tracking__SubmitHoursReply *reply =
                fixture_get(&s->f, s->facilitator, "SubmitHours", scene_submission(s, placement, 4, 15000));
        return reply->n_warnings;
}

/* Of a person with one placement nothing else is read, until she has another, in this file or in one that joins it. */
static void test_all_that_is_hers_is_looked_at(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), other = scene_eligible_person(s);
        struct id here = scene_open_placement(s, scene_opening(s, person));
        struct id there = scene_open_placement(s, scene_opening(s, other));
        assert_int_equal(warnings_of(s, here) + warnings_of(s, there), 0);
        Tracking__MergePersons merge = TRACKING__MERGE_PERSONS__INIT;
        merge.beneficiary_id = scene_id(s, person);
        merge.other_id = scene_id(s, other);
        merge.reason = arena_text(&s->f.arena, "même pièce d'identité");
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", &merge);
        assert_true(warnings_of(s, here) > 0); /* by the file that goes on */
        assert_true(warnings_of(s, there) > 0);
        Tracking__UnmergePersons unmerge = TRACKING__UNMERGE_PERSONS__INIT;
        unmerge.beneficiary_id = merge.other_id;
        unmerge.reason = arena_text(&s->f.arena, "deux sœurs");
        (void)fixture_get(&s->f, s->facilitator, "UnmergePersons", &unmerge);
        assert_int_equal(warnings_of(s, here) + warnings_of(s, there), 0);

        Tracking__OpenPlacement *second = scene_opening(s, person);
        second->obligation_id = scene_id(s, s->unpriced);
        struct id beside = scene_open_placement(s, second);
        assert_int_equal(warnings_of(s, beside) > 0, true);
        assert_true(warnings_of(s, here) > 0);
        assert_int_equal(warnings_of(s, there), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_submits_and_replaces, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_all_that_is_hers_is_looked_at, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_may, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_unknown_placement, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_month, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_hours, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_warnings, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_average_of_ones_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_minor, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_month_before_again, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_after_the_end, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_once_validated, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
