/* contract_facts: all that is known here of a contract, on one page: record, clauses, obligations, calendar, history.
 * Caller: facilitator, coordinator, auditor; its buyer; a company that owes hours of it, without the others' part. */
#include "contracts/calls.h"

#include <stdlib.h>

#include "services/contracts/page/contract_views.h"
#include "services/contracts/page/facts.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/record_rows.h"

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
        /* Security: how the facilitator follows a contract is not for its contractors. */
        reply->file = work->actor->role == TYPES__ROLE__COMPANY ? NULL : file;
        struct facts_of of = {id, record, file};
        facts_add_all(work, &of, reply);
        if (reply->n_calendar > 1)
                qsort(reply->calendar, reply->n_calendar, sizeof(*reply->calendar), by_day);
        return reply_ok(work, reply);
}
