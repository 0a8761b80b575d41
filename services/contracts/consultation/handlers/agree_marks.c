/* agree_marks: the marks that both readers agree on, after each has given theirs. Where the two differ by more than the
 * rules allow, the agreed mark must be said, with its reason; elsewhere their mean stands unless another is said.
 * Caller: a reader of the lot.  Emits: MarksAgreed (sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED (no reader), WRONG_STATE (awarded, not both given), INVALID_FIELD (marks). */
#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/grid.h"
#include "services/contracts/record/context.h"

static bool may_agree(const struct work *work, const struct loaded_appraisal *loaded, struct refusal *ret_refusal)
{
        /* Security: the agreement is the readers'. */
        if (!grid_is_reader(loaded->row, passport_account(work->actor)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "offer_id",
                              "Seuls les deux lecteurs de ce lot conviennent des notes.");
        if (loaded->offer->n_marks != GRID_READERS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "offer_id",
                              "Les deux lecteurs n'ont pas encore noté cette offre : chacun note d'abord de son côté "
                              "(MarkOffer).");
        return true;
}

struct reply handle_agree_marks(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreeMarks *command = (const Contracts__AgreeMarks *)message;
        Contracts__SealedMarks sealed = CONTRACTS__SEALED_MARKS__INIT;
        struct loaded_appraisal loaded;
        struct refusal refusal;

        if (!loaded_appraisal_of_offer(work, command->offer_id, &loaded, &refusal) ||
            !may_agree(work, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__ConsultationVersion *rules =
                rules_on(work, DATED_CONSULTATION, day_of(loaded.consultation.row->published_on));
        const struct grid_agreement agreement = {loaded.offer->marks[0],
                                                 loaded.offer->marks[1],
                                                 {command->marks, command->n_marks},
                                                 share_of(rules->agreement->gap)};
        if (!grid_agree(loaded.row, &agreement, work->arena, &sealed.marks, &refusal))
                return reply_refusal(work, &refusal);
        sealed.n_marks = loaded.row->n_criteria;

        Contracts__MarksAgreed body = CONTRACTS__MARKS_AGREED__INIT;
        body.contract_id = loaded.offer->contract_id;
        body.offer_id = command->offer_id;
        body.lot = loaded.offer->lot;
        body.number = loaded.offer->number;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        const struct grid_marks agreed = {sealed.marks, sealed.n_marks};
        Contracts__AgreeMarksReply *reply = pb_new(&contracts__agree_marks_reply__descriptor, work->arena);
        reply->offer_id = command->offer_id;
        reply->result = decimal_to(work->arena, grid_result(loaded.row, &agreed));
        return reply_ok(work, reply);
}
