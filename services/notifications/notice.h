/* notice.h: what is told, in French, to those whom an event of another daemon concerns. Pure: the event in, the notice
 * without its recipients out, in the arena, in the words of a version of words.h. Called by the reactions.
 *
 * A notice never names a person: the one who was referred is "la personne que vous avez orientée le …", found again by
 * the file's reference. Texts of other daemons (a trade, a company's name) are put on one line and cut, so that they
 * cannot pass for lines of the notice. */
#ifndef SERVICES_NOTIFICATIONS_NOTICE_H
#define SERVICES_NOTIFICATIONS_NOTICE_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "accounts/links.pb-c.h"
#include "contracts/events.pb-c.h"
#include "notifications/events.pb-c.h"
#include "texts.pb-c.h"
#include "tracking/events.pb-c.h"

enum {
        NOTICE_RECIPIENTS_MAX = 500,             /* of one event; more are told in more events */
        NOTICE_RECIPIENTS_BYTES_MAX = 64 * 1024, /* half of what an event may weigh */
        NOTICE_QUOTE_LENGTH_MAX = 150,           /* of a text of another daemon, in characters */
};

Notifications__NoticePosted *notice_of_need(const Texts__TextVersion *texts, const Contracts__NeedDeclared *need,
                                            struct arena *arena);
Notifications__NoticePosted *notice_of_eligibility(const Texts__TextVersion *texts,
                                                   const Tracking__EligibilityDecided *decided, struct arena *arena);
Notifications__NoticePosted *notice_of_placement(const Texts__TextVersion *texts,
                                                 const Tracking__PlacementOpened *opened, struct arena *arena);
/* It goes on under other terms. */
Notifications__NoticePosted *notice_of_change(const Texts__TextVersion *texts,
                                              const Tracking__PlacementChanged *changed, struct arena *arena);
Notifications__NoticePosted *notice_of_outcome(const Texts__TextVersion *texts, const Tracking__PlacementEnded *ended,
                                               struct arena *arena);

Notifications__NoticePosted *notice_of_corrected_end(const Texts__TextVersion *texts,
                                                     const Tracking__PlacementEndCorrected *corrected,
                                                     struct arena *arena);
Notifications__NoticePosted *notice_of_relocation(const Texts__TextVersion *texts,
                                                  const Tracking__BeneficiaryRelocated *relocated, struct arena *arena);
Notifications__NoticePosted *notice_of_reopening(const Texts__TextVersion *texts,
                                                 const Tracking__PlacementReopened *reopened, struct arena *arena);
/* NULL: she was not reached and will be tried again, which is nobody's news. */
Notifications__NoticePosted *notice_of_told_outcome(const Texts__TextVersion *texts,
                                                    const Tracking__OutcomeRecorded *recorded, struct arena *arena);
/* A step of a proposal, as it is told to who referred the person; `is_corrected`: it takes the place of a wrong one.
 * NULL: such a step is told otherwise, or to nobody. */
struct proposal_told {
        Types__Id *beneficiary_id, *need_id;
        const char *territory, *need_title;
        const Tracking__ProposalStep *step;
        bool is_corrected;
};
Notifications__NoticePosted *notice_of_proposal(const Texts__TextVersion *texts, const struct proposal_told *told,
                                                struct arena *arena);

/* A step of a control, to the organisation that the evidence is asked of; NULL: it is not told. */
Notifications__NoticePosted *notice_of_evidence(const Texts__TextVersion *texts, const Tracking__EvidenceMoved *moved,
                                                struct arena *arena);
Notifications__NoticePosted *notice_of_evidence_taken_back(const Texts__TextVersion *texts,
                                                           const Tracking__EvidenceTakenBack *taken_back,
                                                           struct arena *arena);
/* To the company or the structure that a proposal is sent to: never who it is, a label alone. */
struct received_proposal {
        const Types__Id *proposal_id;
        Types__Id *need_id;
        const char *territory, *need_title;
        const Tracking__ProposalStep *step; /* what is to be answered, since when, by when */
        bool is_inherited;                  /* it was sent to the company that owed the hours before */
};
Notifications__NoticePosted *notice_of_received_proposal(const Texts__TextVersion *texts,
                                                         const struct received_proposal *received, struct arena *arena);
/* An action of the person's, as it is told to who referred her, without a word of it. */
struct action_told {
        Types__Id *beneficiary_id;
        const char *territory, *kind_label;
        Tracking__ActionState state;
        const Types__Day *day;
};
/* NULL: such a state has no words. */
Notifications__NoticePosted *notice_of_action(const Texts__TextVersion *texts, const struct action_told *told,
                                              struct arena *arena);

/* An employer says that a person is no longer at work. */
Notifications__NoticePosted *notice_of_gone(const Texts__TextVersion *texts, const Tracking__PresenceStated *stated,
                                            struct arena *arena);

/* Something is asked by a link; somebody says that it was not meant for her. */
Notifications__NoticePosted *notice_of_link(const Texts__TextVersion *texts, const Accounts__Link *link,
                                            struct arena *arena);
Notifications__NoticePosted *notice_of_disowned_link(const Texts__TextVersion *texts, const Accounts__Link *link,
                                                     struct arena *arena);

/* How many of the first recipients go into one event: at least one. */
size_t notice_chunk(Notifications__Recipient *const *recipients, size_t count);

#endif
