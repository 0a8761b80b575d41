#include "services/contracts/needs/forecast.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/types.h"

static int order_of_months(const Types__Month *a, const Types__Month *b)
{
        int64_t left = a == NULL ? INT64_MAX : a->months, right = b == NULL ? INT64_MAX : b->months;
        return (left > right) - (left < right);
}

static int by_trade(const void *a, const void *b)
{
        const Contracts__ForecastLine *left = *(Contracts__ForecastLine *const *)a;
        const Contracts__ForecastLine *right = *(Contracts__ForecastLine *const *)b;
        int order = strcmp(left->territory, right->territory);
        if (order == 0)
                order = order_of_months(left->month, right->month);
        return order != 0 ? order : strcmp(left->rome_code, right->rome_code);
}

size_t forecast_add_up(Contracts__ForecastLine **lines, size_t count)
{
        size_t kept = 0;
        if (count > 0)
                qsort(lines, count, sizeof(*lines), by_trade);
        for (size_t i = 0; i < count; i++) {
                if (kept == 0 || by_trade(&lines[kept - 1], &lines[i]) != 0) {
                        lines[kept++] = lines[i];
                        continue;
                }
                lines[kept - 1]->positions += lines[i]->positions;
                lines[kept - 1]->needs += lines[i]->needs;
        }
        return kept;
}

static int by_nature(const void *a, const void *b)
{
        const Contracts__ComingLine *left = *(Contracts__ComingLine *const *)a;
        const Contracts__ComingLine *right = *(Contracts__ComingLine *const *)b;
        int order = strcmp(left->territory, right->territory);
        if (order == 0)
                order = order_of_months(left->month, right->month);
        if (order == 0)
                order = (int)right->awarded - (int)left->awarded;
        return order != 0 ? order : strcmp(left->cpv_division, right->cpv_division);
}

size_t forecast_add_up_coming(Contracts__ComingLine **lines, size_t count)
{
        size_t kept = 0;
        if (count > 0)
                qsort(lines, count, sizeof(*lines), by_nature);
        for (size_t i = 0; i < count; i++) {
                if (kept == 0 || by_nature(&lines[kept - 1], &lines[i]) != 0) {
                        lines[kept++] = lines[i];
                        continue;
                }
                struct hours sum;
                if (hours_add(hours_of(lines[kept - 1]->hours), hours_of(lines[i]->hours), &sum) == 0)
                        lines[kept - 1]->hours->hundredths = hours_hundredths(sum);
                lines[kept - 1]->clauses += lines[i]->clauses;
        }
        return kept;
}

uint32_t forecast_persons(struct hours hours, struct hours person_quarter)
{
        int64_t each = hours_hundredths(person_quarter);
        if (each <= 0 || hours_hundredths(hours) <= 0)
                return 0;
        int64_t persons = (hours_hundredths(hours) - 1) / each + 1;
        return persons > UINT32_MAX ? UINT32_MAX : (uint32_t)persons;
}

bool forecast_month(struct day starts_on, struct month from, uint32_t months, struct month *ret)
{
        int64_t month = month_number(month_of_day(starts_on)), first = month_number(from);
        if (month >= first + months)
                return false;
        *ret = month_of_number((int32_t)(month < first ? first : month));
        return true;
}
