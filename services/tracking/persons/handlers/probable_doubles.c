/* ProbableDoubles: pairs of files that may be one person, for those who can tell. Without a name: the files say who
 * they are, to who opens them with a reason. Not shown: those that are merged already, or that somebody kept apart. */
#include "common/service/page.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* A pair of two territories has a row in each: it is shown in the first that the reader has. */
static bool is_here(const struct work *work, const struct walk *walk, const Tracking__ProbableDoubles *query,
                    const Tracking__BeneficiaryRow *row, const Tracking__BeneficiaryRow *other)
{
        const struct key first = key_of_text(row->territory);
        bool of_first = slice_starts_with(walk->scan.key, key_slice(&first));
        const char *territory = of_first ? row->territory : other->territory;
        if (query->territory[0] != '\0')
                return passport_covers(work->actor, territory);
        return of_first ? passport_covers(work->actor, territory)
                        : !passport_covers(work->actor, row->territory) && passport_covers(work->actor, territory);
}

/* Security: of a file of another territory, that there is one and where; neither its placements nor since when. */
static Tracking__DoubleLine *line_of(const struct work *work, struct pair pair, const Tracking__BeneficiaryRow *row,
                                     const Tracking__BeneficiaryRow *other)
{
        Tracking__DoubleLine *line = pb_new(&tracking__double_line__descriptor, work->arena);
        line->territory = row->territory;
        line->other_territory = other->territory;
        if (passport_covers(work->actor, row->territory)) {
                line->beneficiary_id = id_to(work->arena, pair.id);
                line->referred_at = instant_to(work->arena, row->referred_at_ms);
                line->referred_on = row->referred_on;
                line->placements = row->placements;
        }
        if (passport_covers(work->actor, other->territory)) {
                line->other_id = id_to(work->arena, pair.other);
                line->other_referred_at = instant_to(work->arena, other->referred_at_ms);
                line->other_referred_on = other->referred_on;
                line->other_placements = other->placements;
        }
        return line;
}

struct reply handle_probable_doubles(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ProbableDoubles *query = (const Tracking__ProbableDoubles *)message;
        Tracking__ProbableDoublesReply *reply = pb_new(&tracking__probable_doubles_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;

        identity_doubles_walk(work->txn, query->territory, page.after, &walk);
        while (page_step(&page, &walk)) {
                struct pair pair = identity_pair(&walk);
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, pair.id, work->arena);
                const Tracking__BeneficiaryRow *other = tracking_beneficiary(work->txn, pair.other, work->arena);
                const Tracking__DoubleRow *found = identity_double(work->txn, pair.id, pair.other, work->arena);
                if (row == NULL || other == NULL || found == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                if (!is_here(work, &walk, query, row, other) ||
                    id_equal(identity_main(work->txn, pair.id), identity_main(work->txn, pair.other)))
                        continue;
                Tracking__DoubleLine *line = line_of(work, pair, row, other);
                line->sureness = found->sureness;
                page_add(&page, line);
        }
        return page_reply(&page);
}
