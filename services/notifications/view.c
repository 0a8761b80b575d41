#include "services/notifications/view.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/notifications/store.h"

static Notifications__NoticeView *view_new(const Notifications__PostingRow *posting, struct arena *arena)
{
        Notifications__NoticeView *view = pb_new(&notifications__notice_view__descriptor, arena);
        view->kind = posting->kind;
        view->title = posting->title;
        view->text = posting->text;
        view->at = posting->at;
        view->territory = posting->territory;
        view->subject_id = posting->subject_id;
        return view;
}

Notifications__NoticeView *view_of_notice(struct id id, const Notifications__NoticeRow *row,
                                          const Notifications__PostingRow *posting, struct arena *arena)
{
        Notifications__NoticeView *view = view_new(posting, arena);
        view->notice_id = id_to(arena, id);
        view->organisation_id = row->organisation_id;
        view->organisation_name = row->organisation_name;
        view->read = row->read;
        view->delivery = row->delivery;
        return view;
}

static Notifications__DeliveryState worst_of(const Notifications__PostingRow *posting)
{
        if (posting->failed > 0)
                return NOTIFICATIONS__DELIVERY_STATE__FAILED;
        if (posting->queued > 0)
                return NOTIFICATIONS__DELIVERY_STATE__QUEUED;
        return posting->sent > 0 ? NOTIFICATIONS__DELIVERY_STATE__SENT : NOTIFICATIONS__DELIVERY_STATE__DELIVERY_NONE;
}

Notifications__NoticeView *view_of_posting(const Notifications__PostingRow *posting, struct arena *arena)
{
        Notifications__NoticeView *view = view_new(posting, arena);
        view->notice_id = posting->first_notice_id;
        if (posting->recipients == 1)
                view->organisation_name = posting->first_organisation_name;
        else if (posting->recipients > 1)
                view->organisation_name = arena_printf(arena, "%u organisations", posting->recipients);
        view->delivery = worst_of(posting);
        return view;
}

bool view_is_overseer(const Wire__Passport *actor)
{
        return actor->role == TYPES__ROLE__FACILITATOR || actor->role == TYPES__ROLE__COORDINATOR ||
               actor->role == TYPES__ROLE__OPERATOR || actor->role == TYPES__ROLE__AUDITOR;
}

bool view_oversees(const struct work *work, const Notifications__PostingRow *posting)
{
        const Wire__Passport *actor = work->actor;
        bool reads_private = actor->role == TYPES__ROLE__COORDINATOR || actor->role == TYPES__ROLE__FACILITATOR;
        return passport_covers(actor, posting->territory) && (reads_private || !store_is_private(work->txn, posting));
}

struct reply reply_no_subscription(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "subscription_id",
                            "Cet abonnement n'existe pas ou plus. Relisez la liste de vos abonnements.");
}
