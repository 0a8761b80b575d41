#include "services/contracts/reactions/reactions.h"

#include "services/contracts/ledger/ledger_rows.h"

/* Whether the posting fits into the ledger of the obligation and of all. Tracking bounds its hours, so this only stops
 * a figure that no tracking daemon of ours has made. */
static bool fits(const struct work *work, struct id obligation, const struct posting *posting)
{
        struct ledger own = contracts_ledger(work->txn, work->arena, obligation);
        struct ledger all = contracts_ledger_of_all(work->txn, work->arena);
        return ledger_post(&own, posting) == 0 && ledger_post(&all, posting) == 0;
}

void post_follow_up(struct work *work, const struct follow_up *follow_up)
{
        /* An obligation that is not known here: tracking took it from our own events, so either this store was restored
         * from a backup older than tracking's, or the event is of another network's. There is no account to post to,
         * and inventing one would make hours that nobody owes; `guichetctl verify` shows the difference. */
        if (contracts_obligation_find(work->txn, work->arena, follow_up->obligation) == NULL)
                return;

        struct hours posted = contracts_posted(work->txn, work->arena, follow_up->month, follow_up->source);
        struct posting posting = {.from = ACCOUNT_DUE, .to = follow_up->to};
        if (hours_subtract(follow_up->hours, posted, &posting.hours) != 0 || hours_hundredths(posting.hours) == 0 ||
            !fits(work, follow_up->obligation, &posting))
                return;

        Contracts__LedgerPosted body = CONTRACTS__LEDGER_POSTED__INIT;
        body.obligation_id = id_to(work->arena, follow_up->obligation);
        body.from = account_to(posting.from);
        body.to = account_to(posting.to);
        body.hours = hours_to(work->arena, posting.hours);
        body.month = month_to(work->arena, follow_up->month);
        body.cause = follow_up->cause;
        body.source_id = id_to(work->arena, follow_up->source);
        work_record(work, &body.base);
}
