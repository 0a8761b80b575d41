/* The statement of one contract in figures: due, done, remaining, persons, by modality. What is printed of it is
 * contracts' FinalStatement. */
#include "reporting/calls.h"
#include "services/reporting/queries/statement.h"

struct reply handle_contract_statement(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__ContractStatementRequest *request = (const void *)message;
        if (contract_get(work->txn, id_of(request->contract_id), work->arena) == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                                    "Indiquez le contrat dont vous voulez le bilan.");
        return reply_ok(work, statement_reply(work, request->contract_id));
}
