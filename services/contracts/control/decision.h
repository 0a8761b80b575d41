/* decision.h: what the buyer decides of a case, with its own account or by a document that is copied. Called by
 * DecideCase and RecordBuyerDecision, and by nobody else: there is no other way to a penalty. */
#ifndef SERVICES_CONTRACTS_CONTROL_DECISION_H
#define SERVICES_CONTRACTS_CONTROL_DECISION_H

#include "services/contracts/control/loaded_control.h"

/* `document_of`, its day, and `signatory` are the document's; NULL and "" where the buyer acts itself. Records
 * CaseDecided. */
struct reply decide_case(struct work *work, const Contracts__DecideCase *command, const Types__Day *document_of,
                         char *signatory);

#endif
