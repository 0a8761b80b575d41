/* The statement of one contract: due, done, remaining, persons, by modality. */
#include "reporting/calls.h"
#include "services/reporting/queries/statement.h"
#include "services/reporting/queries/statement_text.h"

struct reply handle_contract_statement(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__ContractStatementRequest *request = (const void *)message;
        if (contract_get(work->txn, id_of(request->contract_id), work->arena) == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                                    "Indiquez le contrat dont vous voulez le bilan.");
        Reporting__ContractStatementReply *reply = statement_reply(work, request->contract_id);
        reply->text = statement_text(reply, work->today, work->arena);
        return reply_ok(work, reply);
}
