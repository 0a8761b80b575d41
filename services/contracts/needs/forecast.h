/* forecast.h: single needs and single clauses added up: one line for each department, month and trade; one for each
 * department, month and nature of the work. Pure. Called by NeedsForecast. */
#ifndef SERVICES_CONTRACTS_NEEDS_FORECAST_H
#define SERVICES_CONTRACTS_NEEDS_FORECAST_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "contracts/needs.pb-c.h"

/* Sorts the lines by department, month and trade, and makes one of those that are the same; the title is that of the
 * first. The count left. */
size_t forecast_add_up(Contracts__ForecastLine **lines, size_t count);

/* The same of clauses that no need speaks of: by department, month (not known: last), awarded or not, CPV division. The
 * hours of lines that are one are added in place. */
size_t forecast_add_up_coming(Contracts__ComingLine **lines, size_t count);

/* About how many persons, each for the hours of one quarter. */
uint32_t forecast_persons(struct hours hours, struct hours person_quarter);

/* The month in which it counts: its own, or the first one of the window where it should have started before. False:
 * beyond the window. */
bool forecast_month(struct day starts_on, struct month from, uint32_t months, struct month *ret);

#endif
