/* control.h: the rules on a control of evidence: which step may follow which, from which day, who acts then and by
 * when, what the figures are. Pure: no store, no clock. Called by the handlers, views and events of the room. */
#ifndef SERVICES_TRACKING_CONTROLS_CONTROL_H
#define SERVICES_TRACKING_CONTROLS_CONTROL_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "tracking/controls.pb-c.h"

enum {
        FRAME_MAX = 7000,        /* ids of one control: the event that holds them is bounded (LIMIT_EVENT_BYTES) */
        DRAWN_MAX = 200,         /* read whole for the figures */
        EVIDENCE_STEPS_MAX = 60, /* of one, what was taken back too; bounds the row */
        CONTROL_MONTHS_MAX = 36,
};

/* At start: every version says, of each state where somebody acts, what and how soon. 0 or ERR_CONFIG. */
int sampling_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

/* How many are drawn of so many. */
struct drawing {
        const Types__Share *share; /* NULL, and count 0: as the rules say */
        uint32_t count;
};
size_t control_sample_size(const Tracking__ControlVersion *rules, const struct drawing *drawing, size_t frame);

const char *control_label(Tracking__ControlCode *const *codes, size_t count, const char *code);
const Tracking__ControlEffect *control_effect(const Tracking__ControlVersion *rules, const char *code);
const char *evidence_state_word(Tracking__EvidenceState state); /* French: "demandé" */

/* The last step that was not taken back; there is one always, the first stays. */
const Tracking__EvidenceStep *evidence_last(const Tracking__EvidenceRow *row);
const Tracking__EvidenceStepRow *evidence_last_row(const Tracking__EvidenceRow *row);
/* What it would be without its last step; NULL: that is the first. */
const Tracking__EvidenceStep *evidence_before_last(const Tracking__EvidenceRow *row);
bool evidence_is_settled(const Tracking__EvidenceRow *row); /* confirmed, or not proven and settled */
bool evidence_came_to(const Tracking__EvidenceRow *row, Tracking__EvidenceState state);

/* What somebody says that happened. */
struct evidence_move {
        Tracking__EvidenceState to;
        const Types__Day *on;
        const char *day_field; /* of the request, for a refusal */
};
bool evidence_may_move(const Tracking__EvidenceRow *row, const struct evidence_move *move,
                       struct refusal *ret) ATTR_MUST_CHECK;

/* A judgement: where it leads, from the step that stands. Without an answer only when the delay is over, and then it is
 * not accepted, NO_ANSWER. */
struct judgement {
        bool accepted;
        const char *code; /* "": none */
        const Types__Day *on;
        bool by_guarantor; /* of the person: waits for another account */
};
bool evidence_may_judge(const Tracking__EvidenceRow *row, const struct judgement *judgement,
                        Tracking__EvidenceState *ret_to, struct refusal *ret) ATTR_MUST_CHECK;

/* Fills in who acts next and by when. `has_organisation`: it can answer here itself. */
void evidence_follow_up(const Tracking__ControlVersion *rules, bool has_organisation, Tracking__EvidenceStep *step,
                        struct arena *arena);
const char *evidence_action(const Tracking__ControlVersion *rules, const Tracking__EvidenceStep *step); /* French */

/* Adds one that was drawn. `is_readable` false: of a private contract that is not the reader's, or of nobody's file. */
void control_count(Tracking__ControlFigures *figures, const Tracking__EvidenceRow *row, bool is_readable);
void control_share(Tracking__ControlFigures *figures, struct arena *arena);

#endif
