#include "services/tracking/outcomes/ending.h"

#include "common/base/text.h"
#include "services/tracking/hours/doubt.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/rules/wording.h"
#include "tracking/events.pb-c.h"
#include "tracking/state.pb-c.h"

bool ending_has_no_hours_after(const struct work *work, struct id id, const struct placement *placement,
                               struct day ended_on, struct refusal *ret)
{
        struct month month;
        char text[MONTH_WORDING_SIZE];
        if (!tracking_first_counted(work->txn, id, month_number(month_of_day(ended_on)) + 1,
                                    month_number(placement_last_month(placement, work->today)), &month))
                return true;
        month_wording(month, text);
        return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "ended_on",
                      "Des heures sont déclarées en %s, après cette fin : vérifiez la date, ou faites ramener ces "
                      "heures à zéro.",
                      text);
}

bool ending_is_continued_soundly(const struct work *work, const struct ending *ending, struct refusal *ret)
{
        const struct continued_days days = {ending->id, ending->placement->starts_on, ending->ended_on, "ended_on"};
        return continuation_holds(work, &days, ret) && (ending->outcome == TRACKING__OUTCOME__OUTCOME_UNKNOWN ||
                                                        continuation_asks_outcome(work, ending->id, "outcome", ret));
}

void ending_set_to_check(struct work *work, struct id id, const struct placement *before, struct day ended_on)
{
        struct placement ended = *before;
        struct month month = month_of_day(ended_on);
        struct day first, last;
        if (!placement_days_in(before, month, &first, &last) || day_number(last) <= day_number(ended_on))
                return;
        ended.ended = 1;
        ended.ended_on = ended_on;
        hours_doubt(work, &(struct doubt){id, &ended, month, TRACKING__CHECK_CAUSE__CHECK_END});
}

int ending_seal(struct work *work, struct id beneficiary, const Tracking__ExitNote *note, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        if (text_is_empty(note->reason) && text_is_empty(note->end_code) && note->corrected == NULL) {
                *ret_sealed = slice_of(NULL, 0);
                return 0;
        }
        content.content_case = TRACKING__SEALED__CONTENT_EXIT;
        content.exit = (Tracking__ExitNote *)(uintptr_t)note;
        return work_seal(work, beneficiary, &content, ret_sealed);
}

Tracking__CorrectedAct *ending_correction(const struct work *work, const char *act, Types__Id *placement,
                                          char *correction)
{
        Tracking__CorrectedAct *corrected = pb_new(&tracking__corrected_act__descriptor, work->arena);
        corrected->act = arena_text(work->arena, act);
        corrected->placement_id = placement;
        corrected->correction = correction;
        corrected->decided_by = work->actor->user;
        corrected->decided_by_account = id_to(work->arena, passport_account(work->actor));
        corrected->at = instant_to(work->arena, work->now_ms);
        return corrected;
}

Tracking__OutcomeAt *ending_outcome(const struct work *work, struct id id, Tracking__OutcomeMoment at)
{
        const Tracking__OutcomeRow *row = tracking_outcome(work->txn, id, at, work->arena);
        if (!outcome_is_told(row) && (row == NULL || !row->not_reached))
                return NULL;
        Tracking__OutcomeAt *told = pb_new(&tracking__outcome_at__descriptor, work->arena);
        told->at = at;
        told->outcome = row->outcome;
        told->not_reached = row->not_reached;
        return told;
}

Tracking__OutcomeAt **ending_later(const struct work *work, struct id id, size_t *ret_count)
{
        Tracking__OutcomeAt **later = arena_alloc(work->arena, OUTCOME_MOMENTS * sizeof(*later));
        *ret_count = 0;
        for (size_t i = 1; i < OUTCOME_MOMENTS; i++) {
                Tracking__OutcomeAt *told = ending_outcome(work, id, outcome_moments[i]);
                if (told != NULL)
                        later[(*ret_count)++] = told;
        }
        return later;
}
