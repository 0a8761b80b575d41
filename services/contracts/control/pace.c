#include "services/contracts/control/pace.h"

#include "common/codec/types.h"

static struct share share_of_parts(int64_t part, int64_t whole)
{
        if (part <= 0 || whole <= 0)
                return share_of_millionths(0);
        if (part >= whole)
                return share_of_millionths(SHARE_ONE_MILLIONTHS);
        return share_of_millionths((uint32_t)(part * SHARE_ONE_MILLIONTHS / whole));
}

static bool reaches(int64_t done, int64_t expected, const Types__Share *threshold)
{
        return done * SHARE_ONE_MILLIONTHS >= expected * share_millionths(share_of(threshold));
}

static Contracts__ProgressLight light_of(const struct pace *pace, bool is_over, const Contracts__LightRule *rule)
{
        int64_t done = hours_hundredths(pace->done), expected = hours_hundredths(pace->expected);

        if (is_over)
                return CONTRACTS__PROGRESS_LIGHT__LIGHT_RED;
        if (expected == 0 || share_millionths(pace->elapsed_share) < share_millionths(share_of(rule->quiet)))
                return CONTRACTS__PROGRESS_LIGHT__LIGHT_TOO_EARLY;
        if (reaches(done, expected, rule->green))
                return CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN;
        return reaches(done, expected, rule->orange) ? CONTRACTS__PROGRESS_LIGHT__LIGHT_ORANGE
                                                     : CONTRACTS__PROGRESS_LIGHT__LIGHT_RED;
}

struct pace pace_of(const struct pace_hours *hours, const struct span *span, struct day today,
                    const Contracts__LightRule *rule)
{
        int64_t done = hours_hundredths(hours->done);
        int64_t owed = done + hours_hundredths(hours->remaining); /* obligations are bounded */
        struct pace pace = {.owed = hours_of_hundredths(owed), .done = hours->done};

        pace.done_share = share_of_parts(done, owed);
        if (span != NULL) {
                struct day last = day_number(today) < day_number(span->end) ? today : span->end;
                int32_t elapsed = span_days(span, span->start, today);
                int32_t duration = span_days(span, span->start, span->end);
                int32_t passed = day_number(last) - day_number(span->start) + 1;
                pace.elapsed_share = share_of_parts(elapsed, duration);
                pace.suspended_days = passed > elapsed ? passed - elapsed : 0;
                if (owed > 0 && duration > 0)
                        pace.expected = hours_of_hundredths(owed * elapsed / duration);
        }
        if (hours->is_due_already && owed > 0)
                pace.expected = pace.owed;
        if (hours_hundredths(hours->remaining) <= 0)
                pace.light = CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN;
        else if (span != NULL)
                pace.light = light_of(&pace, day_number(today) > day_number(span->end), rule);
        return pace;
}

uint32_t pace_rank(const struct pace *pace)
{
        static const uint32_t classes[] = {
                [CONTRACTS__PROGRESS_LIGHT__LIGHT_UNKNOWN] = 3,   [CONTRACTS__PROGRESS_LIGHT__LIGHT_RED] = 0,
                [CONTRACTS__PROGRESS_LIGHT__LIGHT_ORANGE] = 1,    [CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN] = 4,
                [CONTRACTS__PROGRESS_LIGHT__LIGHT_TOO_EARLY] = 2,
        };
        struct share reached = share_of_parts(hours_hundredths(pace->done), hours_hundredths(pace->expected));
        return classes[pace->light] * 2 * SHARE_ONE_MILLIONTHS + share_millionths(reached);
}
