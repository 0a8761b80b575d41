#include "services/contracts/record/facts.h"

enum { SOON_DAYS = 7 };

Contracts__CalendarLine *facts_calendar(const struct work *work, Contracts__ContractFactsReply *reply, struct day on)
{
        Contracts__CalendarLine *line = pb_new(&contracts__calendar_line__descriptor, work->arena);
        int32_t days = day_number(on) - day_number(work->today);

        line->on = day_to(work->arena, on);
        line->state = days < 0            ? CONTRACTS__CALENDAR_STATE__LATE
                      : days <= SOON_DAYS ? CONTRACTS__CALENDAR_STATE__DUE_SOON
                                          : CONTRACTS__CALENDAR_STATE__COMING;
        reply->calendar = pb_append(reply->calendar, &reply->n_calendar, sizeof(*reply->calendar), work->arena);
        reply->calendar[reply->n_calendar - 1] = line;
        return line;
}
