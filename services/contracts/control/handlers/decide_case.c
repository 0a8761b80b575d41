/* decide_case: the buyer decides what follows, with its own account: apply, reduce, waive, or a plan of catching up.
 * Caller: the contract's buyer, nobody else.  Emits: CaseDecided.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (choice, amount, reasons, catch_up_until), WRONG_STATE (step missing).
 */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/decision.h"

struct reply handle_decide_case(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecideCase *command = (const Contracts__DecideCase *)message;
        static char nobody_else[] = "";
        return decide_case(work, command, NULL, nobody_else);
}
