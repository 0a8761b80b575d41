/* A placement ended: the prescriber who referred the person is told. */
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/reactions/reactions.h"

void on_placement_ended(struct work *work, const Tracking__PlacementEnded *ended)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_outcome(texts, ended, work->arena);
        notice->is_private = ended->is_private;
        post_to_organisation(work, notice, id_of(ended->prescriber));
}
