#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "services/tracking/rules/context.h"
#include "services/tracking/dispatch.h"

#include "common/service/keys.h"
#include "tests/unit/services/tracking/scene.h"

/* --- privacy --------------------------------------------------------------------------------------------------- */

static const char *const secrets[] = {
        "Quatrebarbes", "Zéphirine",       "06 39 98 71 43", "zephirine@",       "31555",
        "B_RSA",        "ATTESTATION_RSA", "B_AUTRE",        "AVIS_MOTIVE",      "difficultés de santé",
        "Confidences",  "Glycines",        "PROOF_DOUBTED",  "la caisse hésite", "retrouvée",
        "WRONG_ENTRY",  "homonyme",        "B_QPV",          "QPV_2024",         "JUSTIFICATIF_DOMICILE",
        "notée depuis",
};

/* A proof that was seen, a decision by where she lives that waits and counts, is suspended, and struck. */
static void judge(struct scene *s, struct id person)
{
        Tracking__RecordProofSeen seen = TRACKING__RECORD_PROOF_SEEN__INIT;
        seen.beneficiary_id = scene_id(s, person);
        seen.proof_code = arena_text(&s->f.arena, "JUSTIFICATIF_DOMICILE");
        seen.issuer = arena_text(&s->f.arena, "mairie des Glycines");
        seen.dated = scene_date(s, 2026, 9, 20);
        const Tracking__RecordProofSeenReply *proof = fixture_get(&s->f, s->facilitator, "RecordProofSeen", &seen);
        Tracking__DecideEligibility *decision = scene_decision(s, person);
        decision->public_code = arena_text(&s->f.arena, "B_QPV");
        decision->proof_code = (char *)(uintptr_t) "";
        decision->proof_dated = NULL;
        decision->proof_id = proof->proof_id;
        decision->judged_on = scene_date(s, 2026, 9, 25);
        decision->valid_from = scene_date(s, 2026, 10, 1);
        decision->decided_on = NULL;
        decision->retroactive_reason = arena_text(&s->f.arena, "vue le jour même, notée depuis");
        s->facilitator->organisation = scene_id(s, s->mission_locale); /* its own referral */
        const Tracking__DecideEligibilityReply *decided =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", decision);
        assert_true(decided->to_confirm);
        s->facilitator->organisation = NULL;
        Tracking__ConfirmEligibility confirm = TRACKING__CONFIRM_ELIGIBILITY__INIT;
        confirm.beneficiary_id = scene_id(s, person);
        confirm.decision_id = decided->decision_id;
        confirm.confirmed = true;
        (void)fixture_get(&s->f, scene_colleague(s), "ConfirmEligibility", &confirm);
        Tracking__SuspendEligibility suspend = TRACKING__SUSPEND_ELIGIBILITY__INIT;
        suspend.beneficiary_id = scene_id(s, person);
        suspend.suspended_from = scene_date(s, 2026, 10, 5);
        suspend.suspension_code = arena_text(&s->f.arena, "PROOF_DOUBTED");
        suspend.reason = arena_text(&s->f.arena, "la caisse hésite");
        const Tracking__SuspendEligibilityReply *suspended =
                fixture_get(&s->f, s->facilitator, "SuspendEligibility", &suspend);
        Tracking__ResumeEligibility resume = TRACKING__RESUME_ELIGIBILITY__INIT;
        resume.beneficiary_id = scene_id(s, person);
        resume.suspension_id = suspended->suspension_id;
        resume.resumed_on = scene_date(s, 2026, 10, 12);
        resume.reason = arena_text(&s->f.arena, "retrouvée");
        (void)fixture_get(&s->f, s->facilitator, "ResumeEligibility", &resume);
        Tracking__CorrectEligibility correct = TRACKING__CORRECT_ELIGIBILITY__INIT;
        correct.beneficiary_id = scene_id(s, person);
        correct.decision_id = decided->decision_id;
        correct.correction_code = arena_text(&s->f.arena, "WRONG_ENTRY");
        correct.reason = arena_text(&s->f.arena, "justificatif d'une homonyme");
        (void)fixture_get(&s->f, s->facilitator, "CorrectEligibility", &correct);
}

