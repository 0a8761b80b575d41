#include "services/contracts/control/calendar.h"

#include "common/base/days.h"
#include "common/codec/types.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/suspension.h"

/* ---- the span */

static uint32_t duration_months(const Contracts__ObligationRecorded *obligation,
                                const Contracts__ContractRecord *contract, const Contracts__ContractFile *file)
{
        for (size_t i = 0; file != NULL && i < file->n_lots; i++)
                if (file->lots[i]->number == obligation->lot && file->lots[i]->duration_months > 0)
                        return file->lots[i]->duration_months;
        return contract_current(contract).duration_months;
}

static void add_pauses(const Contracts__ObligationRecorded *obligation, const Contracts__ContractFile *file,
                       struct span *span)
{
        const struct stopped own = {obligation->lot, id_of(obligation->obligation_id)};
        struct day last = span->end; /* with all renewals that may come */
        for (size_t i = 0; i < span->renewal_count; i++)
                last = day_later(last, span->renewals[i].end);
        for (size_t i = 0; i < file->n_suspensions && span->pause_count < PAUSES_MAX; i++) {
                const Contracts__Suspension *one = file->suspensions[i];
                struct stopped stopped = stopped_by(one);
                if (!stopped_covers(&stopped, &own))
                        continue;
                struct pause pause = {day_of(one->from), one->to == NULL ? last : day_of(one->to)};
                pause.from = day_later(pause.from, span->start);
                pause.to = day_earlier(pause.to, last);
                if (day_number(pause.from) <= day_number(pause.to))
                        span->pauses[span->pause_count++] = pause;
        }
}

static void add_renewals(const Contracts__ObligationRecorded *obligation, const Contracts__ContractFile *file,
                         struct span *span)
{
        struct day from;
        for (size_t i = 0; i < file->n_parts && span->renewal_count < PARTS_RENEWALS_MAX; i++) {
                const Contracts__ContractPart *part = file->parts[i];
                if (!parts_is_renewal(part->kind) || !parts_begins(file, part, &from))
                        continue;
                struct day end = day_of(part->ends_on);
                if (file->ended_on != NULL)
                        end = day_earlier(end, day_of(file->ended_on));
                if (obligation->left != NULL)
                        end = day_earlier(end, day_of(obligation->left->left_on));
                span->renewals[span->renewal_count++] = (struct renewal){from, end};
        }
}

void span_on(struct span *span, struct day today)
{
        span->end = span->first_end;
        for (size_t i = 0; i < span->renewal_count; i++)
                if (day_number(span->renewals[i].from) <= day_number(today))
                        span->end = day_later(span->end, span->renewals[i].end);
}

bool span_of(const Contracts__ObligationRecorded *obligation, const Contracts__ContractRecord *contract,
             const Contracts__ContractFile *file, const Contracts__ControlPlan *plan, struct span *ret)
{
        const Types__Day *start = plan != NULL && plan->starts_on != NULL ? plan->starts_on
                                  : contract->starts_on != NULL           ? contract->starts_on
                                                                          : contract->notified_on;
        uint32_t months = duration_months(obligation, contract, file);
        struct span span = {.pause_count = 0};

        if (start == NULL)
                return false;
        span.start = day_of(start);
        if (plan != NULL && plan->ends_on != NULL)
                span.end = day_of(plan->ends_on);
        else if (months > 0 && months < INT16_MAX)
                span.end = day_plus(day_add_months(span.start, (int)months), -1);
        else if (file == NULL || file->ended_on == NULL)
                return false;
        else
                span.end = day_of(file->ended_on);
        if (file != NULL && file->ended_on != NULL)
                span.end = day_earlier(span.end, day_of(file->ended_on));
        if (obligation->left != NULL) /* from then on nothing is asked of it */
                span.end = day_earlier(span.end, day_of(obligation->left->left_on));
        if (day_number(span.end) < day_number(span.start))
                return false;
        span.first_end = span.end;
        if (file != NULL) {
                add_renewals(obligation, file, &span);
                add_pauses(obligation, file, &span);
        }
        *ret = span;
        return true;
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
