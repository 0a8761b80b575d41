#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Wire__Passport *actor,
                                     const Tracking__DecideEligibility *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, actor, "DecideEligibility", command, code);
}

static void test_eligible_for_two_years(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        const Tracking__DecideEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        assert_int_equal(reply->valid_until->days, day_number(scene_day(2028, 1, 31)));

        const Tracking__EligibilityDecided *decided = scene_last_event(s)->eligibility_decided;
        assert_true(decided->eligible);
        assert_int_equal(decided->valid_from->days, day_number(scene_day(2026, 2, 1)));
        assert_int_equal(decided->valid_until->days, day_number(scene_day(2028, 1, 31)));
        assert_true(id_equal(id_of(decided->prescriber), s->mission_locale));
        assert_string_equal(decided->territory, "31");
}

static void test_without_a_first_day_it_is_today(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        command->valid_from = command->decided_on = NULL;
        command->proof_dated = scene_date(s, 2026, 10, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        assert_int_equal(scene_last_event(s)->eligibility_decided->valid_from->days,
                         day_number(scene_day(2026, 10, 18)));
}

/* Hours before the decision count only where a motivated decision says so, and not from any day. */
static void test_a_decision_has_its_real_day(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->decided_on = NULL; /* today, 18 October: paper came late */
        const Types__Refusal *no = refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(no->field, "retroactiveReason");
        assert_non_null(strstr(no->text, "ne comptent pas"));
        command->retroactive_reason = arena_text(&s->f.arena, "dossier égaré, vu le 20 janvier");
        command->valid_from = scene_date(s, 2025, 10, 17);
        command->proof_dated = scene_date(s, 2025, 10, 1);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "validFrom");
        command->valid_from = scene_date(s, 2026, 2, 1);
        command->proof_dated = scene_date(s, 2026, 1, 20);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        const Tracking__Eligibility *kept = scene_file(s, person)->eligibilities[0];
        assert_string_equal(kept->retroactive_reason, "dossier égaré, vu le 20 janvier");
        assert_int_equal(kept->decided_on->days, day_number(scene_day(2026, 10, 18)));
        assert_string_equal(kept->policy_version, "eligibility-2026-1");
        assert_string_equal(kept->territory, "31");
        assert_true(kept->rules_version[0] != '\0');
        command->decided_on = scene_date(s, 2026, 1, 19); /* before the proof's own day */
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "proofDated");
        command->decided_on = scene_date(s, 2026, 10, 19); /* tomorrow */
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "decidedOn");
}

static void test_by_a_proof_that_was_seen(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__RecordProofSeen seen = TRACKING__RECORD_PROOF_SEEN__INIT;
        seen.beneficiary_id = scene_id(s, person);
        seen.proof_code = arena_text(&s->f.arena, "ATTESTATION_RSA");
        seen.issuer = arena_text(&s->f.arena, "CAF de la Haute-Garonne");
        seen.dated = scene_date(s, 2026, 1, 20);
        seen.seen_on = scene_date(s, 2026, 2, 1);
        const Tracking__RecordProofSeenReply *proof = fixture_get(&s->f, s->facilitator, "RecordProofSeen", &seen);
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->proof_id = proof->proof_id;
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "proofCode"); /* both */
        command->proof_code = (char *)(uintptr_t) "";
        command->proof_dated = NULL;
        command->decided_on = scene_date(s, 2026, 1, 31); /* seen the day after */
        command->valid_from = scene_date(s, 2026, 2, 1);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "proofId");
        command->decided_on = scene_date(s, 2026, 5, 1);
        command->valid_from = scene_date(s, 2026, 5, 1); /* the proof is older than three months then */
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "proofDated");
        command->valid_from = command->decided_on = scene_date(s, 2026, 2, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        const Tracking__Eligibility *kept = scene_file(s, person)->eligibilities[0];
        assert_string_equal(kept->proof_code, "ATTESTATION_RSA");
        assert_string_equal(kept->proof_issuer, "CAF de la Haute-Garonne");
        assert_true(id_equal(id_of(kept->proof_id), id_of(proof->proof_id)));
        command->proof_id = scene_id(s, person);
        (void)refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Where she lives is judged on a day, by the list of that day; no address is kept with it. */
static void test_judged_by_where_she_lives(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->public_code = arena_text(&s->f.arena, "B_QPV");
        command->proof_code = arena_text(&s->f.arena, "JUSTIFICATIF_DOMICILE");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "judgedOn");
        command->judged_on = scene_date(s, 2026, 1, 30);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        const Tracking__Eligibility *kept = scene_file(s, person)->eligibilities[0];
        assert_string_equal(kept->perimeter, "QPV_2024");
        assert_int_equal(kept->judged_on->days, day_number(scene_day(2026, 1, 30)));
}

/* On one's own referral it waits, and counts for nothing. */
static void test_on_ones_own_referral_it_waits(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer_own(s);
        const Tracking__DecideEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        assert_true(reply->to_confirm);
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_ELIGIBILITY_PROPOSED);
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", scene_opening(s, person),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->standing,
                         TRACKING__ELIGIBILITY_STANDING__WAITING);
        person = scene_refer_own(s); /* another account decides: at once */
        reply = fixture_get(&s->f, scene_colleague(s), "DecideEligibility", scene_decision(s, person));
        assert_false(reply->to_confirm);
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED);
        /* of one's own organisation, whoever typed it in */
        s->facilitator->organisation = scene_id(s, s->mission_locale);
        person = scene_refer(s);
        reply = fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        assert_true(reply->to_confirm);
}

static void test_not_eligible(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        command->eligible = false;
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        command->reason = arena_text(&s->f.arena, "dossier incomplet");
        const Tracking__DecideEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        assert_null(reply->valid_until);
        assert_false(scene_last_event(s)->eligibility_decided->eligible);
        assert_null(scene_last_event(s)->eligibility_decided->valid_until);
}

static void test_rules_refuse(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->public_code = arena_text(&s->f.arena, "B_NULLE_PART");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "publicCode");
        command = scene_decision(s, person);
        command->proof_dated = scene_date(s, 2025, 10, 31);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "proofDated");
        command = scene_decision(s, person); /* born in 1990 */
        command->public_code = arena_text(&s->f.arena, "B_JEUNE");
        command->proof_code = arena_text(&s->f.arena, "COURRIER_MISSION_LOCALE");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE)->field,
                            "publicCode");
        command = scene_decision(s, person);
        command->valid_from = scene_date(s, 2036, 2, 1);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "validFrom");
        command = scene_decision(s, person);
        command->reason = arena_text(&s->f.arena, "NIR 1 85 05 78 006 084 36");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        (void)refused(s, s->stranger, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(s, s->structure_user, command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(s, s->facilitator, scene_decision(s, scene_name("nobody")), TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_decisions_are_bounded(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        for (int i = 0; i < 64; i++)
                (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        (void)refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_eligible_for_two_years, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_without_a_first_day_it_is_today, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_decision_has_its_real_day, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_by_a_proof_that_was_seen, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_judged_by_where_she_lives, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_on_ones_own_referral_it_waits, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_eligible, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_rules_refuse, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_decisions_are_bounded, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
