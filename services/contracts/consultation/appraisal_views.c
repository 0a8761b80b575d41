#include "services/contracts/consultation/appraisal_views.h"

#include "services/contracts/consultation/grid.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/versions.h"

/* tidy: many because a query names a lot by its contract and number, and wants both the contract and the row */
bool loaded_appraisal_for_query(const struct work *work, const Types__Id *contract_id, uint32_t lot,
                                struct loaded_contract *ret_loaded, Contracts__AppraisalRow **ret_row,
                                struct refusal *ret_refusal)
{
        struct loaded_contract loaded;

        if (!loaded_contract_find(work, contract_id, &loaded, ret_refusal))
                return false;
        Contracts__AppraisalRow *row = appraisal_find(work->txn, work->arena, loaded.id, lot);
        if (row == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "lot",
                              "Ce lot n'a pas de grille d'appréciation.");
        /* Security: the lot's readers, the coordinator, the contract's buyer. */
        if (!offers_are_read_by(work, loaded.id, loaded.record, row))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "lot",
                              "Les offres de ce lot sont confidentielles : seuls ses deux lecteurs, la coordination et "
                              "l'acheteur les consultent.");
        *ret_loaded = loaded;
        *ret_row = row;
        return true;
}

static void add_marks(const struct work *work, const Contracts__OfferRow *offer, Contracts__OfferView *view)
{
        /* Security: a reader's marks are not seen by the other before both are given. */
        for (size_t i = 0; i < offer->n_marks; i++) {
                if (offer->n_marks < GRID_READERS &&
                    !id_equal(id_of(offer->marks[i]->account), passport_account(work->actor)))
                        continue;
                view->marks = pb_append(view->marks, &view->n_marks, sizeof(*view->marks), work->arena);
                view->marks[view->n_marks - 1] = offer->marks[i];
        }
}

static void add_differences(const struct work *work, const Contracts__AppraisalRow *row,
                            const Contracts__OfferRow *offer, struct share gap, Contracts__OfferView *view)
{
        if (offer->n_marks < GRID_READERS)
                return;
        const struct grid_marks first = {offer->marks[0]->marks, offer->marks[0]->n_marks};
        const struct grid_marks second = {offer->marks[1]->marks, offer->marks[1]->n_marks};
        for (uint32_t number = 1; number <= row->n_criteria; number++)
                if (grid_differ(row, gap, grid_mark_of(&first, number), grid_mark_of(&second, number))) {
                        view->to_agree =
                                pb_append(view->to_agree, &view->n_to_agree, sizeof(*view->to_agree), work->arena);
                        view->to_agree[view->n_to_agree - 1] = number;
                }
}

static Contracts__OfferView *view_of_offer(const struct work *work, const Contracts__AppraisalRow *row,
                                           const Contracts__OfferRow *offer, struct share gap)
{
        const struct grid_marks agreed = {offer->agreed, offer->n_agreed};
        Contracts__OfferView *view = pb_new(&contracts__offer_view__descriptor, work->arena);
        view->offer_id = offer->offer_id;
        view->number = offer->number;
        view->offer = offer->offer;
        view->readers_done = (uint32_t)offer->n_marks;
        add_marks(work, offer, view);
        add_differences(work, row, offer, gap, view);
        view->agreed = offer->agreed;
        view->n_agreed = offer->n_agreed;
        if (offer->n_agreed > 0)
                view->result = decimal_to(work->arena, grid_result(row, &agreed));
        view->won = !id_is_zero(id_of(row->offer_id)) && id_equal(id_of(row->offer_id), id_of(offer->offer_id));
        return view;
}

Contracts__AppraisalView *view_of_appraisal(const struct work *work, Contracts__AppraisalRow *row, struct share gap)
{
        struct offers offers = offers_of(work->txn, work->arena, id_of(row->contract_id), row->lot);
        Contracts__AppraisalView *view = pb_new(&contracts__appraisal_view__descriptor, work->arena);
        view->contract_id = row->contract_id;
        view->lot = row->lot;
        view->version = contracts_version_of_lot(work->txn, THING_GRID, id_of(row->contract_id), row->lot);
        view->criteria = row->criteria;
        view->n_criteria = row->n_criteria;
        view->scale = row->scale;
        view->method = row->method;
        view->readers = row->readers;
        view->n_readers = row->n_readers;
        view->frozen = row->offers > 0;
        view->awarded_on = row->awarded_on;
        view->decision_reference = row->decision_reference;
        view->retain_until = row->retain_until;
        for (size_t i = 0; i < offers.count; i++) {
                view->offers = pb_append(view->offers, &view->n_offers, sizeof(*view->offers), work->arena);
                view->offers[i] = view_of_offer(work, row, offers.rows[i], gap);
        }
        return view;
}
