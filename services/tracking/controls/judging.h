/* judging.h: what the commands of the room have in common: the control and the placement that they name, who may judge,
 * how a step is recorded, words sealed with the person's key. Called by the handlers. */
#ifndef SERVICES_TRACKING_CONTROLS_JUDGING_H
#define SERVICES_TRACKING_CONTROLS_JUDGING_H

#include "common/service/work.h"
#include "services/tracking/controls/control.h"
#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/placements/placement.h"

const Tracking__ControlVersion *controls_rules(const struct work *work); /* of today */

/* What a step is about. */
struct judged {
        Tracking__ControlRow *control;
        struct evidence evidence;
        struct placement placement;
};
/* The two ids name a placement of a control that the one who acts may know of: a facilitator of its territory who reads
 * the placement, or the organisation that is asked. Security: all other cases are refused in the same words. */
bool judging_find(const struct work *work, const Types__Id *control, const Types__Id *placement, struct judged *ret,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The same, and it may be changed: the control is open, the person neither erased nor restricted. */
bool judging_load(const struct work *work, const Types__Id *control, const Types__Id *placement, struct judged *ret,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* May who asks read of this placement in its control? */
bool judging_reads(const struct work *work, const struct evidence *evidence);

/* Has who acts vouched for the person, by a decision or by her referral, in any of her files? */
bool judging_is_guarantor(const struct work *work, struct id beneficiary);

/* A step as somebody says it; `pieces` with their issuers, or none. */
struct evidence_said {
        Tracking__EvidenceState to;
        const Types__Day *on;
        bool accepted;
        const char *code, *label; /* NULL: none */
        Tracking__EvidencePiece **pieces;
        size_t piece_count;
        char *words;
};
bool judging_words_are_sound(const char *words, const char *field, struct refusal *ret) ATTR_MUST_CHECK;
/* Records EvidenceMoved. Errors of work_seal(), and then nothing is recorded. *ret_step is the work's. */
int judging_record(struct work *work, const struct judged *judged, const struct evidence_said *said,
                   Tracking__EvidenceStep **ret_step) ATTR_MUST_CHECK;
int judging_seal(struct work *work, const struct judged *judged, const struct evidence_said *said, char *correction,
                 struct slice *ret_sealed) ATTR_MUST_CHECK;
struct reply judging_reply(struct work *work, const Tracking__EvidenceStep *step, uint32_t months_to_check);

/* The figures of a control, of what the one who asks may read. */
Tracking__ControlFigures *judging_figures(const struct work *work, struct id control);
/* What was asked, in French. */
char **judging_evidence(const struct work *work, const Tracking__ControlRow *control);

#endif
