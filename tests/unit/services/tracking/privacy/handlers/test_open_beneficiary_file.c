#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__OpenBeneficiaryFile *opening(struct scene *s, struct id person)
{
        Tracking__OpenBeneficiaryFile *command = pb_new(&tracking__open_beneficiary_file__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, "préparer l'entretien");
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return command;
}

static void test_file_is_unsealed(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        const Tracking__BeneficiaryFile *file =
                fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", opening(s, person));
        assert_string_equal(file->identity->family_name, "Quatrebarbes-Essai");
        assert_string_equal(file->identity->given_name, "Zéphirine");
        assert_int_equal(file->identity->born_on->days, day_number(scene_day(1990, 5, 17)));
        assert_int_equal(file->identity->sex, TRACKING__SEX__WOMAN);
        assert_string_equal(file->identity->phone, "06 39 98 71 43");
        assert_string_equal(file->territory, "31");
        assert_true(id_equal(id_of(file->prescriber), s->mission_locale));
        assert_int_equal(file->n_eligibilities, 0);
        assert_int_equal(file->n_exits, 0);

        const Tracking__Event *event = scene_last_event(s);
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_BENEFICIARY_FILE_OPENED);
        assert_true(id_equal(id_of(event->beneficiary_file_opened->beneficiary_id), person));
        struct slice published = engine_events_after(s->f.engine, 0, 0, &s->f.arena);
        assert_null(memmem(published.data, published.size, "entretien", strlen("entretien")));
}

static void test_decisions_and_exits_are_in_it(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        Tracking__DecideEligibility *refusal = scene_decision(s, person);
        refusal->eligible = false;
        refusal->reason = arena_text(&s->f.arena, "attestation périmée");
        refusal->valid_from = scene_date(s, 2026, 10, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", refusal);

        const Tracking__BeneficiaryFile *file =
                fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", opening(s, person));
        assert_int_equal(file->n_eligibilities, 2);
        assert_true(file->eligibilities[0]->eligible);
        assert_string_equal(file->eligibilities[0]->public_code, "B_RSA");
        assert_string_equal(file->eligibilities[0]->proof_code, "ATTESTATION_RSA");
        assert_int_equal(file->eligibilities[0]->proof_dated->days, day_number(scene_day(2026, 1, 20)));
        assert_int_equal(file->eligibilities[0]->valid_until->days, day_number(scene_day(2028, 1, 31)));
        assert_string_equal(file->eligibilities[0]->decided_by, "essai");
        assert_true(file->eligibilities[0]->rules_version[0] != '\0');
        assert_false(file->eligibilities[1]->eligible);
        assert_null(file->eligibilities[1]->valid_until);
        assert_string_equal(file->eligibilities[1]->reason, "attestation périmée");
        assert_int_equal(file->n_exits, 1);
        assert_true(id_equal(id_of(file->exits[0]->placement_id), placement));
        assert_int_equal(file->exits[0]->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        assert_string_equal(file->exits[0]->reason, "embauche en CDI chez Confidences SARL");
}

static void test_every_reading_is_logged(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), key = id_new(&s->f.world, FIXTURE_NOW_MS, 0);
        uint64_t before = engine_position(s->f.engine);
        struct engine_answer answer;
        Tracking__OpenBeneficiaryFile *command = opening(s, person);
        for (int i = 0; i < 2; i++) { /* the reply is not kept, so the same key reads again */
                assert_int_equal(engine_call(s->f.engine, s->facilitator, "OpenBeneficiaryFile", &command->base, &key,
                                             &s->f.arena, &answer),
                                 0);
                assert_non_null(answer.body);
        }
        assert_int_equal(engine_position(s->f.engine), before + 2);
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        Tracking__OpenBeneficiaryFile *command = opening(s, scene_refer(s));
        (void)fixture_refused(&s->f, s->stranger, "OpenBeneficiaryFile", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "OpenBeneficiaryFile", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->company_user, "OpenBeneficiaryFile", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->auditor, "OpenBeneficiaryFile", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->reason = arena_text(&s->f.arena, "  ");
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", command,
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "reason");
        command->reason = arena_text(&s->f.arena, "x"); /* once it was reason enough */
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", command,
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "reason");
        command = opening(s, scene_refer(s));
        command->reason_code = arena_text(&s->f.arena, "");
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", command,
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "reasonCode");
        command->reason_code = arena_text(&s->f.arena, "placement"); /* of no list */
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", command,
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "reasonCode");
        command = opening(s, scene_name("nobody"));
        (void)fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* A person whose key is gone: the row stays, the file opens no more. */
static void test_without_its_key_a_file_is_closed(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        char path[128];
        engine_close(s->f.engine);
        (void)snprintf(path, sizeof(path), "%s/keys/data.mdb", s->f.directory);
        assert_int_equal(unlink(path), 0);
        fixture_open_engine(&s->f);
        (void)fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", opening(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        scene_key_again(s, person);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_file_is_unsealed, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_decisions_and_exits_are_in_it, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_every_reading_is_logged, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_refusals, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_without_its_key_a_file_is_closed, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
