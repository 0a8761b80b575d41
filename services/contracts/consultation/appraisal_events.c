#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include <string.h>

#include "common/base/require.h"
#include "common/store/stored.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/grid.h"
#include "services/contracts/consultation/report.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

static void *unsealed(const struct change *change, const ProtobufCMessageDescriptor *type)
{
        void *sealed = pb_decode(type, change->event->sealed, change->arena);
        require_stored(sealed != NULL);
        return sealed;
}

/* Of a lot without a row yet: an empty one. */
static Contracts__AppraisalRow *row_of(const struct change *change, Types__Id *contract_id, uint32_t lot)
{
        Contracts__AppraisalRow *row = appraisal_find(change->txn, change->arena, id_of(contract_id), lot);
        if (row == NULL) {
                row = pb_new(&contracts__appraisal_row__descriptor, change->arena);
                row->contract_id = contract_id;
                row->lot = lot;
        }
        return row;
}

/* NULL only where the transaction has failed: offers are never deleted. */
static Contracts__OfferRow *offer_of(const struct change *change, const Types__Id *offer_id)
{
        Contracts__OfferRow *row = offer_find(change->txn, change->arena, id_of(offer_id));
        require(row != NULL || txn_error(change->txn) != 0);
        return row;
}

void apply_appraisal_grid_put(const struct change *change, const Contracts__AppraisalGridPut *body)
{
        const Contracts__SealedReaders *sealed = unsealed(change, &contracts__sealed_readers__descriptor);
        Contracts__AppraisalRow *row = row_of(change, body->contract_id, body->lot);
        row->criteria = body->criteria;
        row->n_criteria = body->n_criteria;
        row->scale = body->scale;
        row->method = body->method;
        row->readers = sealed->readers;
        row->n_readers = sealed->n_readers;
        appraisal_put(change->txn, change->arena, row);
}

void apply_offer_recorded(const struct change *change, const Contracts__OfferRecorded *body)
{
        Contracts__AppraisalRow *row = row_of(change, body->contract_id, body->lot);
        Contracts__OfferRow offer = CONTRACTS__OFFER_ROW__INIT;
        if (body->number > row->offers) /* else one is corrected */
                row->offers = body->number;
        appraisal_put(change->txn, change->arena, row);

        offer.offer_id = body->offer_id;
        offer.contract_id = body->contract_id;
        offer.lot = body->lot;
        offer.number = body->number;
        offer.offer = unsealed(change, &contracts__offer__descriptor);
        offer_put(change->txn, change->arena, &offer);
}

/* Before accounts had ids here, readers were told apart by their names. */
static bool is_same_reader(const Contracts__ReaderMarks *a, const Contracts__ReaderMarks *b)
{
        return a->account != NULL && b->account != NULL ? id_equal(id_of(a->account), id_of(b->account))
                                                        : strcmp(a->reader, b->reader) == 0;
}

void apply_offer_marked(const struct change *change, const Contracts__OfferMarked *body)
{
        Contracts__ReaderMarks *sealed = unsealed(change, &contracts__reader_marks__descriptor);
        Contracts__OfferRow *row = offer_of(change, body->offer_id);
        size_t i = 0;
        if (row == NULL)
                return;
        while (i < row->n_marks && !is_same_reader(row->marks[i], sealed))
                i++;
        if (i == row->n_marks)
                row->marks = pb_append(row->marks, &row->n_marks, sizeof(*row->marks), change->arena);
        row->marks[i] = sealed;
        offer_put(change->txn, change->arena, row);
}

void apply_marks_agreed(const struct change *change, const Contracts__MarksAgreed *body)
{
        const Contracts__SealedMarks *sealed = unsealed(change, &contracts__sealed_marks__descriptor);
        Contracts__OfferRow *row = offer_of(change, body->offer_id);
        if (row == NULL)
                return;
        row->agreed = sealed->marks;
        row->n_agreed = sealed->n_marks;
        offer_put(change->txn, change->arena, row);
}

void apply_contract_awarded(const struct change *change, const Contracts__ContractAwarded *body)
{
        Contracts__AppraisalRow *row = row_of(change, body->contract_id, body->lot);
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        row->offer_id = body->offer_id;
        row->awarded_on = body->awarded_on;
        row->decision_reference = body->decision_reference;
        row->retain_until = body->retain_until;
        appraisal_put(change->txn, change->arena, row);
        file->awarded_lots = pb_append(file->awarded_lots, &file->n_awarded_lots, sizeof(uint32_t), change->arena);
        file->awarded_lots[file->n_awarded_lots - 1] = body->lot;
        Contracts__LotAward award = CONTRACTS__LOT_AWARD__INIT;
        award.lot = body->lot;
        award.awarded_on = body->awarded_on;
        award.holder_siret = body->holder_siret;
        award.holder_name = body->holder_name;
        file->awards = pb_append(file->awards, &file->n_awards, sizeof(*file->awards), change->arena);
        file->awards[file->n_awards - 1] = &award;
        contracts_file_put(change->txn, change->arena, file);
}

