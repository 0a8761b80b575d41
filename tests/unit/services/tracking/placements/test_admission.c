#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Tracking__OpenPlacement *command)
{
        return fixture_refused(&s->f, s->facilitator, "OpenPlacement", command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
}

/* The no names whom the clause is for, never what she is. */
static void test_a_clause_for_some_publics(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s); /* B_RSA */
        scene_target(s, "B_QPV");
        const Types__Refusal *no = refused(s, scene_opening(s, person));
        assert_string_equal(no->field, "obligationId");
        assert_non_null(strstr(no->text, "quartier prioritaire"));
        assert_null(strstr(no->text, "RSA"));
        Tracking__DecideEligibility *more = scene_decision(s, person);
        more->public_code = arena_text(&s->f.arena, "B_QPV");
        more->proof_code = arena_text(&s->f.arena, "JUSTIFICATIF_DOMICILE");
        more->judged_on = scene_date(s, 2026, 2, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", more);
        (void)scene_open_placement(s, scene_opening(s, person));
}

static void test_women_and_the_young(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s); /* a woman, born in 1990 */
        scene_target(s, "T_JEUNES");
        (void)refused(s, scene_opening(s, person));
        scene_target(s, "T_FEMMES");
        (void)scene_open_placement(s, scene_opening(s, person));
        Tracking__ReferBeneficiary *man = scene_referral(s);
        man->identity->sex = TRACKING__SEX__MAN;
        man->identity->born_on = scene_date(s, 2003, 5, 17);
        const Tracking__ReferBeneficiaryReply *reply = fixture_get(&s->f, s->prescriber, "ReferBeneficiary", man);
        struct id other = id_of(reply->beneficiary_id);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, other));
        (void)refused(s, scene_opening(s, other));
        scene_target(s, "T_JEUNES");
        (void)scene_open_placement(s, scene_opening(s, other));
        scene_target(s, NULL); /* for all after all */
        other = scene_eligible_person(s);
        (void)scene_open_placement(s, scene_opening(s, other));
}

/* Temporary work has its own definition; what is decided by it counts there alone. */
static void test_agencies(void **state)
{
        struct scene *s = *state;
        struct id agency = scene_name("agency"), person = scene_refer(s);
        scene_organisation(s, agency, DIRECTORY__ORGANISATION_KIND__ETT, "Intérim du Midi");
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->public_code = arena_text(&s->f.arena, "A_IAE");
        command->proof_code = arena_text(&s->f.arena, "PASS_IAE");
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->employer = scene_id(s, agency);
        const Types__Refusal *no = refused(s, opening);
        assert_string_equal(no->field, "employer");
        assert_null(strstr(no->text, "IAE"));
        command->public_code = arena_text(&s->f.arena, "C_ETT");
        command->proof_code = arena_text(&s->f.arena, "PLAN_ACCOMPAGNEMENT");
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        (void)scene_open_placement(s, opening);

        person = scene_refer(s);
        command->beneficiary_id = scene_id(s, person);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        assert_string_equal(refused(s, scene_opening(s, person))->field, "employer");
}

static void test_a_trade_that_is_not_in_the_list(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *opening = scene_opening(s, scene_eligible_person(s));
        const Tracking__OpenPlacementReply *reply = fixture_get(&s->f, s->facilitator, "OpenPlacement", opening);
        assert_int_equal(reply->n_warnings, 0);
        opening = scene_opening(s, scene_eligible_person(s));
        opening->rome_code = arena_text(&s->f.arena, "Z9999");
        reply = fixture_get(&s->f, s->facilitator, "OpenPlacement", opening);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "Z9999"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_clause_for_some_publics, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_women_and_the_young, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_agencies, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_trade_that_is_not_in_the_list, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
