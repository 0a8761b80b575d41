/* The proofs that were seen: that one was, of which kind, by whom made out, dated when, seen by whom on which day. No
 * paper is kept; all of it is sealed with the person's key. Callers: facilitators of the person's territory. */
#include "services/tracking/eligibility/deciding.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/policy.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

static bool may_record(const Tracking__RecordProofSeen *command, const struct deciding *deciding, struct refusal *ret)
{
        if (deciding->row->n_proofs >= PROOFS_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                              "Le dossier a déjà %d justificatifs vus : il n'en reçoit plus, prévenez l'exploitant.",
                              PROOFS_MAX);
        if (command->dated->days > day_number(deciding->today))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "seen_on",
                              "Ce justificatif ne peut avoir été vu avant sa date : vérifiez l'une ou l'autre.");
        if (command->valid_until != NULL && command->valid_until->days < command->dated->days)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "valid_until",
                              "Ce justificatif finirait avant sa date : vérifiez l'une ou l'autre.");
        return policy_text_is_sound(command->issuer, "issuer", ret);
}

static int seal_proof(struct work *work, const Tracking__RecordProofSeen *command, const struct deciding *deciding,
                      Types__Id *proof_id, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__SeenProof proof = TRACKING__SEEN_PROOF__INIT;
        proof.proof_id = proof_id;
        proof.proof_code = command->proof_code;
        proof.issuer = command->issuer;
        proof.dated = command->dated;
        proof.valid_until = command->valid_until;
        proof.seen_on = day_to(work->arena, deciding->today);
        proof.seen_by = work->actor->user;
        proof.seen_by_account = id_to(work->arena, passport_account(work->actor));
        content.content_case = TRACKING__SEALED__CONTENT_SEEN_PROOF;
        content.seen_proof = &proof;
        return work_seal(work, deciding->beneficiary, &content, ret_sealed);
}

/* RecordProofSeen: a facilitator has seen a proof. Emits ProofSeen. */
struct reply handle_record_proof_seen(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RecordProofSeen *command = (const Tracking__RecordProofSeen *)message;
        Tracking__ProofSeen seen = TRACKING__PROOF_SEEN__INIT;
        struct deciding deciding;
        struct refusal refusal;
        struct slice sealed;

        if (!deciding_load(work, command->beneficiary_id, command->seen_on, &deciding))
                return reply_no_beneficiary(work);
        if (!may_record(command, &deciding, &refusal))
                return reply_refusal(work, &refusal);
        seen.beneficiary_id = command->beneficiary_id;
        seen.proof_id = id_to(work->arena, work_new_id(work));
        seen.territory = deciding.person->territory;
        int err = seal_proof(work, command, &deciding, seen.proof_id, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        work_record_sealed(work, &seen.base, sealed);
        Tracking__RecordProofSeenReply *reply = pb_new(&tracking__record_proof_seen_reply__descriptor, work->arena);
        reply->proof_id = seen.proof_id;
        return reply_ok(work, reply);
}

/* The decisions that stand, or wait, on that proof. */
static int find_resting(const struct work *work, const struct deciding *deciding, struct id proof,
                        Tracking__WithdrawProofReply *reply)
{
        reply->decision_ids = arena_alloc(work->arena, (deciding->row->n_decisions + 1) * sizeof(*reply->decision_ids));
        for (size_t i = 0; i < deciding->row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = deciding->row->decisions[i];
                Tracking__Eligibility *eligibility;
                if (decision->state != TRACKING__DECISION_STATE__DECISION_STANDS &&
                    decision->state != TRACKING__DECISION_STATE__DECISION_TO_CONFIRM)
                        continue;
                int err = deciding_unseal(work, deciding, decision, &eligibility);
                if (err != 0)
                        return err;
                if (id_equal(id_of(eligibility->proof_id), proof))
                        reply->decision_ids[reply->n_decision_ids++] = decision->decision_id;
        }
        return 0;
}

/* WithdrawProof: it was recorded wrongly. It stays in the file with the reason; the answer names the decisions that
 * rest on it, which only a person can judge. Emits ProofWithdrawn. */
struct reply handle_withdraw_proof(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__WithdrawProof *command = (const Tracking__WithdrawProof *)message;
        Tracking__WithdrawProofReply *reply = pb_new(&tracking__withdraw_proof_reply__descriptor, work->arena);
        Tracking__ProofWithdrawn withdrawn = TRACKING__PROOF_WITHDRAWN__INIT;
        struct deciding deciding;
        struct refusal refusal;
        struct slice sealed;

        if (!deciding_load(work, command->beneficiary_id, NULL, &deciding))
                return reply_no_beneficiary(work);
        const Tracking__ProofRow *row = eligibility_proof(deciding.row, id_of(command->proof_id));
        if (row == NULL)
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__NOT_FOUND, "proof_id",
                        "Ce justificatif n'est pas au dossier de cette personne : vérifiez son identifiant.");
        if (row->withdrawn)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "proof_id",
                                    "Ce justificatif a déjà été retiré : il n'y a rien à faire.");
        if (!reason_is_sound(command->reason, &refusal))
                return reply_refusal(work, &refusal);
        int err = find_resting(work, &deciding, id_of(command->proof_id), reply);
        if (err == 0)
                err = deciding_seal_act(work, &deciding, arena_text(work->arena, ""), command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        withdrawn.beneficiary_id = command->beneficiary_id;
        withdrawn.proof_id = command->proof_id;
        withdrawn.territory = deciding.person->territory;
        work_record_sealed(work, &withdrawn.base, sealed);
        return reply_ok(work, reply);
}
