/* A placement ended: the prescriber who referred the person is told. */
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/reactions/reactions.h"

void on_placement_ended(struct work *work, const Tracking__PlacementEnded *ended)
{
        post_to_organisation(work, notice_of_outcome(ended, work->arena), id_of(ended->prescriber));
}
