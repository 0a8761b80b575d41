#include "services/notifications/reactions/reactions.h"

#include "common/base/attr.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/account_mail.h"
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/store.h"

static const Texts__TextVersion *texts_of(const struct work *work)
{
        return daemon_texts(work->context, work->today);
}

/* To who referred the person. */
static void post_to_prescriber(struct work *work, Notifications__NoticePosted *notice, const Types__Id *prescriber,
                               bool is_private)
{
        if (notice == NULL)
                return; /* nobody's news */
        notice->is_private = is_private;
        Notifications__NoticeLink link = NOTIFICATIONS__NOTICE_LINK__INIT;
        link.purpose = ACCOUNTS__LINK_PURPOSE__LINK_TAKE_NOTE;
        link.role = TYPES__ROLE__PRESCRIBER;
        bool became = notice->kind == NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED;
        post_with_link(work, notice, id_of(prescriber), became ? &link : NULL);
}

/* Until when she is eligible now, or that she is not. Never why. */
static void tell_eligibility(struct work *work, Tracking__EligibilityDecided now)
{
        now.eligible = now.valid_until != NULL && now.valid_until->days >= day_number(work->today);
        if (!now.eligible)
                now.valid_until = NULL;
        on_eligibility_decided(work, &now);
}

/* The fields that every event on an eligibility has. */
#define ELIGIBILITY_NOW(EVENT)                                                                                         \
        (Tracking__EligibilityDecided)                                                                                 \
        {                                                                                                              \
                .base = PROTOBUF_C_MESSAGE_INIT(&tracking__eligibility_decided__descriptor),                           \
                .beneficiary_id = (EVENT)->beneficiary_id, .prescriber = (EVENT)->prescriber,                          \
                .territory = (EVENT)->territory, .valid_until = (EVENT)->valid_until                                   \
        }

/* A company looks for people: every organisation subscribed to the need's territory is told. */
void on_need_declared(struct work *work, const Contracts__NeedDeclared *need)
{
        Notifications__NoticePosted *notice = notice_of_need(texts_of(work), need, work->arena);
        notice->is_private = need->is_private;
        post_to_territory(work, notice);
}

/* The facilitator decided: the prescriber who referred the person is told. */
void on_eligibility_decided(struct work *work, const Tracking__EligibilityDecided *decided)
{
        post_to_organisation(work, notice_of_eligibility(texts_of(work), decided, work->arena),
                             id_of(decided->prescriber));
}

/* It is not as the prescriber was told any more. */
void on_eligibility_suspended(struct work *work, const Tracking__EligibilitySuspended *suspended)
{
        tell_eligibility(work, ELIGIBILITY_NOW(suspended));
}

void on_eligibility_resumed(struct work *work, const Tracking__EligibilityResumed *resumed)
{
        tell_eligibility(work, ELIGIBILITY_NOW(resumed));
}

void on_eligibility_struck(struct work *work, const Tracking__EligibilityStruck *struck)
{
        tell_eligibility(work, ELIGIBILITY_NOW(struck));
}

/* A placement begins: the prescriber who referred the person is told. */
void on_placement_opened(struct work *work, const Tracking__PlacementOpened *opened)
{
        post_to_prescriber(work, notice_of_placement(texts_of(work), opened, work->arena), opened->prescriber,
                           opened->is_private);
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
        post_to_prescriber(work, notice_of_outcome(texts_of(work), ended, work->arena), ended->prescriber,
                           ended->is_private);
}

/* An end was wrong, or what became of the person is known: the same prescriber is told. */
void on_placement_end_corrected(struct work *work, const Tracking__PlacementEndCorrected *corrected)
{
        post_to_prescriber(work, notice_of_corrected_end(texts_of(work), corrected, work->arena), corrected->prescriber,
                           corrected->is_private);
}

void on_placement_reopened(struct work *work, const Tracking__PlacementReopened *reopened)
{
        post_to_prescriber(work, notice_of_reopening(texts_of(work), reopened, work->arena), reopened->prescriber,
                           reopened->is_private);
}

void on_outcome_recorded(struct work *work, const Tracking__OutcomeRecorded *recorded)
{
        post_to_prescriber(work, notice_of_told_outcome(texts_of(work), recorded, work->arena), recorded->prescriber,
                           recorded->is_private);
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
        if (told->step == NULL || told->step->by == TYPES__ROLE__PRESCRIBER || told->step->is_untold)
                return;
        post_to_prescriber(work, notice_of_proposal(texts_of(work), told, work->arena), prescriber, is_private);
}

void on_proposal_made(struct work *work, const Tracking__ProposalMade *made)
{
        const struct proposal_told told = {made->beneficiary_id, made->need_id, made->territory,
                                           made->need_title,     made->step,    false};
        post_step(work, &told, made->prescriber, made->is_private);
}

/* Who receives a proposal answers it by the link of the mail. */
static void post_received(struct work *work, const struct received_proposal *received, bool is_private,
                          const Types__Id *receiver, Types__Role role)
{
        Notifications__NoticeLink link = NOTIFICATIONS__NOTICE_LINK__INIT;
        Notifications__NoticePosted *notice = notice_of_received_proposal(texts_of(work), received, work->arena);
        notice->is_private = is_private;
        link.purpose = ACCOUNTS__LINK_PURPOSE__LINK_ANSWER_PROPOSAL;
        link.role = role;
        link.object_id = (Types__Id *)(uintptr_t)received->proposal_id;
        post_with_link(work, notice, id_of(receiver), &link);
}

