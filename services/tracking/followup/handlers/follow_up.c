/* FollowUp: what is done for a person: contacts, newest first, and with the first page her actions and planned visits.
 * Days, kinds and states, without a word. Asked by a facilitator of her territory. */
#include <stdlib.h>
#include <string.h>

#include "common/codec/dated.h"
#include "common/service/page.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/followup/lines.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/following.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static void add_actions(const struct work *work, struct id beneficiary, Tracking__FollowUpReply *reply)
{
        struct walk walk;
        actions_walk(work->txn, beneficiary, &walk);
        while (walk_step(&walk)) {
                const Tracking__ActionRow *row = walk_message(&walk, &tracking__action_row__descriptor, work->arena);
                if (!noting_may_be_seen(work, row->placement_id))
                        continue; /* Security: line by line, as of the placement */
                reply->actions = pb_append(reply->actions, &reply->n_actions, sizeof(*reply->actions), work->arena);
                reply->actions[reply->n_actions - 1] =
                        line_of_action(work->arena, walk_id(&walk), row, noting_rules(work));
        }
        walk_end(&walk);
}

static void add_visits(const struct work *work, struct id placement, Tracking__FollowUpReply *reply)
{
        struct walk walk;
        visits_walk(work->txn, placement, &walk);
        while (walk_step(&walk)) {
                struct id contact = visits_walk_contact(&walk);
                struct day day = visits_walk_day(&walk);
                Tracking__VisitLine *line = pb_new(&tracking__visit_line__descriptor, work->arena);
                line->placement_id = id_to(work->arena, placement);
                line->planned_on = day_to(work->arena, day);
                line->state = following_visit_state(noting_rules(work), day, !id_is_zero(contact), work->today);
                line->contact_id = id_is_zero(contact) ? NULL : id_to(work->arena, contact);
                reply->visits = pb_append(reply->visits, &reply->n_visits, sizeof(*reply->visits), work->arena);
                reply->visits[reply->n_visits - 1] = line;
        }
        walk_end(&walk);
}

static void add_placements(const struct work *work, struct id beneficiary, Tracking__FollowUpReply *reply)
{
        struct walk walk;
        struct id id;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id))
                if (noting_may_be_seen(work, id_to(work->arena, id)))
                        add_visits(work, id, reply);
        walk_end(&walk);
}

/* ---- of all files of hers that the reader follows */

struct noted {
        struct id id, beneficiary;
};

struct notes {
        struct noted *at;
        size_t count;
};

static int newest_first(const void *a, const void *b)
{
        return memcmp(&((const struct noted *)b)->id, &((const struct noted *)a)->id, sizeof(struct id));
}

static struct files files_followed(const struct work *work, struct id beneficiary)
{
        struct files all = identity_files(work->txn, beneficiary), followed = {0};
        for (size_t i = 0; i < all.count; i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, all.at[i], work->arena);
                if (row != NULL && passport_covers(work->actor, row->territory)) /* Security: of each file */
                        followed.at[followed.count++] = all.at[i];
        }
        return followed;
}

/* Behind the cursor; no more than CONTACTS_MAX a file. */
static struct notes contacts_of(const struct work *work, const struct files *files, struct slice after)
{
        struct notes notes = {0};
        for (size_t i = 0; i < files->count; i++) {
                struct walk walk;
                struct id id;
                contacts_walk(work->txn, files->at[i], after, &walk);
                while (walk_next(&walk, &id)) {
                        notes.at = pb_append(notes.at, &notes.count, sizeof(*notes.at), work->arena);
                        notes.at[notes.count - 1] = (struct noted){id, files->at[i]};
                }
                walk_end(&walk);
        }
        if (notes.count > 0)
                qsort(notes.at, notes.count, sizeof(*notes.at), newest_first);
        return notes;
}

static void add_contacts(const struct work *work, const struct files *files, struct page *page)
{
        struct notes notes = contacts_of(work, files, page->after);
        for (size_t i = 0; i < notes.count && page_goes_on(page, id_slice(&notes.at[i].id)); i++) {
                const struct noted *noted = &notes.at[i];
                const Tracking__ContactRow *row =
                        tracking_contact(work->txn, noted->beneficiary, noted->id, work->arena);
                if (row != NULL && noting_may_be_seen(work, row->placement_id))
                        page_add(page, line_of_contact(work->arena, noted->id, row, noting_rules(work)));
        }
}

struct reply handle_follow_up(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__FollowUp *query = (const Tracking__FollowUp *)message;
        struct id beneficiary = id_of(query->beneficiary_id);
        Tracking__FollowUpReply *reply = pb_new(&tracking__follow_up_reply__descriptor, work->arena);

        if (tracking_beneficiary(work->txn, beneficiary, work->arena) == NULL)
                return reply_no_beneficiary(work);
        struct page page = page_begin(work, query->page, &reply->base);
        if (page.after.size != 0 && page.after.size != sizeof(struct id))
                return page_refuse(work);
        struct files files = files_followed(work, beneficiary);
        for (size_t i = 0; i < files.count && page.after.size == 0; i++) {
                add_actions(work, files.at[i], reply);
                add_placements(work, files.at[i], reply);
        }
        add_contacts(work, &files, &page);
        return page_reply(&page);
}
