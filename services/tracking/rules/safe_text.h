/* safe_text.h: does a text on a person read like her health, the courts, her beliefs or her family? By the words of the
 * dated rules (deploy/rules/followup.json): what is refused, and what is only warned of. Pure. The answer tells which
 * word by its place and never repeats it: answers are kept in clear (docs/decisions/0057). */
#ifndef SERVICES_TRACKING_RULES_SAFE_TEXT_H
#define SERVICES_TRACKING_RULES_SAFE_TEXT_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "tracking/followup.pb-c.h"

struct unsafe_word {
        const Tracking__SafeWords *words; /* of which subject */
        int place;                        /* from 1 */
};
/* The first one; of the lists that are refused, or of those that are warned of. */
bool safe_text_find(const Tracking__FollowUpVersion *rules, const char *text, bool refused, struct unsafe_word *ret);

/* False with *ret, which names the field, where the text is refused: those words, or a social security number. */
bool safe_text_may_be_kept(const Tracking__FollowUpVersion *rules, const char *field, const char *text,
                           struct refusal *ret) ATTR_MUST_CHECK;
/* What is told beside what is recorded; "" where there is nothing to say. */
char *safe_text_warning(const Tracking__FollowUpVersion *rules, const char *text, struct arena *arena);

#endif
