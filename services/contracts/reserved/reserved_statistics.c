/* reserved_statistics: reserved contracts of a year, or of all, counted by ground, by how the facilitator takes part,
 * and by buyer. Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret),
 * NOT_ALLOWED. */
#include "services/contracts/reserved/reserved.h"

#include <string.h>

#include "services/contracts/reserved/reserved_rows.h"
#include "services/contracts/reserved/reserved_views.h"

static void count_involvement(Contracts__ReservedCount *count, const Contracts__ReservedEntry *entry)
{
        switch (entry->involvement) {
        case CONTRACTS__INVOLVEMENT__NOT_INVOLVED: count->not_involved++; return;
        case CONTRACTS__INVOLVEMENT__SOURCING: count->sourcing++; return;
        case CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP:
                count->follow_up++;
                count->with_persons += entry->follows_persons;
                return;
        default: count->not_told++;
        }
}

static void count_one(Contracts__ReservedCount *count, const Contracts__ReservedEntry *entry, bool is_invalid)
{
        for (size_t i = 0; i < entry->n_grounds; i++) {
                count->handicap += entry->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_HANDICAP;
                count->iae += entry->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_IAE;
                count->prison += entry->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_PRISON;
                count->ess += entry->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_ESS;
        }
        count->contracts++;
        count->invalid += is_invalid;
        count_involvement(count, entry);
}

static Contracts__ReservedCount *count_of_buyer(const struct work *work, const struct subject *subject,
                                                Contracts__ReservedStatisticsReply *reply)
{
        for (size_t i = 0; i < reply->n_buyers; i++)
                if (strcmp(reply->buyers[i]->buyer_siret, subject->record->buyer_siret) == 0)
                        return reply->buyers[i];
        Contracts__ReservedCount *count = pb_new(&contracts__reserved_count__descriptor, work->arena);
        count->buyer_siret = subject->record->buyer_siret;
        count->buyer_name = subject->record->buyer_name;
        reply->buyers = pb_append(reply->buyers, &reply->n_buyers, sizeof(*reply->buyers), work->arena);
        reply->buyers[reply->n_buyers - 1] = count;
        return count;
}

static void count_contract(const struct work *work, const struct subject *subject, uint32_t year,
                           Contracts__ReservedStatisticsReply *reply)
{
        const Contracts__ReservedState *state = subject->file->reserved;
        for (size_t i = 0; i < state->n_entries; i++) {
                const Contracts__ReservedEntry *entry = state->entries[i];
                if (reserved_year(entry) != year)
                        continue;
                bool is_invalid = reserved_entry_findings(work, subject, entry)->verdict ==
                                  CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID;
                count_one(count_of_buyer(work, subject, reply), entry, is_invalid);
                count_one(reply->total, entry, is_invalid);
        }
}

struct reply handle_reserved_statistics(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReservedStatisticsRequest *query = (const Contracts__ReservedStatisticsRequest *)message;
        Contracts__ReservedStatisticsReply *reply =
                pb_new(&contracts__reserved_statistics_reply__descriptor, work->arena);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct subject subject;
        struct walk walk;
        struct id id;

        if (!reserved_scope(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        reply->total = pb_new(&contracts__reserved_count__descriptor, work->arena);
        if (query->year == 0)
                reserved_walk(work->txn, slice_of(NULL, 0), &walk);
        else
                reserved_walk_year(work->txn, query->year, "", slice_of(NULL, 0), &walk);
        while (contracts_walk_next(&walk, &id))
                if (reserved_subject(work, id, &subject) &&
                    (siret[0] == '\0' || strcmp(siret, subject.record->buyer_siret) == 0))
                        count_contract(work, &subject, reserved_walk_year_of(&walk), reply);
        contracts_walk_end(&walk);
        return reply_ok(work, reply);
}
