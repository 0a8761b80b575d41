/* RetentionDue: the files whose end is announced, and those that are archived, without a name. Asked by the watchers
 * and the data protection officer, of their territories. */
#include "common/service/page.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* Security: the person's territory, line by line. */
static bool is_shown(const struct work *work, const Tracking__RetentionDue *query, const Tracking__BeneficiaryRow *row)
{
        return (row->archived || row->ends_at_ms != 0) && passport_covers(work->actor, row->territory) &&
               (query->territory[0] == '\0' || strcmp(query->territory, row->territory) == 0);
}

struct reply handle_retention_due(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RetentionDue *query = (const Tracking__RetentionDue *)message;
        Tracking__RetentionDueReply *reply = pb_new(&tracking__retention_due_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        persons_walk(work->txn, LIST_BENEFICIARIES, key_empty(), page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
                if (row == NULL || !is_shown(work, query, row))
                        continue;
                Tracking__RetentionLine *line = pb_new(&tracking__retention_line__descriptor, work->arena);
                line->beneficiary_id = id_to(work->arena, id);
                line->territory = row->territory;
                line->last_contact = instant_to(work->arena, row->last_contact_ms);
                line->archived = row->archived;
                line->ends_at = row->ends_at_ms != 0 ? instant_to(work->arena, row->ends_at_ms) : NULL;
                page_add(&page, line);
        }
        return page_reply(&page);
}
