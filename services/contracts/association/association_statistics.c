/* association_statistics: of one year, by buyer and in all: how often the facilitator was associated or not, what was
 * declined, for which reason, and taken up again.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own contracts. */
#include "services/contracts/association/association.h"

#include <string.h>

#include "services/contracts/access.h"
#include "services/contracts/association/association_rows.h"

static void count_reason(const struct work *work, Contracts__AssociationLine *line, Contracts__DeclineReason reason)
{
        size_t i = 0;
        while (i < line->n_reasons && line->reasons[i]->reason != reason)
                i++;
        if (i == line->n_reasons) {
                line->reasons = pb_append(line->reasons, &line->n_reasons, sizeof(*line->reasons), work->arena);
                line->reasons[i] = pb_new(&contracts__decline_count__descriptor, work->arena);
                line->reasons[i]->reason = reason;
        }
        line->reasons[i]->contracts++;
}

static void count(const struct work *work, Contracts__AssociationLine *line, const Contracts__AssociationState *state)
{
        bool declined = state->declined_on != NULL;
        /* What the buyer mended after a decline was not associated before publication. */
        if (state->association == CONTRACTS__ASSOCIATION__ASSOCIATED && !declined)
                line->associated++;
        else
                line->not_associated++;
        if (!declined)
                return;
        line->declined++;
        line->resumed += state->resumed_on != NULL;
        count_reason(work, line, state->declined_for);
}

/* The walk goes by buyer, so that a new SIRET begins a new line. */
static Contracts__AssociationLine *line_of(const struct work *work, const Contracts__ContractRecord *record,
                                           char *buyer_siret, Contracts__AssociationStatisticsReply *reply)
{
        if (reply->n_buyers > 0 && strcmp(reply->buyers[reply->n_buyers - 1]->buyer_siret, buyer_siret) == 0)
                return reply->buyers[reply->n_buyers - 1];
        Contracts__AssociationLine *line = pb_new(&contracts__association_line__descriptor, work->arena);
        line->buyer_siret = buyer_siret;
        line->buyer_name = record->buyer_name;
        reply->buyers = pb_append(reply->buyers, &reply->n_buyers, sizeof(*reply->buyers), work->arena);
        reply->buyers[reply->n_buyers - 1] = line;
        return line;
}

static void count_all(const struct work *work, struct walk *walk, Contracts__AssociationStatisticsReply *reply)
{
        struct id id;
        while (contracts_walk_next(walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, id);
                /* Security: private contracts count for their own only. */
                if (record == NULL || file == NULL || !access_contract(work, id, record))
                        continue;
                count(work, line_of(work, record, file->association->buyer_siret, reply), file->association);
                count(work, reply->total, file->association);
        }
        contracts_walk_end(walk);
}

struct reply handle_association_statistics(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AssociationStatisticsRequest *query = (const Contracts__AssociationStatisticsRequest *)message;
        Contracts__AssociationStatisticsReply *reply =
                pb_new(&contracts__association_statistics_reply__descriptor, work->arena);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;

        if (query->year == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "year",
                                    "L'année manque : donnez par exemple 2026.");
        /* Security: a buyer reads the figures of its own contracts, whatever it asks. */
        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        reply->total = pb_new(&contracts__association_line__descriptor, work->arena);
        association_walk_year(work->txn, query->year, siret, &walk);
        count_all(work, &walk, reply);
        return reply_ok(work, reply);
}
