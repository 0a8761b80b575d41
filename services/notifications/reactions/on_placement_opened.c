/* A placement begins: the prescriber who referred the person is told. */
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/reactions/reactions.h"

void on_placement_opened(struct work *work, const Tracking__PlacementOpened *opened)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_placement(texts, opened, work->arena);
        notice->is_private = opened->is_private;
        post_to_organisation(work, notice, id_of(opened->prescriber));
}
