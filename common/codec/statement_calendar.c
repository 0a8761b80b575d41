#include "common/codec/statement_calendar.h"

#include "common/base/days.h"

/* ---- the span */

void span_on(struct span *span, struct day today)
{
        span->end = span->first_end;
        for (size_t i = 0; i < span->renewal_count; i++)
                if (day_number(span->renewals[i].from) <= day_number(today))
                        span->end = day_later(span->end, span->renewals[i].end);
}

static bool is_paused(const struct span *span, struct day day, struct day *ret_until)
{
        for (size_t i = 0; i < span->pause_count; i++)
                if (day_number(span->pauses[i].from) <= day_number(day) &&
                    day_number(day) <= day_number(span->pauses[i].to)) {
                        *ret_until = span->pauses[i].to;
                        return true;
                }
        return false;
}

/* The first pause that begins after that day; the day after the span where there is none. */
static struct day next_pause(const struct span *span, struct day day)
{
        struct day next = day_plus(span->end, 1);
        for (size_t i = 0; i < span->pause_count; i++)
                if (day_number(span->pauses[i].from) > day_number(day))
                        next = day_earlier(next, span->pauses[i].from);
        return next;
}

/* From pause to pause, so that pauses may overlap and stand in any order. */
int32_t span_days(const struct span *span, struct day from, struct day to)
{
        struct day at = day_later(from, span->start), last = day_earlier(to, span->end), until;
        int32_t days = 0;

        while (day_number(at) <= day_number(last)) {
                if (is_paused(span, at, &until)) {
                        at = day_plus(until, 1);
                        continue;
                }
                struct day stop = day_earlier(next_pause(span, at), day_plus(last, 1));
                days += day_number(stop) - day_number(at);
                at = stop;
        }
        return days;
}

/* ---- the periods */

enum { REPORT_DAYS_MIN = 31 }; /* what is left of the contract in a year that has a report of its own */

static int months_of(Contracts__StatementFrequency frequency)
{
        switch (frequency) {
        case CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH: return 1;
        case CONTRACTS__STATEMENT_FREQUENCY__EVERY_QUARTER: return 3;
        case CONTRACTS__STATEMENT_FREQUENCY__EVERY_HALF_YEAR: return 6;
        default: return 0; /* at the end */
        }
}

static struct month month_plus(struct month month, int months)
{
        return month_of_number(month_number(month) + months);
}

static struct day last_of_period(const struct calendar *calendar)
{
        int months = months_of(calendar->plan->frequency);
        if (months == 0)
                return calendar->span->end;
        int of_year = day_civil(calendar->begin).month - 1;
        struct month next = month_plus(month_of_day(calendar->begin), months - of_year % months);
        return day_earlier(day_plus(month_first_day(next), -1), calendar->span->end);
}

struct calendar calendar_begin(const Contracts__ControlPlan *plan, const struct span *span)
{
        return (struct calendar){.plan = plan, .span = span, .begin = span->start, .report = span->start};
}

static bool next_statement(const struct calendar *calendar, struct period *ret)
{
        struct calendar at = *calendar;
        while (day_number(at.begin) <= day_number(at.span->end)) {
                struct period period = {.begin = at.begin, .last = last_of_period(&at)};
                at.begin = day_plus(period.last, 1);
                if (span_days(at.span, period.begin, period.last) == 0)
                        continue;
                struct month next = month_plus(month_of_day(period.last), 1);
                period.due = day_plus(month_first_day(next), (int32_t)at.plan->due_day - 1);
                period.end = period.last;
                *ret = period;
                return true;
        }
        return false;
}

static bool next_report(const struct calendar *calendar, struct period *ret)
{
        const Contracts__ReportTerms *terms = calendar->plan->report_terms;
        struct day end = calendar->span->end;
        if (terms == NULL || day_number(calendar->report) > day_number(end))
                return false;
        int year = day_civil(calendar->report).year;
        struct period period = {.begin = calendar->report, .is_report = true};
        period.last = day_of_civil((struct civil){year, 12, 31});
        if (day_number(end) - day_number(period.last) < REPORT_DAYS_MIN)
                period.last = end;
        period.end = day_plus(period.last, 1);
        period.due = day_of_civil(
                (struct civil){day_civil(period.last).year + 1, (int)terms->due_month, (int)terms->due_day});
        *ret = period;
        return true;
}

bool calendar_next(struct calendar *calendar, struct period *ret)
{
        struct period statement, report;
        bool has_statement = next_statement(calendar, &statement), has_report = next_report(calendar, &report);
        if (!has_statement && !has_report)
                return false;
        bool is_report = !has_statement || (has_report && day_number(report.due) < day_number(statement.due));
        *ret = is_report ? report : statement;
        *(is_report ? &calendar->report : &calendar->begin) = day_plus(ret->last, 1);
        return true;
}

bool calendar_find(const Contracts__ControlPlan *plan, const struct span *span, struct day end, struct period *ret)
{
        struct calendar calendar = calendar_begin(plan, span);
        struct period period;

        while (calendar_next(&calendar, &period))
                if (day_number(period.end) == day_number(end)) {
                        *ret = period;
                        return true;
                }
        return false;
}