void apply_commitment_recorded(const struct change *change, const Contracts__CommitmentRecorded *body)
{
        const Contracts__SealedCommitment *sealed = unsealed(change, &contracts__sealed_commitment__descriptor);
        Contracts__CommitmentRow row = CONTRACTS__COMMITMENT_ROW__INIT;
        row.obligation_id = body->obligation_id;
        row.lot = body->lot;
        row.share = body->share;
        row.hours = body->hours;
        row.extra_hours = body->extra_hours;
        row.training_hours = body->training_hours;
        row.tutoring = sealed->tutoring;
        row.text = sealed->text;
        commitment_put(change->txn, change->arena, &row);
}

/* ---- told */

/* Security: whether the one who reads the history reads the offers of the lot. */
static bool reads_offers(const struct telling *telling, const Types__Id *contract_id, uint32_t lot)
{
        struct work work = {.txn = telling->txn, .arena = telling->arena, .actor = telling->reader};
        struct id contract = id_of(contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(telling->txn, telling->arena, contract);
        return record != NULL &&
               offers_are_read_by(&work, contract, record, appraisal_find(telling->txn, telling->arena, contract, lot));
}

void tell_appraisal_grid_put(struct telling *telling, const Contracts__AppraisalGridPut *body)
{
        tell(telling, "Grille d'appréciation du lot %u : %s, notation sur %u.", body->lot,
             french_count(telling->arena, (int64_t)body->n_criteria, "sous-critère"), body->scale);
}

void tell_offer_recorded(struct telling *telling, const Contracts__OfferRecorded *body)
{
        const Contracts__Offer *offer =
                reads_offers(telling, body->contract_id, body->lot)
                        ? pb_decode(&contracts__offer__descriptor, telling->sealed, telling->arena)
                        : NULL;
        if (offer == NULL)
                tell(telling, "Offre n° %u enregistrée pour le lot %u (confidentielle).", body->number, body->lot);
        else
                tell(telling, "Offre n° %u enregistrée pour le lot %u : %s.", body->number, body->lot,
                     report_offer_name(offer, telling->arena));
}

void tell_offer_marked(struct telling *telling, const Contracts__OfferMarked *body)
{
        tell(telling, "Offre n° %u du lot %u notée par un lecteur.", body->number, body->lot);
}

void tell_marks_agreed(struct telling *telling, const Contracts__MarksAgreed *body)
{
        const Contracts__AppraisalRow *row =
                appraisal_find(telling->txn, telling->arena, id_of(body->contract_id), body->lot);
        const Contracts__SealedMarks *sealed =
                row != NULL && reads_offers(telling, body->contract_id, body->lot)
                        ? pb_decode(&contracts__sealed_marks__descriptor, telling->sealed, telling->arena)
                        : NULL;
        if (sealed == NULL) {
                tell(telling, "Notes de l'offre n° %u du lot %u convenues.", body->number, body->lot);
                return;
        }
        const struct grid_marks agreed = {sealed->marks, sealed->n_marks};
        const Types__Decimal *result = decimal_to(telling->arena, grid_result(row, &agreed));
        tell(telling, "Notes de l'offre n° %u du lot %u convenues : %s / %u.", body->number, body->lot,
             report_mark(result, telling->arena), row->scale);
}

void tell_contract_awarded(struct telling *telling, const Contracts__ContractAwarded *body)
{
        bool has_reference = body->decision_reference[0] != '\0';
        tell(telling, "Lot %u attribué par l'acheteur le %s%s%s ; pièces de la procédure à conserver jusqu'au %s.",
             body->lot, told_day(telling, body->awarded_on), has_reference ? ", décision " : "",
             body->decision_reference, told_day(telling, body->retain_until));
}

/* ", dont 67 h au-delà de la clause", or nothing where there are none. */
static const char *told_part(const struct telling *telling, const char *before, const Types__Hours *hours,
                             const char *behind)
{
        if (hours_hundredths(hours_of(hours)) == 0)
                return "";
        return arena_printf(telling->arena, "%s%s%s", before, told_hours(telling, hours), behind);
}

void tell_commitment_recorded(struct telling *telling, const Contracts__CommitmentRecorded *body)
{
        const char *name = *body->contractor_name != '\0' /* an event of before does not say it */
                                   ? body->contractor_name
                                   : told_company(telling, body->obligation_id, "l'attributaire");
        tell(telling, "Les engagements de %s deviennent des conditions d'exécution : %s%s%s.", name,
             told_hours(telling, body->hours),
             told_part(telling, ", dont ", body->extra_hours, " au-delà de la clause"),
             told_part(telling, ", et ", body->training_hours, " de formation"));
}
