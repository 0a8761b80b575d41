/* notice.h: how the delays of a formal notice are counted, by the dated rule (NoticeRule) that both the ladder and the
 * letter read. Pure. */
#ifndef SERVICES_CONTRACTS_CONTROL_NOTICE_H
#define SERVICES_CONTRACTS_CONTROL_NOTICE_H

#include "common/base/day.h"
#include "contracts/control.pb-c.h"

/* The last day for observations: so many days after the one from which they count, which is not counted. */
struct day notice_observe_until(const Contracts__ControlRulesVersion *rules, struct day served_on, uint32_t days);
/* The last day to make good, in working days. */
struct day notice_answer_by(const Contracts__ControlRulesVersion *rules, struct day served_on, uint32_t working_days);

/* Names of the texts that say so in letters (control_texts.json); the second may be NULL. */
const char *notice_counted_from(const Contracts__ControlRulesVersion *rules);
const char *notice_to_working_day(const Contracts__ControlRulesVersion *rules);

#endif