/* A person's whole way through the daemon, file readings and refusals included. */
static void whole_way(struct scene *s)
{
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        Tracking__DecideEligibility *decision = scene_decision(s, person);
        Tracking__OpenBeneficiaryFile opening = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        decision->public_code = arena_text(&s->f.arena, "B_AUTRE");
        decision->proof_code = arena_text(&s->f.arena, "AVIS_MOTIVE");
        decision->reason = arena_text(&s->f.arena, "difficultés de santé");
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", decision);
        scene_submit(s, placement, 4, 15167);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        judge(s, person);
        opening.beneficiary_id = scene_id(s, person);
        opening.reason = arena_text(&s->f.arena, "relecture du dossier complet");
        opening.reason_code = arena_text(&s->f.arena, "ELIGIBILITY");
        const Tracking__BeneficiaryFile *file = fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", &opening);
        assert_string_equal(file->identity->family_name, "Quatrebarbes-Essai");
        assert_int_equal(file->n_eligibilities, 3);
        assert_string_equal(file->eligibilities[2]->perimeter, "QPV_2024");
        assert_string_equal(file->proofs[0]->issuer, "mairie des Glycines");
}

static struct slice file_bytes(struct scene *s, const char *name)
{
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/%s", s->f.directory, name);
        FILE *stream = fopen(path, "rb");
        assert_non_null(stream);
        assert_int_equal(fseek(stream, 0, SEEK_END), 0);
        size_t size = (size_t)ftell(stream);
        uint8_t *bytes = arena_alloc(&s->f.arena, size + 1);
        rewind(stream);
        assert_int_equal(fread(bytes, 1, size, stream), size);
        assert_int_equal(fclose(stream), 0);
        return slice_of(bytes, size);
}

static bool holds(struct slice bytes, const char *text)
{
        return memmem(bytes.data, bytes.size, text, strlen(text)) != NULL;
}

static void holds_no_secret(struct slice bytes, const char *where)
{
        for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
                if (holds(bytes, secrets[i]))
                        fail_msg("\"%s\" is in clear in %s", secrets[i], where);
}

static void test_nothing_of_a_person_is_in_clear_on_disk(void **state)
{
        struct scene *s = *state;
        whole_way(s);
        struct slice store = file_bytes(s, "data.mdb");
        assert_true(holds(store, "publics 20"));     /* the scan finds what is there in clear */
        assert_false(holds(store, "Mme Référente")); /* a professional's name is sealed too */
        assert_false(holds(store, "M. Tuteur"));
        holds_no_secret(store, "the store");
        holds_no_secret(file_bytes(s, "keys/data.mdb"), "the keys");
}

static void test_nothing_of_a_person_is_published(void **state)
{
        struct scene *s = *state;
        whole_way(s);
        struct slice events = scene_published(s, 0);
        assert_false(holds(events, "Mme Référente"));               /* nor a professional's name */
        assert_true(holds(events, "F1703") || holds(events, "31")); /* the scan finds what is there */
        holds_no_secret(events, "the events");
        Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, events, &s->f.arena);
        assert_int_equal(batch->n_records, engine_position(s->f.engine));
}

/* --- two partitions --------------------------------------------------------------------------------------------- */

static const struct tracking_config east_config = {.territories = "11,66", .rules = "deploy/rules"};

