#include "services/contracts/apply.h"

#include "common/base/require.h"
#include "services/contracts/store.h"

struct change {
        struct txn *txn;
        struct arena *arena;
        int64_t at_ms;
};

static void contract_imported(const struct change *change, const Contracts__Event *event)
{
        const Contracts__ContractImported *body = event->contract_imported;
        contracts_record_put(change->txn, change->arena, body->contract_id, body->record);
}

static void contract_updated(const struct change *change, const Contracts__Event *event)
{
        const Contracts__ContractUpdated *body = event->contract_updated;
        contracts_record_put(change->txn, change->arena, body->contract_id, body->record);
}

static void clause_put(const struct change *change, const Contracts__Event *event)
{
        contracts_clause_put(change->txn, change->arena, event->clause_put);
}

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

static void obligation_recorded(const struct change *change, const Contracts__Event *event)
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

static void need_declared(const struct change *change, const Contracts__Event *event)
{
        contracts_need_put(change->txn, change->arena, event->need_declared);
}

static void ledger_posted(const struct change *change, const Contracts__Event *event)
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

void contracts_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        static const struct {
                Contracts__Event__BodyCase what;
                void (*apply)(const struct change *change, const Contracts__Event *event);
        } changes[] = {
                {CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED, contract_imported},
                {CONTRACTS__EVENT__BODY_CONTRACT_UPDATED, contract_updated},
                {CONTRACTS__EVENT__BODY_CLAUSE_PUT, clause_put},
                {CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED, obligation_recorded},
                {CONTRACTS__EVENT__BODY_NEED_DECLARED, need_declared},
                {CONTRACTS__EVENT__BODY_LEDGER_POSTED, ledger_posted},
        };
        const Contracts__Event *body = event->body;
        struct change change = {txn, arena, event->at_ms};

        size_t i = 0;
        while (i < ARRAY_SIZE(changes) && changes[i].what != body->body_case)
                i++;
        require(i < ARRAY_SIZE(changes)); /* our own log: an older daemon does not open a newer store */
        changes[i].apply(&change, body);
}
