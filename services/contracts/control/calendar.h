/* calendar.h: from what facts it follows when a clause is carried out; the calendar itself is that of
 * common/codec/statement_calendar.h. Pure. */
#ifndef SERVICES_CONTRACTS_CONTROL_CALENDAR_H
#define SERVICES_CONTRACTS_CONTROL_CALENDAR_H

#include "common/codec/statement_calendar.h"
#include "contracts/events.pb-c.h"
#include "contracts/file.pb-c.h"
#include "contracts/record.pb-c.h"
#include "services/contracts/obligations/parts.h"

/* From the plan (NULL: none), else the record and the file (NULL: none). An ended contract ends on that day. False: its
 * start or its duration is not known. */
bool span_of(const Contracts__ObligationRecorded *obligation, const Contracts__ContractRecord *contract,
             const Contracts__ContractFile *file, const Contracts__ControlPlan *plan, struct span *ret) ATTR_MUST_CHECK;

#endif