static void test_two_partitions_share_nothing(void **state)
{
        struct scene *west = *state, *east;
        void *east_state;
        assert_int_equal(scene_open_as(&east_state, &east_config, 2), 0);
        east = east_state;
        Wire__Passport *everywhere = fixture_actor(&east->f, TYPES__ROLE__FACILITATOR, NULL, "*");
        Tracking__ReferBeneficiary *command = scene_referral(east);
        command->territory = arena_text(&east->f.arena, "66");

        struct id here = scene_refer(west);
        (void)fixture_refused(&west->f, everywhere, "ReferBeneficiary", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        const Tracking__ReferBeneficiaryReply *reply = fixture_get(&east->f, everywhere, "ReferBeneficiary", command);
        struct id there = id_of(reply->beneficiary_id);
        assert_int_equal(id_partition(here), 1);
        assert_int_equal(id_partition(there), 2);

        (void)fixture_get(&east->f, everywhere, "DecideEligibility", scene_decision(east, there));
        (void)fixture_refused(&west->f, everywhere, "DecideEligibility", scene_decision(east, there),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_int_equal(scene_close(&east_state), 0);
}

/* --- starting, stopping, a full disk ----------------------------------------------------------------------------- */

static void does_not_start(struct scene *s, const struct tracking_config *config, const uint8_t *master_key,
                           const char *told)
{
        struct engine_options options = {.spec = &tracking_spec,
                                         .instance = "tracking-1",
                                         .directory = s->f.directory,
                                         .config = config,
                                         .world = &s->f.world,
                                         .partition = SCENE_PARTITION,
                                         .master_key = master_key};
        struct engine *engine = NULL;
        struct err_info info = {0};
        engine_close(s->f.engine);
        assert_int_equal(engine_open(&options, &engine, &info), ERR_CONFIG);
        assert_null(engine);
        if (strstr(info.text, told) == NULL)
                fail_msg("%s", info.text);
        fixture_open_engine(&s->f);
}

static void test_it_does_not_start_without_rules_or_key(void **state)
{
        struct scene *s = *state;
        const struct tracking_config lost = {.territories = "", .rules = "/nowhere"};
        does_not_start(s, &lost, scene_master_key, "/nowhere/publics.json");
        does_not_start(s, &scene_config, NULL, "master key");
}

static void test_all_is_there_after_a_restart(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        fixture_reopen(&s->f);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        fixture_reopen(&s->f);
        scene_submit(s, placement, 4, 15167);
        Tracking__OpenBeneficiaryFile opening = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        opening.beneficiary_id = scene_id(s, person);
        opening.reason = arena_text(&s->f.arena, "relecture du dossier complet");
        opening.reason_code = arena_text(&s->f.arena, "ELIGIBILITY");
        const Tracking__BeneficiaryFile *file = fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", &opening);
        assert_string_equal(file->identity->given_name, "Zéphirine");
}

/* Whichever of the two commits fails, the keys' or the store's, nothing is recorded and the same key may try again. */
static void test_full_disk(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        for (int commit = 0; commit < 2; commit++) {
                struct id key = id_new(&s->f.world, FIXTURE_NOW_MS, 0);
                uint64_t before = engine_position(s->f.engine);
                struct engine_answer answer;
                s->f.world.commits_until_fault = commit;
                s->f.world.fault_errno = ENOSPC;
                assert_int_equal(engine_call(s->f.engine, s->prescriber, "ReferBeneficiary", &command->base, &key,
                                             &s->f.arena, &answer),
                                 0);
                assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__UNAVAILABLE);
                assert_int_equal(engine_position(s->f.engine), before);
                s->f.world.commits_until_fault = -1;
                assert_int_equal(engine_call(s->f.engine, s->prescriber, "ReferBeneficiary", &command->base, &key,
                                             &s->f.arena, &answer),
                                 0);
                assert_non_null(answer.body);
                assert_int_equal(engine_position(s->f.engine), before + 1);
                struct id person = id_of(((const Tracking__ReferBeneficiaryReply *)answer.body)->beneficiary_id);
                (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        }
}

/* One key for each person without an erasure event: one that is lost is named, at the start and by verify. */
static void test_a_lost_key_is_told(void **state)
{
        struct scene *s = *state;
        struct verify_report report = {0};
        struct err_info info = {0};
        struct id placement = scene_placement(s), person = scene_eligible_person(s);
        char named[ID_TEXT_SIZE];
        assert_int_equal(engine_missing_keys(s->f.engine, 100).missing, 0);
        assert_true(engine_missing_keys(s->f.engine, 100).looked_at >= 3); /* two persons, a tutor */

        vault_destroy_key(engine_vault(s->f.engine), person);
        vault_destroy_key(engine_vault(s->f.engine), placement);
        assert_int_equal(vault_flush(engine_vault(s->f.engine), NULL), 0);
        struct missing_keys missing = engine_missing_keys(s->f.engine, 100);
        assert_int_equal(missing.missing, 2);
        assert_true(id_equal(missing.first, person));
        assert_int_equal(engine_missing_keys(s->f.engine, 1).missing, 1); /* the newest alone was looked at */
        assert_int_equal(engine_verify(s->f.engine, NULL, 0, &report, &info), 0);
        assert_int_equal(report.differences, 2);
        id_format(person, named);
        assert_non_null(strstr(info.text, named));
        assert_non_null(strstr(info.text, "guichetctl restore"));

        scene_key_again(s, person);
        scene_key_again(s, placement);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_nothing_of_a_person_is_in_clear_on_disk, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_nothing_of_a_person_is_published, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_two_partitions_share_nothing, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_it_does_not_start_without_rules_or_key, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_all_is_there_after_a_restart, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_lost_key_is_told, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_full_disk, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
