#include "services/tracking/proposals/silence.h"

#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "services/tracking/rules/context.h"

#define DAY_MS ((int64_t)86400000)

void silence_wait(struct txn *txn, struct id proposal, int64_t at_ms)
{
        struct due_name name = {JOB_SILENCE, proposal};
        if (at_ms != 0)
                due_set(txn, &persons_retention, name, at_ms);
        else
                (void)due_cancel(txn, &persons_retention, name);
}

void silence_look(struct work *work, const struct job *job)
{
        struct id id = job->due.name.id;
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        if (row == NULL || homes_is_held(work->txn, id))
                return; /* the transaction has failed; its commit will tell */
        proposal_record_expiry(work, id, row);
}

const struct job_kind silence_job = {
        .number = JOB_SILENCE,
        .name = "proposal_silence",
        .at_once = 8,
        .backoff = {.first_ms = DAY_MS, .longest_ms = DAY_MS, .attempts_max = UINT32_MAX},
        .ready = jobs_may_run,
        .record = silence_look,
};
