/* unfollowed_contracts: published contracts with a social consideration that nobody here follows: no clause, nothing in
 * a file of ours, no link. Newest first.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own. */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "common/service/page.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static bool is_wanted(const Contracts__ContractRecord *record, Contracts__SocialConsideration wanted)
{
        for (size_t i = 0; i < record->n_social; i++) {
                Contracts__SocialConsideration social = record->social[i];
                bool any = social == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE ||
                           social == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION ||
                           social == CONTRACTS__SOCIAL_CONSIDERATION__RESERVED;
                if (wanted == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN ? any : social == wanted)
                        return true;
        }
        return false;
}

static Contracts__UnfollowedContract *line_of(const struct work *work, struct id id,
                                              const Contracts__ContractRecord *record)
{
        Contracts__UnfollowedContract *line = pb_new(&contracts__unfollowed_contract__descriptor, work->arena);
        line->contract_id = id_to(work->arena, id);
        line->number = record->number;
        line->buyer_siret = record->buyer_siret;
        line->buyer_name = record->buyer_name;
        line->object = record->object;
        line->notified_on = record->notified_on;
        line->amount = record->amount;
        line->amount_doubtful = amount_is_doubtful(work, record->amount);
        line->social = record->social;
        line->n_social = record->n_social;
        line->contractors = record->contractors;
        line->n_contractors = record->n_contractors;
        return line;
}

/* Security: private contracts are not the public's; a buyer's walk holds its own only. */
static bool is_line(const struct work *work, struct id id, const Contracts__ContractRecord *record,
                    Contracts__SocialConsideration wanted)
{
        struct id joined;
        return record != NULL && !publication_is_twin(work->txn, id, &joined) &&
               record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE && !contracts_record_is_ours(record) &&
               is_wanted(record, wanted) && !publication_is_followed(work->txn, work->arena, id);
}

struct reply handle_unfollowed_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UnfollowedContractsRequest *query = (const Contracts__UnfollowedContractsRequest *)message;
        Contracts__UnfollowedContractsReply *reply =
                pb_new(&contracts__unfollowed_contracts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (query->social == CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "social",
                                    "Cette liste est celle des contrats qui ont une considération sociale : demandez "
                                    "SOCIAL_CLAUSE, SOCIAL_CRITERION ou RESERVED, ou rien.");
        if (siret[0] == '\0')
                contracts_walk_records(work->txn, page.after, &walk);
        else
                contracts_walk_records_of_buyer(work->txn, siret, "", page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (is_line(work, id, record, query->social))
                        page_add(&page, line_of(work, id, record));
        }
        return page_reply(&page);
}
