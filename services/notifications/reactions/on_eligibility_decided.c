/* The facilitator decided: the prescriber who referred the person is told. */
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/reactions/reactions.h"

void on_eligibility_decided(struct work *work, const Tracking__EligibilityDecided *decided)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        post_to_organisation(work, notice_of_eligibility(texts, decided, work->arena), id_of(decided->prescriber));
}
