#include "services/notifications/firing.h"

#include "common/codec/types.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/daemon.h"
#include "services/notifications/deadlines/instants.h"
#include "services/notifications/deadlines/waits_rows.h"
#include "services/notifications/deadlines/wording.h"
#include "services/notifications/planning.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/store.h"

#define STEP(NAME) NOTIFICATIONS__WAIT_STEP__WAIT_##NAME

/* Of feeds that are behind, what settles it may be on its way. */
static bool ready(void *context)
{
        return daemon_is_abreast(context);
}

static struct id organisation_of(const struct work *work, const Notifications__Wait *wait)
{
        return wait->role == TYPES__ROLE__BUYER ? store_organisation_of_siret(work->txn, wait->siret)
                                                : id_of(wait->organisation_id);
}

/* To the organisation that it waits for; to those who read the notices of the territory, where it waits for its
 * facilitators, or the directory does not know the buyer. */
static void post_notice(struct work *work, const Notifications__Wait *wait, bool is_late)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_wait(texts, wait, is_late, work->arena);
        struct id organisation = organisation_of(work, wait);
        if (id_is_zero(organisation))
                post_to_readers(work, notice);
        else
                post_to_organisation(work, notice, organisation);
}

static void record_reached(struct work *work, const struct job *job)
{
        const Notifications__WaitRow *row = wait_find(work->txn, job->due.name.id, work->arena);
        Notifications__WaitReached reached = NOTIFICATIONS__WAIT_REACHED__INIT;
        int64_t now_ms = work->now_ms > job->due.at_ms ? work->now_ms : job->due.at_ms; /* the clock was set back */
        reached.wait_id = id_to(work->arena, job->due.name.id);
        reached.at = instant_to(work->arena, job->due.at_ms);
        reached.step = STEP(DROPPED);
        if (row != NULL)
                reached.step = instants_reached(row->wait, row->step, now_ms);
        if (row != NULL && (reached.step == STEP(TOLD) || reached.step == STEP(LATE)))
                post_notice(work, row->wait, reached.step == STEP(LATE));
        work_record(work, &reached.base);
        if (row != NULL && reached.step == STEP(DROPPED))
                planning_thing(work, id_of(row->wait->subject_id));
}

const struct job_kind firing_kind = {
        .number = JOB_WAIT,
        .name = "deadline",
        .at_once = 64,
        .backoff = {60 * 1000, 3600 * 1000, UINT32_MAX},
        .ready = ready,
        .ready_again_ms = 1000,
        .record = record_reached,
};
