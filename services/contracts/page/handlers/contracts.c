/* contracts.c: contracts as they are read: listed, one, its facts, its history. */
#include "contracts/calls.h"

#include <stdlib.h>

#include "common/service/page.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/stage.h"
#include "services/contracts/page/contract_views.h"
#include "services/contracts/page/facts.h"
#include "services/contracts/page/history.h"
#include "services/contracts/page/sought.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* contracts: a page of contracts, newest first; of one buyer, by number; by what page/sought.h tells.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own. */
struct reply handle_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractsRequest *query = (const Contracts__ContractsRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        Contracts__ContractsReply *reply = pb_new(&contracts__contracts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct walk walk;
        struct id id, joined;

        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (siret[0] == '\0' && query->number[0] != '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "number",
                                    "Un numéro ne désigne un contrat que chez son acheteur : donnez aussi le SIRET de "
                                    "l'acheteur.");
        if (siret[0] == '\0')
                contracts_walk_records(work->txn, page.after, &walk);
        else
                contracts_walk_records_of_buyer(work->txn, siret, query->number, page.after, &walk);
        struct sought sought = sought_of(query);
        while (page_next(&page, &walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (publication_is_twin(work->txn, id, &joined)) /* another publication of one that is in the list */
                        continue;
                if (record != NULL && sought_holds(work, &sought, id, record) &&
                    access_contract(work, id, record)) /* Security: private ones are for their own */
                        page_add(&page, view_contract_line(work, id, record));
        }
        return page_reply(&page);
}

/* contract_by_id: a contract with its clauses and who owes their hours.
 * Caller: facilitator, coordinator, auditor; the buyer who published it; a company that owes hours of it. */
struct reply handle_contract_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractById *query = (const Contracts__ContractById *)message;
        struct id id = id_of(query->contract_id);
        Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant ou importez-le.");

        return reply_ok(work, view_contract(work, id, record));
}

/* contract_facts: all that is known here of a contract, on one page: record, clauses, obligations, calendar, history.
 * Caller: facilitator, coordinator, auditor; its buyer; a company that owes hours of it, without the others' part. */
static int by_day(const void *a, const void *b)
{
        const Contracts__CalendarLine *const *left = a, *const *right = b;
        return ((*left)->on->days > (*right)->on->days) - ((*left)->on->days < (*right)->on->days);
}

struct reply handle_contract_facts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractFactsRequest *query = (const Contracts__ContractFactsRequest *)message;
        struct id id = id_of(query->contract_id);

        Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant, ou importez-le.");

        Contracts__ContractFactsReply *reply = pb_new(&contracts__contract_facts_reply__descriptor, work->arena);
        reply->contract = view_contract(work, id, record);
        reply->published = contracts_published_find(work->txn, work->arena, id);
        Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, id);
        Contracts__ContractStage stage = contract_stage(work->txn, id, file, work->today);
        if (file == NULL && stage != CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN)
                file = contracts_file_of(work->txn, work->arena, query->contract_id);
        if (file != NULL)
                file->stage = stage;
        reply->file = file;
        struct facts_of of = {id, record, file};
        facts_add_all(work, &of, reply);
        if (reply->n_calendar > 1)
                qsort(reply->calendar, reply->n_calendar, sizeof(*reply->calendar), by_day);
        return reply_ok(work, reply);
}

static struct slice history_cursor(const struct work *work, uint64_t number)
{
        struct key cursor = key_of_u64(number);
        return arena_copy_slice(work->arena, key_slice(&cursor));
}

/* contract_history: the life of a contract, and of the publications that were joined to it, told from their events,
 * oldest first.
 * Caller: facilitator, coordinator, auditor; the buyer of the contract, without what is not for buyers. */
struct reply handle_contract_history(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractHistoryRequest *query = (const Contracts__ContractHistoryRequest *)message;
        struct id id = id_of(query->contract_id);
        Contracts__ContractHistoryReply *reply = pb_new(&contracts__contract_history_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct history_walk walk;

        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        bool is_cursor = history_walk(work, id, WALK_UP, page.after, &walk);
        while (history_step(&walk) && page_goes_on(&page, history_cursor(work, walk.number))) {
                Contracts__HistoryLine *line = history_step_line(work, &walk);
                if (line != NULL)
                        page_add(&page, line);
        }
        history_end(&walk);
        return is_cursor ? page_reply(&page) : page_refuse(work);
}