/* Whoever it is sent to sees it from then on: the company, and the structure that would employ her. */
static void tell_receivers(struct work *work, const Tracking__ProposalMoved *moved)
{
        const Types__Id *receivers[] = {moved->company, moved->structure};
        if (moved->step == NULL || moved->step->state != TRACKING__PROPOSAL_STATE__PROPOSAL_SENT)
                return;
        const struct received_proposal received = {moved->proposal_id, moved->need_id, moved->territory,
                                                   moved->need_title,  moved->step,    false};
        for (size_t i = 0; i < ARRAY_SIZE(receivers); i++) {
                bool is_twice = i == 1 && receivers[0] != NULL && receivers[1] != NULL &&
                                id_equal(id_of(receivers[0]), id_of(receivers[1]));
                if (receivers[i] == NULL || is_twice)
                        continue;
                post_received(work, &received, moved->is_private, receivers[i],
                              i == 0 ? TYPES__ROLE__COMPANY : TYPES__ROLE__STRUCTURE);
        }
}

void on_proposal_moved(struct work *work, const Tracking__ProposalMoved *moved)
{
        const struct proposal_told told = {moved->beneficiary_id, moved->need_id, moved->territory,
                                           moved->need_title,     moved->step,    false};
        post_step(work, &told, moved->prescriber, moved->is_private);
        tell_receivers(work, moved);
}

void on_proposal_corrected(struct work *work, const Tracking__ProposalCorrected *corrected)
{
        const struct proposal_told told = {corrected->beneficiary_id, corrected->need_id, corrected->territory,
                                           corrected->need_title,     corrected->step,    true};
        post_step(work, &told, corrected->prescriber, corrected->is_private);
}

/* Whoever takes the contract over is told of what it is to answer; of the rest its list tells. */
void on_proposal_company_changed(struct work *work, const Tracking__ProposalCompanyChanged *changed)
{
        const struct received_proposal received = {changed->proposal_id, changed->need_id, changed->territory,
                                                   changed->need_title,  changed->step,    true};
        if (changed->company != NULL && changed->step != NULL &&
            changed->step->next_actor == TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS)
                post_received(work, &received, changed->is_private, changed->company, TYPES__ROLE__COMPANY);
}

static void post_action(struct work *work, const struct action_told *told, const Types__Id *prescriber)
{
        Notifications__NoticePosted *notice =
                prescriber == NULL ? NULL : notice_of_action(texts_of(work), told, work->arena);
        if (notice != NULL)
                post_to_organisation(work, notice, id_of(prescriber));
}

/* An action for the person: who referred her is told, where the rules of the day said so. */
void on_action_recorded(struct work *work, const Tracking__ActionRecorded *recorded)
{
        const struct action_told told = {recorded->beneficiary_id, recorded->territory, recorded->kind_label,
                                         TRACKING__ACTION_STATE__ACTION_ASKED, recorded->asked_on};
        post_action(work, &told, recorded->prescriber);
}

void on_action_moved(struct work *work, const Tracking__ActionMoved *moved)
{
        const struct action_told told = {moved->beneficiary_id, moved->territory, moved->kind_label, moved->state,
                                         moved->happened_on};
        post_action(work, &told, moved->prescriber);
}

/* An employer says that she is gone: its own box has what it said, and those who watch the territory read it there. */
void on_presence_stated(struct work *work, const Tracking__PresenceStated *stated)
{
        if (stated->answer != TRACKING__PRESENCE__GONE || stated->organisation == NULL)
                return;
        Notifications__NoticePosted *notice = notice_of_gone(texts_of(work), stated, work->arena);
        notice->is_private = stated->is_private;
        post_to_box(work, notice, id_of(stated->organisation));
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

/* ---- links of accounts */

static void post_link(struct work *work, const Accounts__Link *link)
{
        Notifications__NoticeLink carried = NOTIFICATIONS__NOTICE_LINK__INIT;
        carried.link_id = link->link_id;
        post_with_link(work, notice_of_link(texts_of(work), link, work->arena), id_of(link->organisation_id), &carried);
}

/* Something is asked of an organisation that may have no account. One that its maker was shown is hers to hand over. */
void on_link_given(struct work *work, const Accounts__LinkGiven *given)
{
        if (given->link->by_mail)
                post_link(work, given->link);
}

void on_link_asked_again(struct work *work, const Accounts__LinkAskedAgain *asked)
{
        const Notifications__OpenLink *open = store_open_link(work->txn, id_of(asked->link_id), work->arena);
        if (open != NULL)
                post_link(work, open->link);
}

/* The address leads to somebody else: the territory's facilitators read so. No mail: it would go there again. */
void on_link_disowned(struct work *work, const Accounts__LinkDisowned *disowned)
{
        post_to_box(work, notice_of_disowned_link(texts_of(work), disowned->link, work->arena),
                    id_of(disowned->link->organisation_id));
}

/* To who has an account: queued where it can leave, with the link that it is to carry. */
void on_account_mail_due(struct work *work, const Accounts__MailDue *due)
{
        Notifications__AccountMailQueued queued = NOTIFICATIONS__ACCOUNT_MAIL_QUEUED__INIT;
        if (!daemon_sends_mail(work->context) ||
            (account_mail_needs_address(due->kind) && daemon_public_address(work->context) == NULL))
                return;
        queued.mail_id = due->mail_id;
        queued.kind = due->kind;
        work_record(work, &queued.base);
}
