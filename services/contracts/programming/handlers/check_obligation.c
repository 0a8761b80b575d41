/* check_obligation: whether a social condition is obligatory, and what may excuse from it: a what-if, or of a line or a
 * contract.
 * Caller: facilitator, coordinator, auditor; buyer: its own.  Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/loaded_line.h"

struct reply handle_check_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CheckObligationRequest *query = (const Contracts__CheckObligationRequest *)message;
        struct loaded_line loaded;
        struct refusal refusal;

        if (!loaded_line_find(work, query->line_id, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, loaded_line_check(work, &loaded, query->facts));
}
