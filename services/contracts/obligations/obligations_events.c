#include "services/contracts/obligations/obligations.h"

#include "common/base/require.h"
#include "services/contracts/store/store.h"

/* One posting: the obligation's balances, those over all, and the entry that tells it. */
static void post(const struct change *change, struct id obligation, const struct posting *posting,
                 Contracts__LedgerEntry *entry)
{
        struct ledger own = contracts_ledger(change->txn, change->arena, obligation);
        struct ledger all = contracts_ledger_of_all(change->txn, change->arena);
        int err = ledger_post(&own, posting);
        if (err == 0)
                err = ledger_post(&all, posting);
        require(err == 0); /* whoever recorded it has tried */
        contracts_ledger_put(change->txn, change->arena, obligation, &own);
        contracts_ledger_of_all_put(change->txn, change->arena, &all);

        entry->number = own.entries;
        entry->from = account_to(posting->from);
        entry->to = account_to(posting->to);
        entry->hours = hours_to(change->arena, posting->hours);
        entry->at = instant_to(change->arena, change->at_ms);
        contracts_entry_put(change->txn, change->arena, obligation, entry);
}

void apply_obligation_recorded(const struct change *change, const Contracts__Event *event)
{
        static char opening[] = "Heures prévues par la clause";
        const Contracts__ObligationRecorded *body = event->obligation_recorded;
        const Contracts__ContractRecord *contract =
                contracts_record_find(change->txn, change->arena, id_of(body->contract_id));
        if (contract == NULL) {
                require(txn_error(change->txn) != 0); /* contracts are never deleted */
                return;
        }
        contracts_obligation_put(change->txn, change->arena, body, contract->buyer_siret);

        struct posting posting = {ACCOUNT_CLAUSE, ACCOUNT_DUE, hours_of(body->hours)};
        Contracts__LedgerEntry entry = CONTRACTS__LEDGER_ENTRY__INIT;
        entry.cause = opening;
        post(change, id_of(body->obligation_id), &posting, &entry);
}

void apply_ledger_posted(const struct change *change, const Contracts__Event *event)
{
        const Contracts__LedgerPosted *body = event->ledger_posted;
        struct posting posting = {account_of(body->from), account_of(body->to), hours_of(body->hours)};
        struct month month = month_of(body->month);
        struct id source = id_of(body->source_id);
        Contracts__LedgerEntry entry = CONTRACTS__LEDGER_ENTRY__INIT;
        entry.month = body->month;
        entry.cause = body->cause;
        post(change, id_of(body->obligation_id), &posting, &entry);

        struct hours sum;
        int err = hours_add(contracts_posted(change->txn, change->arena, month, source), posting.hours, &sum);
        require(err == 0); /* it is what tracking said the hours are */
        contracts_posted_put(change->txn, change->arena, month, source, sum);
}

void tell_obligation_recorded(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__ObligationRecorded *body = event->obligation_recorded;
        tell(telling, "%s (SIRET %s) doit %s au titre du lot %u.", body->contractor_name, body->contractor_siret,
             told_hours(telling, body->hours), body->lot);
}

void tell_ledger_posted(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__LedgerPosted *body = event->ledger_posted;
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(telling->txn, telling->arena, id_of(body->obligation_id));
        tell(telling, "%s : %s, %s (%s).", obligation == NULL ? "Obligation" : obligation->contractor_name,
             told_hours(telling, body->hours), body->cause, french_month(telling->arena, month_of(body->month)));
}
