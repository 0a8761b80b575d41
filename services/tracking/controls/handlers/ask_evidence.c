/* AskEvidence: the evidence is asked of the employer of one placement that was drawn, or of all that were not yet.
 * AnswerEvidence: what came. Callers: a facilitator of the territory; an answer also the organisation that was asked.
 * Both emit EvidenceMoved. */
#include "common/base/text.h"
#include "services/tracking/controls/judging.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

#define ASKED          TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED
#define ANSWERED       TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED
#define DISPUTED       TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED
#define ANSWERED_AGAIN TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED_AGAIN

/* ---- asking */

static bool may_ask(const struct judged *judged, const Types__Day *on, struct refusal *ret)
{
        const struct evidence_move move = {ASKED, on, "asked_on"};
        return evidence_may_move(judged->evidence.row, &move, ret);
}

static struct reply ask_one(struct work *work, const Tracking__AskEvidence *command)
{
        const struct evidence_said said = {.to = ASKED, .on = command->asked_on};
        Tracking__AskEvidenceReply *reply = pb_new(&tracking__ask_evidence_reply__descriptor, work->arena);
        Tracking__EvidenceStep *step;
        struct judged judged;
        struct refusal refusal;
        if (!judging_load(work, command->control_id, command->placement_id, &judged, &refusal) ||
            !may_ask(&judged, command->asked_on, &refusal))
                return reply_refusal(work, &refusal);
        int err = judging_record(work, &judged, &said, &step);
        if (err != 0)
                return reply_sealed(work, err);
        reply->asked = 1;
        reply->act_by = step->act_by;
        return reply_ok(work, reply);
}

/* Those that cannot be asked for now (restricted, erased, private since) are passed over, without a word on which. */
static struct reply ask_all(struct work *work, const Tracking__AskEvidence *command)
{
        const struct evidence_said said = {.to = ASKED, .on = command->asked_on};
        Tracking__AskEvidenceReply *reply = pb_new(&tracking__ask_evidence_reply__descriptor, work->arena);
        struct evidence_list list = evidence_of(work->txn, id_of(command->control_id), work->arena);
        struct refusal refusal;
        for (size_t i = 0; i < list.count; i++) {
                const Types__Id *placement = id_to(work->arena, list.at[i].placement);
                Tracking__EvidenceStep *step;
                struct judged judged;
                if (evidence_last(list.at[i].row)->state != TRACKING__EVIDENCE_STATE__EVIDENCE_DRAWN ||
                    !judging_load(work, command->control_id, placement, &judged, &refusal))
                        continue;
                if (!may_ask(&judged, command->asked_on, &refusal))
                        return reply_refusal(work, &refusal); /* a day before the draw: the first one says so */
                int err = judging_record(work, &judged, &said, &step);
                if (err != 0)
                        return reply_sealed(work, err); /* nothing is sealed where nothing is said: it never is */
                reply->asked++;
                reply->act_by = step->act_by;
        }
        return reply_ok(work, reply);
}

struct reply handle_ask_evidence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AskEvidence *command = (const Tracking__AskEvidence *)message;
        const Tracking__ControlRow *control = tracking_control(work->txn, id_of(command->control_id), work->arena);
        if (control != NULL && control->closed_on != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "control_id",
                                    "Ce contrôle est clos : rouvrez-le, avec le motif, pour y revenir.");
        return command->placement_id != NULL ? ask_one(work, command) : ask_all(work, command);
}

/* ---- answering */

static bool pieces_are_sound(const struct work *work, const Tracking__AnswerEvidence *command, struct refusal *ret)
{
        for (size_t i = 0; i < command->n_pieces; i++) {
                const Tracking__EvidencePiece *piece = command->pieces[i];
                if (!judging_words_are_sound(piece->issuer, "pieces.issuer", ret))
                        return false;
                if (piece->document_id == NULL)
                        continue;
                if (tracking_document(work->txn, id_of(command->placement_id), id_of(piece->document_id),
                                      work->arena) == NULL)
                        return refuse(
                                ret, TYPES__REFUSAL_CODE__NOT_FOUND, "pieces.document_id",
                                "Ce document n'est pas de ce parcours : joignez-le d'abord (guichetctl document).");
        }
        return judging_words_are_sound(command->words, "words", ret) &&
               (command->n_pieces > 0 || !text_is_empty(command->words) ||
                refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "pieces",
                       "Dites ce qui est transmis, pièce par pièce, ou vos observations."));
}

struct reply handle_answer_evidence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AnswerEvidence *command = (const Tracking__AnswerEvidence *)message;
        struct evidence_said said = {.on = command->answered_on,
                                     .pieces = command->pieces,
                                     .piece_count = command->n_pieces,
                                     .words = command->words};
        Tracking__EvidenceStep *step;
        struct judged judged;
        struct refusal refusal;

        if (!judging_load(work, command->control_id, command->placement_id, &judged, &refusal))
                return reply_refusal(work, &refusal);
        said.to = evidence_last(judged.evidence.row)->state == DISPUTED ? ANSWERED_AGAIN : ANSWERED;
        const struct evidence_move move = {said.to, command->answered_on, "answered_on"};
        if (!evidence_may_move(judged.evidence.row, &move, &refusal) || !pieces_are_sound(work, command, &refusal))
                return reply_refusal(work, &refusal);
        int err = judging_record(work, &judged, &said, &step);
        return err != 0 ? reply_sealed(work, err) : judging_reply(work, step, 0);
}
