#include "services/contracts/control/notice.h"

#include "services/contracts/control/working_days.h"

struct day notice_observe_until(const Contracts__ControlRulesVersion *rules, struct day served_on, uint32_t days)
{
        struct day until = day_of_number(day_number(served_on) + (int32_t)days);
        while (rules->notice->to_working_day && !working_day(rules->holidays, until))
                until = day_of_number(day_number(until) + 1);
        return until;
}

struct day notice_answer_by(const Contracts__ControlRulesVersion *rules, struct day served_on, uint32_t working_days)
{
        return working_days_after(rules->holidays, served_on, working_days);
}

const char *notice_counted_from(const Contracts__ControlRulesVersion *rules)
{
        return rules->notice->counted_from == CONTRACTS__DELAY_START__FROM_SENDING ? "counted_from_sending"
                                                                                   : "counted_from_reception";
}

const char *notice_to_working_day(const Contracts__ControlRulesVersion *rules)
{
        return rules->notice->to_working_day ? "to_working_day" : NULL;
}
