#include "services/reporting/queries/statement.h"

#include <stdlib.h>

#include "common/store/same.h"

static void load_workers(struct work *work, struct id obligation, struct statement *statement)
{
        struct scan scan = scan_prefix(work->txn, T_WORKER, id_slice(&obligation));
        while (scan_next(&scan)) {
                struct id file = key_read_id(scan.key, sizeof(struct id));
                struct statement_worker worker = {
                        .person = same_first(work->txn, T_SAME_PERSON, file), .file = file, .obligation = obligation};
                memcpy(&worker.worker, scan.value.data, sizeof(worker.worker));
                statement->workers =
                        pb_append(statement->workers, &statement->worker_count, sizeof(worker), work->arena);
                statement->workers[statement->worker_count - 1] = worker;
        }
        scan_end(&scan);
}

void statement_load(struct work *work, struct id contract, struct statement *ret)
{
        struct scan scan = scan_prefix(work->txn, T_OBLIGATIONS, id_slice(&contract));
        *ret = (struct statement){0};
        while (scan_next(&scan)) {
                struct statement_obligation one = {.id = key_read_id(scan.key, sizeof(struct id))};
                struct owed owed;
                struct key key = key_of_id(contract);
                memcpy(&owed, scan.value.data, sizeof(owed));
                one.stands = owed.is_gone ? 0 : 1;
                one.due_hundredths = owed.due_hundredths;
                key_id(&key, one.id);
                row_get(work->txn, T_PASSED_ON, &key, &one.passed_on, sizeof(one.passed_on));
                key = key_of_id(one.id);
                row_get(work->txn, T_WORK, &key, &one.done, sizeof(one.done));
                ret->obligations =
                        pb_append(ret->obligations, &ret->obligation_count, sizeof(*ret->obligations), work->arena);
                ret->obligations[ret->obligation_count - 1] = one;
                load_workers(work, one.id, ret);
        }
        scan_end(&scan);
}

struct statement_obligation *statement_obligation(const struct statement *statement, struct id obligation)
{
        for (size_t i = 0; i < statement->obligation_count; i++)
                if (id_equal(statement->obligations[i].id, obligation))
                        return &statement->obligations[i];
        return NULL;
}

static void add_obligation(const struct statement_obligation *one, struct statement_figures *figures)
{
        int64_t left = one->due_hundredths - one->passed_on.transferred_hundredths - one->passed_on.waived_hundredths -
                       one->done.converted_hundredths;
        figures->due_hundredths += one->due_hundredths;
        figures->transferred_hundredths += one->passed_on.transferred_hundredths;
        figures->waived_hundredths += one->passed_on.waived_hundredths;
        figures->converted_hundredths += one->done.converted_hundredths;
        for (size_t i = 0; i < MODALITIES; i++) {
                left -= one->done.hundredths[i];
                figures->done_hundredths += one->done.hundredths[i];
                figures->placements += one->done.placements[i];
                figures->by_modality.hundredths[i] += one->done.hundredths[i];
                figures->by_modality.placements[i] += one->done.placements[i];
        }
        *(left > 0 ? &figures->remaining_hundredths : &figures->surplus_hundredths) += left > 0 ? left : -left;
}

static int by_person(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct id));
}

/* The modalities in which she worked under what stands, a bit each. */
static uint32_t modalities_of(const struct statement *statement, const struct statement_worker *worker)
{
        const struct statement_obligation *obligation = statement_obligation(statement, worker->obligation);
        uint32_t mask = 0;
        for (uint32_t i = 0; i < MODALITIES && obligation != NULL && obligation->stands > 0; i++)
                if (worker->worker.placements[i] > 0)
                        mask |= 1u << i;
        return mask;
}

static void count_persons(struct statement *statement, struct statement_figures *figures)
{
        if (statement->worker_count > 0)
                qsort(statement->workers, statement->worker_count, sizeof(*statement->workers), by_person);
        for (size_t i = 0; i < statement->worker_count;) {
                struct id person = statement->workers[i].person;
                uint32_t mask = 0;
                for (; i < statement->worker_count && id_equal(statement->workers[i].person, person); i++)
                        mask |= modalities_of(statement, &statement->workers[i]);
                figures->persons += mask != 0;
                for (size_t m = 0; m < MODALITIES; m++)
                        figures->by_modality.persons[m] += (mask >> m) & 1u;
        }
}

void statement_hours(const struct statement *statement, struct statement_figures *ret)
{
        *ret = (struct statement_figures){0};
        for (size_t i = 0; i < statement->obligation_count; i++)
                if (statement->obligations[i].stands > 0)
                        add_obligation(&statement->obligations[i], ret);
}

void statement_figures(struct statement *statement, struct statement_figures *ret)
{
        statement_hours(statement, ret);
        count_persons(statement, ret);
}

Reporting__ContractStatementReply *statement_reply(struct work *work, const Types__Id *contract_id)
{
        const Reporting__ContractRow *contract = contract_get(work->txn, id_of(contract_id), work->arena);
        Reporting__ContractStatementReply *reply =
                pb_new(&reporting__contract_statement_reply__descriptor, work->arena);
        struct statement statement;
        struct statement_figures figures;
        statement_load(work, id_of(contract_id), &statement);
        statement_figures(&statement, &figures);
        reply->contract_id = id_to(work->arena, id_of(contract_id));
        reply->number = contract->number;
        reply->buyer_siret = contract->buyer_siret;
        reply->object = contract->object;
        reply->due = hours_to(work->arena, hours_of_hundredths(figures.due_hundredths));
        reply->done = hours_to(work->arena, hours_of_hundredths(figures.done_hundredths));
        reply->converted = hours_to(work->arena, hours_of_hundredths(figures.converted_hundredths));
        reply->remaining = hours_to(work->arena, hours_of_hundredths(figures.remaining_hundredths));
        reply->surplus = hours_to(work->arena, hours_of_hundredths(figures.surplus_hundredths));
        reply->transferred = hours_to(work->arena, hours_of_hundredths(figures.transferred_hundredths));
        reply->waived = hours_to(work->arena, hours_of_hundredths(figures.waived_hundredths));
        reply->persons = figures.persons;
        reply->placements = figures.placements;
        reply->by_modality = modality_figures(work->arena, &figures.by_modality, &reply->n_by_modality);
        return reply;
}
