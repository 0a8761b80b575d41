#include "services/tracking/hours/hours_words.h"

#include "common/base/text.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/state.pb-c.h"

int hours_words_seal(struct work *work, const struct placement *placement, char *reason, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        *ret_sealed = slice_of(NULL, 0);
        if (text_is_empty(reason) || tracking_erased(work->txn, placement->beneficiary, work->arena) != NULL)
                return 0;
        content.content_case = TRACKING__SEALED__CONTENT_HOURS_REASON;
        content.hours_reason = reason;
        return work_seal(work, placement->beneficiary, &content, ret_sealed);
}

char *hours_words_open(const struct work *work, const struct placement *placement, struct slice sealed)
{
        int err;
        const Tracking__Sealed *content =
                work_unseal(work, placement->beneficiary, sealed, &tracking__sealed__descriptor, &err);
        return content != NULL && content->content_case == TRACKING__SEALED__CONTENT_HOURS_REASON
                       ? content->hours_reason
                       : NULL;
}
