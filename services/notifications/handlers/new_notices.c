/* NewNotices: what was told since an event of this daemon, the oldest first, in the boxes of the actor: what
 * OwnNotices, Inbox and RecentNotices would tell, to the same eyes. Who is too far behind is told so, and reads the
 * boxes. */
#include <stdlib.h>

#include "common/base/require.h"
#include "common/store/eventlog.h"
#include "notifications/calls.h"
#include "services/notifications/daemon.h"
#include "services/notifications/store.h"
#include "services/notifications/told.h"
#include "services/notifications/view.h"

enum { LINES_MAX = 100, BYTES_MAX = 256 * 1024, FOUND_MAX = 1500 };

/* A line that may be told, not made yet. */
struct found {
        uint64_t number;
        Notifications__NoticeBox box;
        const Notifications__AccountNoticeRow *own;
        struct id notice;
        const Notifications__NoticeRow *entry;
        const Notifications__PostingRow *posting;
};

struct search {
        struct work *work;
        uint64_t after;
        struct found *items;
        size_t count;
        bool is_cut; /* there is more than can be told */
};

static bool goes_on(struct search *search)
{
        search->is_cut = search->is_cut || search->count == FOUND_MAX || txn_page_is_spent(search->work->txn);
        return !search->is_cut;
}

static void find_own(struct search *search)
{
        struct work *work = search->work;
        struct walk walk;
        store_walk_account_notices(work->txn, passport_account(work->actor), slice_of(NULL, 0), &walk);
        while (walk_step(&walk) && walk_number(&walk) > search->after && goes_on(search))
                search->items[search->count++] = (struct found){
                        .number = walk_number(&walk),
                        .box = NOTIFICATIONS__NOTICE_BOX__BOX_OWN,
                        .own = walk_message(&walk, &notifications__account_notice_row__descriptor, work->arena),
                };
        walk_end(&walk);
}

static void find_in_inbox(struct search *search)
{
        struct work *work = search->work;
        const Notifications__NoticeRow *row;
        struct inbox_walk walk;
        /* Security: who acts for an organisation reads its own inbox, and no other here. */
        if (!store_inbox_begin(work->txn, id_of(work->actor->organisation), slice_of(NULL, 0), work->arena, &walk))
                return;
        while ((row = store_inbox_next(&walk, work->arena)) != NULL && row->posting > search->after &&
               goes_on(search)) {
                const Notifications__PostingRow *posting = store_find_posting(work->txn, row->posting, work->arena);
                if (posting != NULL)
                        search->items[search->count++] = (struct found){.number = row->posting,
                                                                        .box = NOTIFICATIONS__NOTICE_BOX__BOX_INBOX,
                                                                        .notice = walk.notice,
                                                                        .entry = row,
                                                                        .posting = posting};
        }
}

static void find_recent(struct search *search)
{
        struct work *work = search->work;
        struct walk walk;
        store_walk_postings(work->txn, slice_of(NULL, 0), &walk);
        while (walk_step(&walk) && walk_number(&walk) > search->after && goes_on(search)) {
                const Notifications__PostingRow *posting =
                        walk_message(&walk, &notifications__posting_row__descriptor, work->arena);
                /* Security: the actor's territories; of a private contract, its readers. */
                if (view_oversees(work, posting))
                        search->items[search->count++] = (struct found){.number = walk_number(&walk),
                                                                        .box = NOTIFICATIONS__NOTICE_BOX__BOX_RECENT,
                                                                        .posting = posting};
        }
        walk_end(&walk);
}

static bool acts_for_one(const struct work *work)
{
        return !id_is_zero(id_of(work->actor->organisation));
}

static bool is_asked(const Notifications__NewNoticesRequest *query, Notifications__NoticeBox box)
{
        for (size_t i = 0; i < query->n_boxes; i++)
                if (query->boxes[i] == box)
                        return true;
        return query->n_boxes == 0;
}

static int by_number(const void *a, const void *b)
{
        const struct found *one = a, *other = b;
        if (one->number != other->number)
                return one->number < other->number ? -1 : 1;
        return (int)one->box - (int)other->box;
}

static Notifications__NewNotice *line_of(struct work *work, const struct found *found)
{
        Notifications__NewNotice *line = pb_new(&notifications__new_notice__descriptor, work->arena);
        line->position = found->number;
        line->box = found->box;
        if (found->own != NULL)
                line->notice = told_view(work, daemon_texts(work->context, work->today), found->own);
        else if (found->entry != NULL)
                line->notice = view_of_notice(found->notice, found->entry, found->posting, work->arena);
        else
                line->notice = view_of_posting(found->posting, work->arena);
        return line;
}

/* As many as fit, and all that one event told or nothing of it; the first event always fits. */
static void put_lines(struct search *search, uint64_t head, Notifications__NewNoticesReply *reply)
{
        size_t bytes = 0, whole = 0;
        qsort(search->items, search->count, sizeof(*search->items), by_number);
        reply->notices = arena_alloc(search->work->arena, (search->count + 1) * sizeof(*reply->notices));
        reply->upto = head;
        for (size_t i = 0; i < search->count; i++) {
                if (i > 0 && search->items[i].number != search->items[i - 1].number) {
                        whole = i;
                        reply->upto = search->items[i - 1].number;
                }
                Notifications__NewNotice *line = line_of(search->work, &search->items[i]);
                bytes += protobuf_c_message_get_packed_size(&line->base);
                if (whole > 0 && (i >= LINES_MAX || bytes > BYTES_MAX)) {
                        reply->n_notices = whole;
                        return;
                }
                reply->notices[i] = line;
        }
        reply->n_notices = search->count;
        reply->upto = head;
}

struct reply handle_new_notices(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__NewNoticesRequest *query = (const Notifications__NewNoticesRequest *)message;
        Notifications__NewNoticesReply *reply = pb_new(&notifications__new_notices_reply__descriptor, work->arena);
        struct search search = {.work = work, .after = query->after};
        bool wants_recent = is_asked(query, NOTIFICATIONS__NOTICE_BOX__BOX_RECENT);
        bool wants_inbox = is_asked(query, NOTIFICATIONS__NOTICE_BOX__BOX_INBOX);

        /* Security: as the questions of these boxes refuse it. */
        if (query->n_boxes > 0 && wants_recent && !view_is_overseer(work->actor))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "boxes",
                                    "Les dernières alertes des territoires (BOX_RECENT) ne sont montrées qu'à ceux qui "
                                    "suivent le réseau : retirez-les de votre demande.");
        if (query->n_boxes > 0 && wants_inbox && !acts_for_one(work))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "boxes",
                                    "Vous n'agissez pas pour une organisation : elle n'a pas de boîte (BOX_INBOX). "
                                    "Retirez-la de votre demande.");
        uint64_t head = log_read_head(work->txn).number;
        reply->upto = head;
        reply->has_gap = query->after > head;
        if (query->position_only || reply->has_gap || query->after == head)
                return reply_ok(work, reply);
        search.items = arena_alloc(work->arena, FOUND_MAX * sizeof(*search.items));
        if (is_asked(query, NOTIFICATIONS__NOTICE_BOX__BOX_OWN))
                find_own(&search);
        if (wants_inbox && acts_for_one(work))
                find_in_inbox(&search);
        if (wants_recent && view_is_overseer(work->actor))
                find_recent(&search);
        reply->has_gap = search.is_cut;
        if (!search.is_cut)
                put_lines(&search, head, reply);
        return reply_ok(work, reply);
}
