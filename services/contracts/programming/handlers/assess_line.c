/* assess_line: how well each of the four levers fits a line, as of today, and why; and the obligation check.
 * Caller: facilitator, coordinator, auditor; buyer: its own.  Refuses: INVALID_FIELD, NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/line_view.h"
#include "services/contracts/programming/programme_subject.h"

struct reply handle_assess_line(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AssessLineRequest *query = (const Contracts__AssessLineRequest *)message;
        struct programme_subject subject;
        struct refusal refusal;

        if (!programme_subject_find(work, query->line_id, NULL, &subject, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__AssessLineReply *reply = pb_new(&contracts__assess_line_reply__descriptor, work->arena);
        reply->check = programme_subject_check(work, &subject, NULL);
        reply->assessment = line_assess(work, subject.line, reply->check);
        return reply_ok(work, reply);
}
