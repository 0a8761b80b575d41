#include "services/notifications/deadlines/wording.h"

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/notifications/deadlines/kinds.h"

/* Days of a wait are sound: planning.h put none else. */
struct words wording_of_wait(const Texts__TextVersion *texts, const Notifications__Wait *wait, struct arena *arena)
{
        const struct wait_face *face = wait_face_of(wait_kind_of(wait->kind), wait->detail);
        const struct text_field fields[] = {
                {"since", french_day(arena, day_of(wait->since))},
                {"until", french_day(arena, day_of(wait->until))},
                {"month", wait->month == NULL ? NULL : french_month(arena, month_of(wait->month))},
                {"label", wait->label},
                {"contract", wait->contract},
        };
        return words_merge(texts, face->text, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_wait(const Texts__TextVersion *texts, const Notifications__Wait *wait,
                                            bool is_late, struct arena *arena)
{
        Notifications__NoticePosted *notice = pb_new(&notifications__notice_posted__descriptor, arena);
        struct words wait_words = wording_of_wait(texts, wait, arena);
        const struct text_field fields[] = {
                {"what", wait_words.title},
                {"until", french_day(arena, day_of(wait->until))},
                {"how", wait_words.text},
        };
        struct words words = words_merge(texts, is_late ? "wait_late" : "wait_near", fields, ARRAY_SIZE(fields), arena);
        notice->kind = NOTIFICATIONS__NOTICE_KIND__WAIT_NEAR;
        notice->territory = wait->territory;
        notice->subject_id = wait->thing_id;
        notice->title = words.title;
        notice->text = words.text;
        notice->is_private = wait->is_private;
        return notice;
}
