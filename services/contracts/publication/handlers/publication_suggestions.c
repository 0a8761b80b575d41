/* publication_suggestions: publications of the same buyer that may be about a contract of ours, the likeliest first.
 * Of a buyer that publishes more than can be looked at, the last numbers are left out, and the reply says so.
 * Caller: facilitator, coordinator, auditor; its buyer. */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include <stdlib.h>

#include "common/base/text.h"
#include "services/contracts/publication/likeness.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

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

static bool is_told(const Contracts__PublicationSuggestionsReply *reply, struct id id)
{
        for (size_t i = 0; i < reply->n_suggestions; i++)
                if (id_equal(id_of(reply->suggestions[i]->published_contract_id), id))
                        return true;
        return false;
}

static void look_at(const struct work *work, struct id id, const Contracts__ContractRecord *ours,
                    Contracts__PublicationSuggestionsReply *reply)
{
        struct id linked;
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL || contracts_record_is_ours(record) || publication_is_of(work->txn, id, &linked) ||
            is_told(reply, id))
                return;
        struct likeness likeness = likeness_of(ours, record, work->arena);
        if (likeness.score < LIKENESS_WORTH_SAYING)
                return;
        reply->suggestions =
                pb_append(reply->suggestions, &reply->n_suggestions, sizeof(*reply->suggestions), work->arena);
        reply->suggestions[reply->n_suggestions - 1] = suggestion_of(work, id, record, &likeness);
}

/* Those of one number, or all: as many as can be looked at. */
static void look_at_all(const struct work *work, const Contracts__ContractRecord *ours, const char *number,
                        Contracts__PublicationSuggestionsReply *reply)
{
        struct walk walk;
        struct id id;
        contracts_walk_records_of_buyer(work->txn, ours->buyer_siret, number, slice_of(NULL, 0), &walk);
        while (!reply->cut && walk_next(&walk, &id)) {
                reply->cut = txn_page_is_spent(work->txn);
                if (!reply->cut)
                        look_at(work, id, ours, reply);
        }
        walk_end(&walk);
}

struct reply handle_publication_suggestions(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PublicationSuggestionsRequest *query =
                (const Contracts__PublicationSuggestionsRequest *)message;
        struct id contract = id_of(query->contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        Contracts__PublicationSuggestionsReply *reply =
                pb_new(&contracts__publication_suggestions_reply__descriptor, work->arena);
        if (record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE || publication_came(work, contract, record))
                return reply_ok(work, reply);
        /* The buyer's own number decides alone: it is found however many contracts the buyer has. */
        if (!text_is_empty(record->number))
                look_at_all(work, record, record->number, reply);
        look_at_all(work, record, "", reply);
        if (reply->n_suggestions > 1)
                qsort(reply->suggestions, reply->n_suggestions, sizeof(*reply->suggestions), by_score);
        if (reply->n_suggestions > SUGGESTIONS_MAX)
                reply->n_suggestions = SUGGESTIONS_MAX;
        return reply_ok(work, reply);
}
