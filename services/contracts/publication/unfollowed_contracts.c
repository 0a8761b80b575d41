/* unfollowed_contracts: published contracts with a social consideration that nobody here follows: no clause, nothing in
 * a file of ours, no link. Newest first.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own. */
#include "services/contracts/publication/publication.h"

#include "services/contracts/access.h"
#include "services/contracts/publication/publication_rows.h"

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

static bool is_followed(const struct work *work, struct id id)
{
        struct walk walk;
        struct id clause, contract;

        if (contracts_file_find(work->txn, work->arena, id) != NULL || publication_is_of(work->txn, id, &contract))
                return true;
        contracts_walk_clauses_of_contract(work->txn, id, &walk);
        bool found = contracts_walk_next(&walk, &clause);
        contracts_walk_end(&walk);
        return found;
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
        line->social = record->social;
        line->n_social = record->n_social;
        line->contractors = record->contractors;
        line->n_contractors = record->n_contractors;
        return line;
}

static void look_at(const struct work *work, struct id id, const Contracts__UnfollowedContractsRequest *query,
                    Contracts__UnfollowedContractsReply *reply)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        /* Security: private contracts are not the public's; a buyer's walk holds its own only. */
        if (record == NULL || record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE || contracts_record_is_ours(record) ||
            !is_wanted(record, query->social) || is_followed(work, id))
                return;
        reply->contracts = pb_append(reply->contracts, &reply->n_contracts, sizeof(*reply->contracts), work->arena);
        reply->contracts[reply->n_contracts - 1] = line_of(work, id, record);
}

struct reply handle_unfollowed_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UnfollowedContractsRequest *query = (const Contracts__UnfollowedContractsRequest *)message;
        uint32_t limit = page_limit(query->page);
        char siret[SIRET_TEXT_SIZE];
        struct slice last = {0};
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
                contracts_walk_records(work->txn, page_after(query->page), &walk);
        else
                contracts_walk_records_of_buyer(work->txn, siret, "", page_after(query->page), &walk);

        Contracts__UnfollowedContractsReply *reply =
                pb_new(&contracts__unfollowed_contracts_reply__descriptor, work->arena);
        while (contracts_walk_next(&walk, &id)) {
                if (page_ends(work, reply->n_contracts, limit, last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                look_at(work, id, query, reply);
                last = contracts_walk_cursor(&walk, work->arena);
        }
        contracts_walk_end(&walk);
        return reply_ok(work, reply);
}
