#include "services/contracts/obligations/parts_job.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/parts.h"

#define DAY_MS ((int64_t)86400000)

void parts_wait(const struct change *change, const Types__Id *contract, struct day after)
{
        const struct due_name name = {JOB_PARTS, id_of(contract)};
        struct day next;
        if (parts_next(contracts_file_find(change->txn, change->arena, name.id), after, &next))
                due_set(change->txn, &obligations_due, name, (int64_t)day_number(next) * DAY_MS);
        else
                (void)due_cancel(change->txn, &obligations_due, name);
}

struct postings parts_postings(const struct work *work, const Contracts__ContractFile *file, const char *cause)
{
        struct postings postings = {0};
        struct loaded_obligation loaded;
        struct refusal ignored;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(work->txn, id_of(file->contract_id), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!loaded_obligation_find(work, id_to(work->arena, id), "", &loaded, &ignored))
                        continue; /* the transaction has failed */
                loaded.file = file;
                struct demand demand = loaded_obligation_demand(work, &loaded);
                loaded_obligation_post_demand(work, &loaded, terms_demanded(&demand), cause, &postings);
        }
        walk_end(&walk);
        return postings;
}

void parts_look(struct work *work, const struct job *job)
{
        Contracts__ContractPartsBegan body = CONTRACTS__CONTRACT_PARTS_BEGAN__INIT;
        struct day first = day_of_instant_ms(job->due.at_ms), on;
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, job->due.name.id);
        if (file == NULL)
                return; /* the transaction has failed; its commit will tell */
        for (size_t i = 0; i < file->n_parts; i++) {
                if (!parts_begins(file, file->parts[i], &on) || day_number(on) < day_number(first) ||
                    day_number(on) > day_number(work->today))
                        continue;
                body.parts = pb_append(body.parts, &body.n_parts, sizeof(*body.parts), work->arena);
                body.parts[body.n_parts - 1] = file->parts[i];
        }
        struct postings postings =
                parts_postings(work, file, body.n_parts == 0 ? "Contrat" : parts_name(work->arena, body.parts[0]));
        body.contract_id = file->contract_id;
        body.on = day_to(work->arena, work->today);
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);
}

const struct job_kind parts_job = {
        .number = JOB_PARTS,
        .name = "contract_parts",
        .at_once = 8,
        .backoff = {.first_ms = DAY_MS, .longest_ms = DAY_MS, .attempts_max = UINT32_MAX},
        .record = parts_look,
};
