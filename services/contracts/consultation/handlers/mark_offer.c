/* mark_offer: one reader's marks of an offer, every sub-criterion with its reason. They may be given anew until the
 * other reader has given theirs: from then on each sees the other's.
 * Caller: a reader of the lot.  Emits: OfferMarked (reader and marks are sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED (no reader), WRONG_STATE (awarded, both given), INVALID_FIELD (marks). */
#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/grid.h"

static bool may_mark(const struct work *work, const Contracts__MarkOffer *command,
                     const struct loaded_appraisal *loaded, struct refusal *ret_refusal)
{
        const struct grid_marks marks = {command->marks, command->n_marks};

        /* Security: marks are a reader's own. */
        if (!grid_is_reader(loaded->row, passport_account(work->actor)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "offer_id",
                              "Seuls les deux lecteurs de ce lot notent ses offres.");
        if (loaded->offer->n_marks == GRID_READERS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "offer_id",
                              "Les deux lecteurs ont noté cette offre : convenez maintenant des notes (AgreeMarks).");
        return grid_check_marks(loaded->row, &marks, ret_refusal);
}

/* Whether the other reader has marked the offer. */
static bool other_has_marked(const Contracts__OfferRow *offer, struct id account)
{
        for (size_t i = 0; i < offer->n_marks; i++)
                if (!id_equal(id_of(offer->marks[i]->account), account))
                        return true;
        return false;
}

struct reply handle_mark_offer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__MarkOffer *command = (const Contracts__MarkOffer *)message;
        struct loaded_appraisal loaded;
        struct refusal refusal;

        if (!loaded_appraisal_of_offer(work, command->offer_id, &loaded, &refusal) ||
            !may_mark(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__OfferMarked body = CONTRACTS__OFFER_MARKED__INIT;
        Contracts__ReaderMarks sealed = CONTRACTS__READER_MARKS__INIT;
        body.contract_id = loaded.offer->contract_id;
        body.offer_id = command->offer_id;
        body.lot = loaded.offer->lot;
        body.number = loaded.offer->number;
        sealed.reader = work->actor->user;
        sealed.account = id_to(work->arena, passport_account(work->actor));
        sealed.marks = command->marks;
        sealed.n_marks = command->n_marks;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__MarkOfferReply *reply = pb_new(&contracts__mark_offer_reply__descriptor, work->arena);
        reply->offer_id = command->offer_id;
        reply->both_given = other_has_marked(loaded.offer, id_of(sealed.account));
        return reply_ok(work, reply);
}
