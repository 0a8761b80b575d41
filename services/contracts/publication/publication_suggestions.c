/* publication_suggestions: publications of the same buyer that may be about a contract of ours, the likeliest first.
 * Caller: facilitator, coordinator, auditor; its buyer. */
#include "services/contracts/publication/publication.h"

#include <stdlib.h>

#include "services/contracts/publication/likeness.h"
#include "services/contracts/publication/publication_rows.h"

enum { SUGGESTIONS_MAX = 10 };

static int by_score(const void *a, const void *b)
{
        const Contracts__PublicationSuggestion *const *left = a, *const *right = b;
        return ((*left)->score < (*right)->score) - ((*left)->score > (*right)->score);
}

static Contracts__PublicationSuggestion *suggestion_of(const struct work *work, struct id id,
                                                       const Contracts__ContractRecord *record,
                                                       const struct likeness *likeness)
{
        Contracts__PublicationSuggestion *one = pb_new(&contracts__publication_suggestion__descriptor, work->arena);
        one->published_contract_id = id_to(work->arena, id);
        one->number = record->number;
        one->object = record->object;
        one->notified_on = record->notified_on;
        one->amount = record->amount;
        one->score = likeness->score;
        one->n_reasons = likeness->reason_count;
        one->reasons = arena_copy(work->arena, likeness->reasons, likeness->reason_count * sizeof(*one->reasons));
        return one;
}

static void look_at(const struct work *work, struct id id, const Contracts__ContractRecord *ours,
                    Contracts__PublicationSuggestionsReply *reply)
{
        struct id linked;
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL || contracts_record_is_ours(record) || publication_is_of(work->txn, id, &linked))
                return;
        struct likeness likeness = likeness_of(ours, record, work->arena);
        if (likeness.score < LIKENESS_WORTH_SAYING)
                return;
        reply->suggestions =
                pb_append(reply->suggestions, &reply->n_suggestions, sizeof(*reply->suggestions), work->arena);
        reply->suggestions[reply->n_suggestions - 1] = suggestion_of(work, id, record, &likeness);
}

struct reply handle_publication_suggestions(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PublicationSuggestionsRequest *query =
                (const Contracts__PublicationSuggestionsRequest *)message;
        struct id contract = id_of(query->contract_id), id;
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);
        struct walk walk;

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        Contracts__PublicationSuggestionsReply *reply =
                pb_new(&contracts__publication_suggestions_reply__descriptor, work->arena);
        if (record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE || publication_came(work, contract, record))
                return reply_ok(work, reply);
        contracts_walk_records_of_buyer(work->txn, record->buyer_siret, "", slice_of(NULL, 0), &walk);
        /* Of a buyer that publishes more than can be looked at, the last numbers are left out. */
        while (!txn_page_is_spent(work->txn) && contracts_walk_next(&walk, &id))
                look_at(work, id, record, reply);
        contracts_walk_end(&walk);
        if (reply->n_suggestions > 1)
                qsort(reply->suggestions, reply->n_suggestions, sizeof(*reply->suggestions), by_score);
        if (reply->n_suggestions > SUGGESTIONS_MAX)
                reply->n_suggestions = SUGGESTIONS_MAX;
        return reply_ok(work, reply);
}
