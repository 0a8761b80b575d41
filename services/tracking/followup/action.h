/* action.h: the rules on contacts and actions: what may be recorded of them, how an action goes on, what corrects it.
 * Pure: no store, no clock; called by handlers, and by apply for the state. */
#ifndef SERVICES_TRACKING_FOLLOWUP_ACTION_H
#define SERVICES_TRACKING_FOLLOWUP_ACTION_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "tracking/followup.pb-c.h"

enum {
        CONTACTS_MAX = 300, /* of a person: two a week for three years */
        ACTIONS_MAX = 100,
        NOTES_MAX = 400, /* texts and corrections of both: what one answer can tell */
};

/* A day that somebody types: within ten years. `field`: as in the proto file. */
bool follow_up_day_is_sound(const Types__Day *day, struct day today, const char *field,
                            struct refusal *ret) ATTR_MUST_CHECK;

/* Said, without a social security number. */
bool follow_up_correction_is_sound(const char *correction, struct refusal *ret) ATTR_MUST_CHECK;

/* Does it go back, or change what is over? Then it is a correction, and wants a reason. */
bool action_is_correction(const Tracking__ActionRow *row, Tracking__ActionState state);
bool action_may_move(const Tracking__ActionRow *row, const Tracking__MoveAction *command,
                     struct refusal *ret) ATTR_MUST_CHECK;
/* The row after it. */
void action_move(Tracking__ActionRow *row, const Tracking__ActionMoved *moved);

#endif
