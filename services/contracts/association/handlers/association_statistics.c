/* association_statistics: of one year, by buyer and in all: how often the facilitator was associated or not, what was
 * declined, for which reason, and taken up again.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own contracts.
 * Refuses: INVALID_FIELD (year, buyer_siret), NOT_ALLOWED, TOO_LARGE (some 12,000 contracts: ask for one buyer). */
#include "contracts/calls.h"
#include "services/contracts/association/association.h"

#include <string.h>

#include "services/contracts/association/association_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

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

static void count(const struct work *work, Contracts__AssociationLine *line, const struct association_row *row)
{
        /* What the buyer mended after a decline was not associated before publication. */
        if (row->association == CONTRACTS__ASSOCIATION__ASSOCIATED && !row->is_declined)
                line->associated++;
        else
                line->not_associated++;
        if (!row->is_declined)
                return;
        line->declined++;
        line->resumed += row->is_resumed;
        count_reason(work, line, row->declined_for);
}

/* The walk goes by buyer, so that a new SIRET begins a new line. */
static Contracts__AssociationLine *line_of(const struct work *work, const struct association_row *row,
                                           Contracts__AssociationStatisticsReply *reply)
{
        if (reply->n_buyers > 0 && strcmp(reply->buyers[reply->n_buyers - 1]->buyer_siret, row->buyer_siret) == 0)
                return reply->buyers[reply->n_buyers - 1];
        Contracts__AssociationLine *line = pb_new(&contracts__association_line__descriptor, work->arena);
        line->buyer_siret = arena_text(work->arena, row->buyer_siret);
        line->buyer_name = arena_text(work->arena, row->buyer_name);
        reply->buyers = pb_append(reply->buyers, &reply->n_buyers, sizeof(*reply->buyers), work->arena);
        reply->buyers[reply->n_buyers - 1] = line;
        return line;
}

static void count_all(const struct work *work, struct walk *walk, Contracts__AssociationStatisticsReply *reply)
{
        struct association_row row;
        txn_look_short(work->txn, true);
        while (association_walk_next(walk, &row)) {
                /* Security: private contracts count for their own only. */
                if (!access_eyes(work, row.eyes))
                        continue;
                count(work, line_of(work, &row, reply), &row);
                count(work, reply->total, &row);
        }
        walk_end(walk);
        txn_look_short(work->txn, false);
}

struct reply handle_association_statistics(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AssociationStatisticsRequest *query = (const Contracts__AssociationStatisticsRequest *)message;
        Contracts__AssociationStatisticsReply *reply =
                pb_new(&contracts__association_statistics_reply__descriptor, work->arena);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;

        /* Security: a buyer reads the figures of its own contracts, whatever it asks. */
        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        reply->total = pb_new(&contracts__association_line__descriptor, work->arena);
        association_walk_year(work->txn, query->year, siret, &walk);
        count_all(work, &walk, reply);
        return reply_ok(work, reply);
}
