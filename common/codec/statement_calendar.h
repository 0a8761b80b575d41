/* statement_calendar.h: when a clause is carried out, and when its statements are due: what contracts controls by, and
 * what notifications has wait for. Pure: dates in, dates out.
 *
 * A period goes from the start of execution, or the day after the period before, to the end of its month, quarter or
 * half-year of the civil year; the last one ends with the contract. Its statement is due on a day of the next month. A
 * period that was suspended from its first to its last day demands none.
 *
 * Beside them the years of a concession, where the plan wants its report: each to the end of the civil year, the last
 * to that of the contract, with less than a month left over counted to the year before. */
#ifndef COMMON_CODEC_STATEMENT_CALENDAR_H
#define COMMON_CODEC_STATEMENT_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/day.h"
#include "contracts/control.pb-c.h"

enum { PAUSES_MAX = 32, SPAN_RENEWALS_MAX = 8 };

struct pause {
        struct day from, to; /* both included */
};
/* A renewal: from that day on the end is another one. */
struct renewal {
        struct day from, end;
};
struct span {
        struct day start, end; /* both included */
        struct day first_end;  /* the end without renewals */
        struct pause pauses[PAUSES_MAX];
        size_t pause_count;
        struct renewal renewals[SPAN_RENEWALS_MAX];
        size_t renewal_count;
};

/* It ends with the renewals that have begun by that day: whoever asks of today says so. */
void span_on(struct span *span, struct day today);

/* Days from the one to the other, both included, that lie within the span and were not suspended. */
int32_t span_days(const struct span *span, struct day from, struct day to);

struct period {
        struct day begin, last, due;
        struct day end; /* what names it: the last day, of a yearly report the day after, which ends no other period */
        bool is_report;
};
/* Walks the periods in the order in which they are due:  struct calendar calendar = calendar_begin(plan, &span);
 *                              while (calendar_next(&calendar, &period)) … */
struct calendar {
        const Contracts__ControlPlan *plan;
        const struct span *span;
        struct day begin;  /* of the next period */
        struct day report; /* of the next year */
};
struct calendar calendar_begin(const Contracts__ControlPlan *plan, const struct span *span);
bool calendar_next(struct calendar *calendar, struct period *ret);

/* The period that ends on that day. */
bool calendar_find(const Contracts__ControlPlan *plan, const struct span *span, struct day end, struct period *ret);

#endif
