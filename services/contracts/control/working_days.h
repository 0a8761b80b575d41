/* working_days.h: days on which offices answer: Monday to Friday without the public holidays of a dated rule. Pure.
 * Called where a period is counted in working days (jours ouvrés). */
#ifndef SERVICES_CONTRACTS_CONTROL_WORKING_DAYS_H
#define SERVICES_CONTRACTS_CONTROL_WORKING_DAYS_H

#include "common/base/day.h"
#include "contracts/control.pb-c.h"

bool working_day(const Contracts__HolidayRule *holidays, struct day day);

/* The last of `count` working days after that day, which is not counted; the day itself for 0. */
struct day working_days_after(const Contracts__HolidayRule *holidays, struct day day, uint32_t count);

struct day easter_sunday(int year);

#endif
