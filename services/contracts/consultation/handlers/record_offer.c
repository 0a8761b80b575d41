/* record_offer: what a company, or a group, offers for insertion on a lot. Sealed: it never leaves the store.
 * Caller: the lot's readers, the coordinator, the contract's buyer.  Emits: OfferRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no grid, offers not due yet, marked, awarded, too many), INVALID_FIELD,
 * ALREADY_EXISTS (this company, this lot). */
#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include <string.h>

#include "common/base/french.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/grid.h"
#include "services/contracts/consultation/offer.h"
#include "services/contracts/record/company.h"

/* The offer that is corrected; NULL where it is a new one. */
static bool find_corrected(const struct work *work, const Contracts__RecordOffer *command, Contracts__OfferRow **ret,
                           struct refusal *ret_refusal)
{
        *ret = NULL;
        if (id_is_zero(id_of(command->offer_id)))
                return true;
        Contracts__OfferRow *old = offer_find(work->txn, work->arena, id_of(command->offer_id));
        if (old == NULL || old->lot != command->lot || !id_equal(id_of(old->contract_id), id_of(command->contract_id)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "offer_id",
                              "Ce lot n'a pas d'offre de cet identifiant : laissez-le vide pour en enregistrer une.");
        if (old->n_marks > 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "offer_id",
                              "Un lecteur a déjà noté cette offre : elle ne se corrige plus.");
        *ret = old;
        return true;
}

static bool offers_already(const struct work *work, const Contracts__RecordOffer *command,
                           const Contracts__OfferRow *corrected)
{
        struct offers offers = offers_of(work->txn, work->arena, id_of(command->contract_id), command->lot);
        for (size_t i = 0; i < offers.count; i++) {
                bool is_same = corrected != NULL && corrected->number == offers.rows[i]->number;
                if (!is_same &&
                    strcmp(offers.rows[i]->offer->members[0]->siret, command->offer->members[0]->siret) == 0)
                        return true;
        }
        return false;
}

static bool may_offer(const struct work *work, const Contracts__RecordOffer *command,
                      const struct loaded_appraisal *loaded, const Contracts__OfferRow *corrected,
                      struct refusal *ret_refusal)
{
        if (day_number(work->today) < loaded->consultation.row->offers_due_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "La remise des offres n'est pas passée : aucune n'est ouverte avant ce jour.");
        if (!offer_check(command->offer, ret_refusal) ||
            !company_is_one_each(work, command->offer, "offer.members.organisation", ret_refusal))
                return false;
        if (offers_already(work, command, corrected))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "offer.members",
                              "Cette entreprise a déjà une offre sur ce lot : corrigez-la en donnant son identifiant.");
        if (corrected == NULL && loaded->row->offers >= OFFERS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot", "Un lot tient %d offres au plus.",
                              OFFERS_MAX);
        return true;
}

/* An offer that promises less than the clause demands does not answer the consultation: the buyer is to know. */
static void warn(const struct work *work, const Contracts__RecordOffer *command, const struct loaded_appraisal *loaded,
                 Contracts__RecordOfferReply *reply)
{
        struct id clause_id;
        if (command->offer->hours == NULL ||
            !contracts_clause_of_lot(work->txn, loaded->consultation.contract.id, command->lot, &clause_id))
                return;
        const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, clause_id);
        if (clause == NULL || command->offer->hours->hundredths >= hours_hundredths(hours_of(clause->hours)))
                return;
        pb_append_text(&reply->warnings, &reply->n_warnings,
                       arena_printf(work->arena,
                                    "L'offre promet %s, moins que les %s de la clause : signalez-le à l'acheteur, "
                                    "qui dit si elle est recevable.",
                                    french_hours(work->arena, hours_of(command->offer->hours)),
                                    french_hours(work->arena, hours_of(clause->hours))),
                       work->arena);
}

struct reply handle_record_offer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordOffer *command = (const Contracts__RecordOffer *)message;
        struct loaded_appraisal loaded;
        Contracts__OfferRow *corrected;
        struct refusal refusal;

        if (!loaded_appraisal_of_lot(work, command->contract_id, command->lot, &loaded, &refusal) ||
            !loaded_appraisal_is_open(work, &loaded, &refusal) ||
            !find_corrected(work, command, &corrected, &refusal) ||
            !may_offer(work, command, &loaded, corrected, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__OfferRecorded body = CONTRACTS__OFFER_RECORDED__INIT;
        body.contract_id = command->contract_id;
        body.offer_id = corrected != NULL ? corrected->offer_id : id_to(work->arena, work_new_id(work));
        body.lot = command->lot;
        body.number = corrected != NULL ? corrected->number : loaded.row->offers + 1;
        work_record_sealed(work, &body.base, pb_encode(command->offer, work->arena));

        Contracts__RecordOfferReply *reply = pb_new(&contracts__record_offer_reply__descriptor, work->arena);
        reply->offer_id = body.offer_id;
        reply->number = body.number;
        warn(work, command, &loaded, reply);
        return reply_ok(work, reply);
}
