/* The statement of one contract: due, done, remaining, persons, by modality. Joins what contracts told (obligations and
 * their hours) with what tracking told (work on each of them). */
#include <stdlib.h>

#include "reporting/calls.h"
#include "services/reporting/queries/modality.h"

/* A person may work under several obligations of the same contract, by several files that are merged, and counts once.
 */
struct worker {
        struct id beneficiary;
        uint8_t modalities;
};

struct totals {
        int64_t due_hundredths, done_hundredths, converted_hundredths;
        int64_t transferred_hundredths, waived_hundredths;
        int64_t remaining_hundredths, surplus_hundredths; /* sums of what is left of each obligation, and over */
        uint32_t placements;
        struct modality_sum by_modality;
        struct worker *workers;
        size_t worker_count;
};

static void add_workers(struct work *work, struct id obligation, struct totals *totals)
{
        struct scan scan = scan_prefix(work->txn, T_WORKER, id_slice(&obligation));
        while (scan_next(&scan)) {
                totals->workers =
                        pb_append(totals->workers, &totals->worker_count, sizeof(*totals->workers), work->arena);
                totals->workers[totals->worker_count - 1] = (struct worker){
                        same_person_first(work->txn, key_read_id(scan.key, sizeof(struct id))), scan.value.data[0]};
        }
        scan_end(&scan);
}

/* The hours that count for it: done and converted. */
static int64_t add_obligation(struct work *work, struct id obligation, struct totals *totals)
{
        struct work_done done;
        struct key key = key_of_id(obligation);
        row_get(work->txn, T_WORK, &key, &done, sizeof(done));
        int64_t counted = done.converted_hundredths;
        totals->converted_hundredths += done.converted_hundredths;
        for (size_t i = 0; i < MODALITIES; i++) {
                counted += done.hundredths[i];
                totals->done_hundredths += done.hundredths[i];
                totals->placements += done.placements[i];
                totals->by_modality.hundredths[i] += done.hundredths[i];
                totals->by_modality.placements[i] += done.placements[i];
        }
        add_workers(work, obligation, totals);
        return counted;
}

/* The hours that it owes no more. */
static int64_t add_passed_on(struct work *work, struct id contract, struct id obligation, struct totals *totals)
{
        struct passed_on passed_on;
        struct key key = key_of_id(contract);
        key_id(&key, obligation);
        row_get(work->txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
        totals->transferred_hundredths += passed_on.transferred_hundredths;
        totals->waived_hundredths += passed_on.waived_hundredths;
        return passed_on.transferred_hundredths + passed_on.waived_hundredths;
}

static void add_obligations(struct work *work, struct id contract, struct totals *totals)
{
        struct scan scan = scan_prefix(work->txn, T_OBLIGATIONS, id_slice(&contract));
        while (scan_next(&scan)) {
                int64_t due_hundredths;
                memcpy(&due_hundredths, scan.value.data, sizeof(due_hundredths));
                totals->due_hundredths += due_hundredths;
                struct id obligation = key_read_id(scan.key, sizeof(struct id));
                int64_t left = due_hundredths - add_passed_on(work, contract, obligation, totals) -
                               add_obligation(work, obligation, totals);
                *(left > 0 ? &totals->remaining_hundredths : &totals->surplus_hundredths) += left > 0 ? left : -left;
        }
        scan_end(&scan);
}

static int by_beneficiary(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct id));
}

static uint32_t count_persons(struct totals *totals)
{
        uint32_t persons = 0;
        if (totals->worker_count > 0)
                qsort(totals->workers, totals->worker_count, sizeof(*totals->workers), by_beneficiary);
        for (size_t i = 0; i < totals->worker_count;) {
                struct worker one = totals->workers[i++];
                for (; i < totals->worker_count && id_equal(totals->workers[i].beneficiary, one.beneficiary); i++)
                        one.modalities |= totals->workers[i].modalities;
                persons++;
                for (size_t m = 0; m < MODALITIES; m++)
                        totals->by_modality.persons[m] += (one.modalities >> m) & 1u;
        }
        return persons;
}

struct reply handle_contract_statement(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__ContractStatementRequest *request = (const void *)message;
        struct id contract_id = id_of(request->contract_id);
        const Reporting__ContractRow *contract = contract_get(work->txn, contract_id, work->arena);
        if (contract == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                                    "Indiquez le contrat dont vous voulez le bilan.");

        struct totals totals = {0};
        add_obligations(work, contract_id, &totals);
        Reporting__ContractStatementReply *reply =
                pb_new(&reporting__contract_statement_reply__descriptor, work->arena);
        reply->contract_id = request->contract_id;
        reply->number = contract->number;
        reply->buyer_siret = contract->buyer_siret;
        reply->object = contract->object;
        reply->due = hours_to(work->arena, hours_of_hundredths(totals.due_hundredths));
        reply->done = hours_to(work->arena, hours_of_hundredths(totals.done_hundredths));
        reply->converted = hours_to(work->arena, hours_of_hundredths(totals.converted_hundredths));
        reply->remaining = hours_to(work->arena, hours_of_hundredths(totals.remaining_hundredths));
        reply->surplus = hours_to(work->arena, hours_of_hundredths(totals.surplus_hundredths));
        reply->transferred = hours_to(work->arena, hours_of_hundredths(totals.transferred_hundredths));
        reply->waived = hours_to(work->arena, hours_of_hundredths(totals.waived_hundredths));
        reply->persons = count_persons(&totals);
        reply->placements = totals.placements;
        reply->by_modality = modality_figures(work->arena, &totals.by_modality, &reply->n_by_modality);
        return reply_ok(work, reply);
}
