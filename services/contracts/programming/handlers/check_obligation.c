/* check_obligation: whether a social condition is obligatory, and what may excuse from it: a what-if, or of a line or a
 * contract.
 * Caller: facilitator, coordinator, auditor; buyer: its own.  Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/programme_subject.h"

struct reply handle_check_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CheckObligationRequest *query = (const Contracts__CheckObligationRequest *)message;
        struct programme_subject subject;
        struct refusal refusal;

        if (!programme_subject_find(work, query->line_id, query->contract_id, &subject, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, programme_subject_check(work, &subject, query->facts));
}
