/* marks.c: the grid of a lot, and the marks that its readers give. */
#include "contracts/calls.h"

#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/criteria.h"
#include "services/contracts/consultation/grid.h"
#include "services/contracts/record/context.h"

/* put_appraisal_grid: by what the insertion offers of a lot are appraised, and by which two readers.
 * Caller: facilitator (of one of the contract's territories), coordinator; once offers are recorded, one of the readers
 * or the coordinator.  Emits: AppraisalGridPut (the readers are sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (grid, lot), WRONG_STATE (no consultation, frozen, awarded). */
/* Those who have marked an offer of the lot, some of them twice. */
static struct grid_readers who_marked(const struct work *work, const struct loaded_appraisal *loaded)
{
        struct offers offers = offers_of(work->txn, work->arena, loaded->consultation.contract.id, loaded->lot);
        Types__Id **accounts = NULL;
        size_t count = 0;
        for (size_t i = 0; i < offers.count; i++)
                for (size_t j = 0; j < offers.rows[i]->n_marks; j++) {
                        if (offers.rows[i]->marks[j]->account == NULL)
                                continue; /* of before accounts had ids here: nobody can be named by it */
                        accounts = pb_append(accounts, &count, sizeof(*accounts), work->arena);
                        accounts[count - 1] = offers.rows[i]->marks[j]->account;
                }
        return (struct grid_readers){accounts, count};
}

static bool may_put(const struct work *work, const Contracts__PutAppraisalGrid *command,
                    const struct loaded_appraisal *loaded, struct refusal *ret_refusal)
{
        struct grid_readers marked = who_marked(work, loaded);

        if (!grid_check(command, ret_refusal))
                return false;
        if (loaded->row == NULL)
                return true;
        /* Security: nobody makes a reader of themselves where offers lie. */
        if (loaded->row->offers > 0 && !loaded_appraisal_is_open(work, loaded, ret_refusal))
                return false;
        if (loaded->row->awarded_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Ce lot est attribué : il n'y a plus d'offre à apprécier.");
        return grid_may_change(loaded->row, command, &marked, ret_refusal);
}

static char *advice_on(const struct work *work, const struct loaded_consultation *consultation)
{
        const struct criteria_of criteria = {consultation->contract.record->kind,
                                             day_of(consultation->row->published_on)};
        return criteria_advice(rules_on(work, DATED_CONSULTATION, criteria.launched_on), &criteria, work->arena);
}

struct reply handle_put_appraisal_grid(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutAppraisalGrid *command = (const Contracts__PutAppraisalGrid *)message;
        struct loaded_appraisal loaded;
        struct refusal refusal;

        if (!loaded_appraisal_of_lot(work, command->contract_id, command->lot, &loaded, &refusal) ||
            !may_put(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AppraisalGridPut body = CONTRACTS__APPRAISAL_GRID_PUT__INIT;
        Contracts__SealedReaders sealed = CONTRACTS__SEALED_READERS__INIT;
        body.contract_id = command->contract_id;
        body.lot = command->lot;
        body.criteria = command->criteria;
        body.n_criteria = command->n_criteria;
        body.scale = command->scale;
        body.method = command->method;
        sealed.readers = command->readers;
        sealed.n_readers = command->n_readers;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__PutAppraisalGridReply *reply = pb_new(&contracts__put_appraisal_grid_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->lot = command->lot;
        reply->advice = advice_on(work, &loaded.consultation);
        return reply_ok(work, reply);
}

/* mark_offer: one reader's marks of an offer, every sub-criterion with its reason. They may be given anew until the
 * other reader has given theirs: from then on each sees the other's.
 * Caller: a reader of the lot.  Emits: OfferMarked (reader and marks are sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED (no reader), WRONG_STATE (awarded, both given), INVALID_FIELD (marks). */
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

/* agree_marks: the marks that both readers agree on, after each has given theirs. Where the two differ by more than the
 * rules allow, the agreed mark must be said, with its reason; elsewhere their mean stands unless another is said.
 * Caller: a reader of the lot.  Emits: MarksAgreed (sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED (no reader), WRONG_STATE (awarded, not both given), INVALID_FIELD (marks). */
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
