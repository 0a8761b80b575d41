/* uncovered_contracts: the contracts followed here that no agreement of their buyer covers on their date, oldest
 * first, each with why.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"

static bool scope(const struct work *work, const Contracts__UncoveredContractsRequest *query,
                  char ret_siret[SIRET_TEXT_SIZE], struct refusal *ret_refusal)
{
        memcpy(ret_siret, query->buyer_siret, strlen(query->buyer_siret) + 1);
        /* Security: a buyer lists its own contracts, whatever it asks. */
        if (work->actor->role == TYPES__ROLE__BUYER && !access_own_siret(work, ret_siret))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        return true;
}

/* The line of a contract, or NULL where an agreement covers it or it is not for the one who asks. */
static Contracts__UncoveredContract *line_of(const struct work *work, struct id id, const char *siret)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL || (siret[0] != '\0' && strcmp(siret, record->buyer_siret) != 0) ||
            !access_contract(work, id, record)) /* Security: private ones are for their own */
                return NULL;
        struct agreement_contract contract =
                agreement_contract_of(work, record, contracts_file_find(work->txn, work->arena, id));
        enum coverage nearest;
        if (agreement_covering(work, &contract, &nearest) != NULL)
                return NULL;

        Contracts__UncoveredContract *line = pb_new(&contracts__uncovered_contract__descriptor, work->arena);
        line->contract_id = id_to(work->arena, id);
        line->number = record->number;
        line->buyer_siret = record->buyer_siret;
        line->buyer_name = record->buyer_name;
        line->object = record->object;
        line->dated_on = day_to(work->arena, contract.dated_on);
        line->reason = (char *)(uintptr_t)coverage_reason(nearest);
        return line;
}

struct reply handle_uncovered_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UncoveredContractsRequest *query = (const Contracts__UncoveredContractsRequest *)message;
        Contracts__UncoveredContractsReply *reply =
                pb_new(&contracts__uncovered_contracts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct followed_walk walk;
        bool followed;
        struct id id = {0};
        char siret[SIRET_TEXT_SIZE];

        if (!scope(work, query, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (page.after.size != 0 && page.after.size != sizeof(id.b))
                return page_refuse(work);
        if (page.after.size != 0)
                id = key_read_id(page.after, 0);
        followed_walk(work->txn, work->arena, id, &walk);
        while (followed_next(&walk, &id, &followed) &&
               page_goes_on(&page, arena_copy_slice(work->arena, id_slice(&id)))) {
                Contracts__UncoveredContract *line = followed ? line_of(work, id, siret) : NULL;
                if (line != NULL)
                        page_add(&page, line);
        }
        followed_end(&walk);
        return page_reply(&page);
}
