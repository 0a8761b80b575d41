/* What the page of facts says of appraisals: how far each lot is, for those who read its offers; what the winners
 * promised, for those who read their obligations. */
#include "services/contracts/consultation/appraisal.h"

#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static uint32_t count_agreed(const struct work *work, const Contracts__AppraisalRow *row)
{
        struct offers offers = offers_of(work->txn, work->arena, id_of(row->contract_id), row->lot);
        uint32_t agreed = 0;
        for (size_t i = 0; i < offers.count; i++)
                agreed += offers.rows[i]->n_agreed > 0;
        return agreed;
}

static void add_retention(const struct work *work, const Contracts__AppraisalRow *row,
                          Contracts__ContractFactsReply *reply)
{
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, day_of(row->awarded_on));
        Contracts__CalendarLine *line = facts_calendar(work, reply, day_of(row->retain_until));
        line->what = arena_printf(work->arena, "Lot %u : pièces de la procédure à conserver jusqu'à ce jour", row->lot);
        line->source = rules->retention->source;
        if (line->state == CONTRACTS__CALENDAR_STATE__LATE) /* they were kept long enough */
                line->state = CONTRACTS__CALENDAR_STATE__KEPT;
}

static void add_appraisal(const struct work *work, const Contracts__AppraisalRow *row,
                          Contracts__ContractFactsReply *reply)
{
        Contracts__AppraisalLine *line = pb_new(&contracts__appraisal_line__descriptor, work->arena);
        line->lot = row->lot;
        line->offers = row->offers;
        line->agreed = count_agreed(work, row);
        line->awarded_on = row->awarded_on;
        line->retain_until = row->retain_until;
        reply->appraisals = pb_append(reply->appraisals, &reply->n_appraisals, sizeof(*reply->appraisals), work->arena);
        reply->appraisals[reply->n_appraisals - 1] = line;
        if (row->retain_until != NULL)
                add_retention(work, row, reply);
}

static void add_commitment(const struct work *work, const Contracts__ObligationRecorded *obligation,
                           Contracts__ContractFactsReply *reply)
{
        const Contracts__CommitmentRow *row = commitment_find(work->txn, work->arena, id_of(obligation->obligation_id));
        /* Security: a company sees its own promises, not those of the others in its group. */
        if (row == NULL || !access_obligation(work, obligation))
                return;
        Contracts__CommitmentView *view = pb_new(&contracts__commitment_view__descriptor, work->arena);
        view->obligation_id = row->obligation_id;
        view->lot = row->lot;
        view->contractor_name = obligation->contractor_name;
        view->share = row->share;
        view->hours = row->hours;
        view->extra_hours = row->extra_hours;
        view->training_hours = row->training_hours;
        view->tutoring = row->tutoring;
        view->text = row->text;
        reply->commitments =
                pb_append(reply->commitments, &reply->n_commitments, sizeof(*reply->commitments), work->arena);
        reply->commitments[reply->n_commitments - 1] = view;
}

void appraisal_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct appraisals appraisals = appraisals_of(work->txn, work->arena, of->contract);
        struct walk walk;
        struct id id;

        for (size_t i = 0; i < appraisals.count; i++)
                /* Security: how many offers there are is part of the offers. */
                if (offers_are_read_by(work, of->contract, of->record, appraisals.rows[i]))
                        add_appraisal(work, appraisals.rows[i], reply);
        if (appraisals.count == 0)
                return;
        contracts_walk_obligations_of_contract(work->txn, of->contract, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                if (obligation != NULL)
                        add_commitment(work, obligation, reply);
        }
        walk_end(&walk);
}
