/* case_by_id: a case of control, with what comes next and who does it.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; the company, without what is not yet hers to read.
 * Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/control_views.h"

struct reply handle_case_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CaseById *query = (const Contracts__CaseById *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, query->case_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, view_case(work, &loaded, loaded.record));
}
