/* assess_line: how well each of the four levers fits a line, as of today, and why; and the obligation check.
 * Caller: facilitator, coordinator, auditor; buyer: its own.  Refuses: INVALID_FIELD, NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/criteria.h"
#include "services/contracts/programming/line_view.h"
#include "services/contracts/programming/loaded_line.h"

struct reply handle_assess_line(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AssessLineRequest *query = (const Contracts__AssessLineRequest *)message;
        struct loaded_line loaded;
        struct refusal refusal;

        if (!loaded_line_find(work, query->line_id, NULL, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__AssessLineReply *reply = pb_new(&contracts__assess_line_reply__descriptor, work->arena);
        reply->check = loaded_line_check(work, &loaded, NULL);
        reply->assessment = line_assess(work, loaded.line, reply->check);
        const Types__Day *launch_on = reply->check->facts->launch_on;
        struct day launched_on = launch_on == NULL ? work->today : day_of(launch_on);
        const struct criteria_of criteria = {reply->check->facts->kind, launched_on};
        reply->advice = criteria_advice(rules_on(work, DATED_CONSULTATION, launched_on), &criteria, work->arena);
        return reply_ok(work, reply);
}
