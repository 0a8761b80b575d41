/* decp_export: a buyer's contracts as records of the 2022 format, by number, with what each lacks to be valid.
 * Caller: facilitator, coordinator, auditor; the buyer: its own. */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/publication_rows.h"

#include "common/service/page.h"
#include "services/contracts/clauses/considerations.h"
#include "services/contracts/ledger/holders.h"
#include "services/contracts/publication/decp_check.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static bool is_of_year(const Contracts__ContractRecord *record, uint32_t year)
{
        if (year == 0)
                return true;
        return record->notified_on != NULL && day_civil(day_of(record->notified_on)).year == (int)year;
}

static bool is_wanted(const Contracts__ContractRecord *record, const Contracts__DecpExportRequest *query)
{
        /* Security: private contracts never leave, whoever asks. */
        return record != NULL && record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE &&
               (query->with_published || contracts_record_is_ours(record)) && is_of_year(record, query->year);
}

/* What is known here and not told in the record. What a buyer published stays as it is. */
static void complete(const struct work *work, struct id id, Contracts__ContractRecord *record)
{
        bool is_ours = contracts_record_is_ours(record);
        if (is_ours || record->n_social == 0)
                record->social =
                        considerations_list(considerations_known(work, id, record), work->arena, &record->n_social);
        record->contractors = holders_known(work, id, record, &record->n_contractors);
        if (is_ours)
                record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
}

static Contracts__DecpEntry *entry_of(const struct work *work, struct id id, Contracts__ContractRecord *record,
                                      const Contracts__DecpExportRequest *query)
{
        struct decp_problems problems = {.arena = work->arena};
        Contracts__DecpEntry *entry = pb_new(&contracts__decp_entry__descriptor, work->arena);

        if (record->published_on == NULL)
                record->published_on = query->published_on;
        complete(work, id, record);
        decp_check(record, &problems);
        entry->contract_id = id_to(work->arena, id);
        entry->record = record;
        entry->problems = problems.at;
        entry->n_problems = problems.count;
        return entry;
}

struct reply handle_decp_export(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecpExportRequest *query = (const Contracts__DecpExportRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        Contracts__DecpExportReply *reply = pb_new(&contracts__decp_export_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct walk walk;
        struct id id, joined;

        /* Security: a buyer exports its own contracts. */
        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (siret[0] == '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "buyer_siret",
                                    "Un fichier de données essentielles est celui d'un acheteur : donnez son SIRET.");
        contracts_walk_records_of_buyer(work->txn, siret, "", page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (is_wanted(record, query) && !publication_is_twin(work->txn, id, &joined))
                        page_add(&page, entry_of(work, id, record, query));
        }
        return page_reply(&page);
}
