#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__RecordProofSeen *proof(struct scene *s, struct id person)
{
        Tracking__RecordProofSeen *command = pb_new(&tracking__record_proof_seen__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->proof_code = arena_text(&s->f.arena, "ATTESTATION_RSA");
        command->issuer = arena_text(&s->f.arena, "CAF de la Haute-Garonne");
        command->dated = scene_date(s, 2026, 1, 20);
        command->seen_on = scene_date(s, 2026, 1, 28);
        return command;
}

static Types__Id *seen(struct scene *s, const Tracking__RecordProofSeen *command)
{
        return ((const Tracking__RecordProofSeenReply *)fixture_get(&s->f, s->facilitator, "RecordProofSeen", command))
                ->proof_id;
}

static void test_several_are_seen(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__RecordProofSeen *command = proof(s, person);
        (void)seen(s, command);
        command->proof_code = arena_text(&s->f.arena, "DECISION_MDPH");
        command->issuer = arena_text(&s->f.arena, "MDPH 31");
        command->seen_on = NULL;
        (void)seen(s, command);
        const Tracking__BeneficiaryFile *file = scene_file(s, person);
        assert_int_equal(file->n_proofs, 2);
        assert_string_equal(file->proofs[0]->proof_code, "ATTESTATION_RSA");
        assert_string_equal(file->proofs[0]->issuer, "CAF de la Haute-Garonne");
        assert_int_equal(file->proofs[0]->seen_on->days, day_number(scene_day(2026, 1, 28)));
        assert_string_equal(file->proofs[0]->seen_by, "essai");
        assert_int_equal(file->proofs[1]->seen_on->days, day_number(scene_day(2026, 10, 18)));
        assert_null(file->proofs[1]->withdrawn);
}

static void test_what_is_refused(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__RecordProofSeen *command = proof(s, person);
        command->seen_on = scene_date(s, 2026, 1, 19);
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "RecordProofSeen", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "seenOn");
        command = proof(s, person);
        command->valid_until = scene_date(s, 2026, 1, 19);
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "RecordProofSeen", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "validUntil");
        command = proof(s, person);
        command->issuer = arena_text(&s->f.arena, "1 85 05 78 006 084 36");
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "RecordProofSeen", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "issuer");
        command = proof(s, person);
        command->proof_code = arena_text(&s->f.arena, "PAROLE_DONNEE");
        (void)fixture_refused(&s->f, s->facilitator, "RecordProofSeen", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(&s->f, s->prescriber, "RecordProofSeen", proof(s, person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "RecordProofSeen", proof(s, person), TYPES__REFUSAL_CODE__NOT_FOUND);
        for (int i = 0; i < 64; i++)
                (void)seen(s, proof(s, person));
        (void)fixture_refused(&s->f, s->facilitator, "RecordProofSeen", proof(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Of a public that holds as long as its proof: no longer. */
static void test_as_long_as_the_proof(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__RecordProofSeen *command = proof(s, person);
        command->proof_code = arena_text(&s->f.arena, "DECISION_MDPH");
        command->valid_until = scene_date(s, 2027, 3, 31);
        Tracking__DecideEligibility *decide = scene_decision(s, person);
        decide->public_code = arena_text(&s->f.arena, "B_BOETH");
        decide->proof_code = (char *)(uintptr_t) "";
        decide->proof_dated = NULL;
        decide->proof_id = seen(s, command);
        const Tracking__DecideEligibilityReply *decided =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", decide);
        assert_int_equal(decided->valid_until->days, day_number(scene_day(2027, 3, 31)));
        assert_int_equal(scene_file(s, person)->proofs[0]->valid_until->days, day_number(scene_day(2027, 3, 31)));
}

/* It stays in the file, no decision may name it, and the decisions that did are told. */
static void test_withdrawn(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Types__Id *one = seen(s, proof(s, person)), *other = seen(s, proof(s, person));
        Tracking__DecideEligibility *decide = scene_decision(s, person);
        decide->proof_code = (char *)(uintptr_t) "";
        decide->proof_dated = NULL;
        decide->proof_id = one;
        const Tracking__DecideEligibilityReply *decided =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", decide);

        Tracking__WithdrawProof withdraw = TRACKING__WITHDRAW_PROOF__INIT;
        withdraw.beneficiary_id = scene_id(s, person);
        withdraw.proof_id = other;
        withdraw.reason = arena_text(&s->f.arena, "noté deux fois");
        const Tracking__WithdrawProofReply *reply = fixture_get(&s->f, s->facilitator, "WithdrawProof", &withdraw);
        assert_int_equal(reply->n_decision_ids, 0);
        withdraw.proof_id = one;
        reply = fixture_get(&s->f, s->facilitator, "WithdrawProof", &withdraw);
        assert_int_equal(reply->n_decision_ids, 1);
        assert_true(id_equal(id_of(reply->decision_ids[0]), id_of(decided->decision_id)));
        assert_string_equal(scene_file(s, person)->proofs[0]->withdrawn->reason, "noté deux fois");
        (void)fixture_refused(&s->f, s->facilitator, "WithdrawProof", &withdraw, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "DecideEligibility", decide, TYPES__REFUSAL_CODE__WRONG_STATE);
        withdraw.proof_id = scene_id(s, person);
        (void)fixture_refused(&s->f, s->facilitator, "WithdrawProof", &withdraw, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Who made it out is told nowhere but in the file: no event, no byte of the store. */
static void test_nothing_of_it_is_in_clear(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        (void)seen(s, proof(s, person));
        struct slice told = scene_published(s, 0);
        assert_null(memmem(told.data, told.size, "CAF de la", strlen("CAF de la")));
        assert_null(memmem(told.data, told.size, "ATTESTATION_RSA", strlen("ATTESTATION_RSA")));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_several_are_seen, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_as_long_as_the_proof, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_withdrawn, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_nothing_of_it_is_in_clear, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
