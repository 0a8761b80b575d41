#include "services/notifications/reactions/reactions.h"

#include "notifications/events.pb-c.h"
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"

/* A company looks for people: every organisation subscribed to the need's territory is told. */
void on_need_declared(struct work *work, const Contracts__NeedDeclared *need)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_need(texts, need, work->arena);
        notice->is_private = need->is_private;
        post_to_territory(work, notice);
}

/* The facilitator decided: the prescriber who referred the person is told. */
void on_eligibility_decided(struct work *work, const Tracking__EligibilityDecided *decided)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        post_to_organisation(work, notice_of_eligibility(texts, decided, work->arena), id_of(decided->prescriber));
}

/* It is not as the prescriber was told any more: until when she is eligible now, or that she is not. Never why. */
static void tell_again(struct work *work, Tracking__EligibilityDecided *now)
{
        now->eligible = now->valid_until != NULL && now->valid_until->days >= day_number(work->today);
        if (!now->eligible)
                now->valid_until = NULL;
        on_eligibility_decided(work, now);
}

void on_eligibility_suspended(struct work *work, const Tracking__EligibilitySuspended *suspended)
{
        Tracking__EligibilityDecided now = TRACKING__ELIGIBILITY_DECIDED__INIT;
        now.beneficiary_id = suspended->beneficiary_id;
        now.prescriber = suspended->prescriber;
        now.territory = suspended->territory;
        now.valid_until = suspended->valid_until;
        tell_again(work, &now);
}

void on_eligibility_resumed(struct work *work, const Tracking__EligibilityResumed *resumed)
{
        Tracking__EligibilityDecided now = TRACKING__ELIGIBILITY_DECIDED__INIT;
        now.beneficiary_id = resumed->beneficiary_id;
        now.prescriber = resumed->prescriber;
        now.territory = resumed->territory;
        now.valid_until = resumed->valid_until;
        tell_again(work, &now);
}

void on_eligibility_struck(struct work *work, const Tracking__EligibilityStruck *struck)
{
        Tracking__EligibilityDecided now = TRACKING__ELIGIBILITY_DECIDED__INIT;
        now.beneficiary_id = struck->beneficiary_id;
        now.prescriber = struck->prescriber;
        now.territory = struck->territory;
        now.valid_until = struck->valid_until;
        tell_again(work, &now);
}

/* A placement begins: the prescriber who referred the person is told. */
void on_placement_opened(struct work *work, const Tracking__PlacementOpened *opened)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_placement(texts, opened, work->arena);
        notice->is_private = opened->is_private;
        post_to_organisation(work, notice, id_of(opened->prescriber));
}

/* It goes on under other terms, or was entered wrongly: the same prescriber is told. */
void on_placement_changed(struct work *work, const Tracking__PlacementChanged *changed)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_change(texts, changed, work->arena);
        notice->is_private = changed->is_private;
        post_to_organisation(work, notice, id_of(changed->prescriber));
}

/* Evidence of a placement is asked again, or what came of it: the organisation that is asked is told. */
void on_evidence_moved(struct work *work, const Tracking__EvidenceMoved *moved)
{
        Notifications__NoticePosted *notice =
                notice_of_evidence(daemon_texts(work->context, work->today), moved, work->arena);
        if (notice == NULL || moved->organisation == NULL)
                return;
        notice->is_private = moved->is_private;
        post_to_organisation(work, notice, id_of(moved->organisation));
}

void on_evidence_taken_back(struct work *work, const Tracking__EvidenceTakenBack *taken_back)
{
        Notifications__NoticePosted *notice =
                notice_of_evidence_taken_back(daemon_texts(work->context, work->today), taken_back, work->arena);
        if (notice == NULL || taken_back->organisation == NULL)
                return;
        notice->is_private = taken_back->is_private;
        post_to_organisation(work, notice, id_of(taken_back->organisation));
}

/* A placement ended: the prescriber who referred the person is told. */
void on_placement_ended(struct work *work, const Tracking__PlacementEnded *ended)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_outcome(texts, ended, work->arena);
        notice->is_private = ended->is_private;
        post_to_organisation(work, notice, id_of(ended->prescriber));
}

/* An end was wrong, or what became of the person is known: the same prescriber is told. */
void on_placement_end_corrected(struct work *work, const Tracking__PlacementEndCorrected *corrected)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_corrected_end(texts, corrected, work->arena);
        notice->is_private = corrected->is_private;
        post_to_organisation(work, notice, id_of(corrected->prescriber));
}

void on_placement_reopened(struct work *work, const Tracking__PlacementReopened *reopened)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_reopening(texts, reopened, work->arena);
        notice->is_private = reopened->is_private;
        post_to_organisation(work, notice, id_of(reopened->prescriber));
}

void on_outcome_recorded(struct work *work, const Tracking__OutcomeRecorded *recorded)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_told_outcome(texts, recorded, work->arena);
        if (notice == NULL)
                return;
        notice->is_private = recorded->is_private;
        post_to_organisation(work, notice, id_of(recorded->prescriber));
}

/* She lives elsewhere now: the same prescriber is told who follows her. */
void on_beneficiary_relocated(struct work *work, const Tracking__BeneficiaryRelocated *relocated)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        post_to_organisation(work, notice_of_relocation(texts, relocated, work->arena), id_of(relocated->prescriber));
}

/* A step of a proposal: who referred the person is told, unless it was its own. */
static void post_step(struct work *work, const struct proposal_told *told, const Types__Id *prescriber, bool is_private)
{
        if (told->step == NULL || told->step->by == TYPES__ROLE__PRESCRIBER)
                return;
        Notifications__NoticePosted *notice =
                notice_of_proposal(daemon_texts(work->context, work->today), told, work->arena);
        if (notice == NULL)
                return;
        notice->is_private = is_private;
        post_to_organisation(work, notice, id_of(prescriber));
}

void on_proposal_made(struct work *work, const Tracking__ProposalMade *made)
{
        const struct proposal_told told = {made->beneficiary_id, made->need_id, made->territory,
                                           made->need_title,     made->step,    false};
        post_step(work, &told, made->prescriber, made->is_private);
}

void on_proposal_moved(struct work *work, const Tracking__ProposalMoved *moved)
{
        const struct proposal_told told = {moved->beneficiary_id, moved->need_id, moved->territory,
                                           moved->need_title,     moved->step,    false};
        post_step(work, &told, moved->prescriber, moved->is_private);
}

void on_proposal_corrected(struct work *work, const Tracking__ProposalCorrected *corrected)
{
        const struct proposal_told told = {corrected->beneficiary_id, corrected->need_id, corrected->territory,
                                           corrected->need_title,     corrected->step,    true};
        post_step(work, &told, corrected->prescriber, corrected->is_private);
}

/* Somebody changed what others had decided on: the account of each is told, in its own box. */
void on_changed_by_another(struct work *work, const struct event *event, Types__ChangedByAnother *change)
{
        Notifications__AccountsTold told = NOTIFICATIONS__ACCOUNTS_TOLD__INIT;
        told.change = change;
        told.by_account = id_to(work->arena, event->account);
        told.by_name = arena_text(work->arena, event->user);
        told.at = instant_to(work->arena, event->at_ms);
        told.n_notice_ids = change->n_accounts;
        told.notice_ids = arena_alloc(work->arena, (change->n_accounts + 1) * sizeof(Types__Id *));
        for (size_t i = 0; i < change->n_accounts; i++)
                told.notice_ids[i] = id_to(work->arena, work_new_id(work));

        work_record(work, &told.base);
}
