/* assign_obligation: another company takes the contract over (cession): what remains is its own from now on. The ledger
 * goes on as it is: what the former one did stays done.
 * Caller: facilitator (of one of its departments), coordinator.  Emits: ObligationAssigned.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (contractor, reference, assigned_on), ALREADY_EXISTS (that company
 * owes hours of this clause already: transfer them), WRONG_STATE (contract ended). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/record/company.h"

static bool may_assign(const struct work *work, const Contracts__AssignObligation *command,
                       const struct loaded_obligation *loaded, struct refusal *ret_refusal)
{
        if (!loaded_obligation_going_on(loaded, ret_refusal) ||
            !company_is_one(work, command->contractor_organisation, command->contractor_siret,
                            "contractor_organisation", ret_refusal))
                return false;
        struct members members = members_of_clause(work, id_of(loaded->obligation->clause_id));
        for (size_t i = 0; i < members.count; i++)
                if (strcmp(members.list[i].obligation->contractor_siret, command->contractor_siret) == 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "contractor_siret",
                                      "Cette entreprise doit déjà des heures de cette clause : passez-lui les heures "
                                      "par un transfert (ProposeTransfer).");
        return true;
}

struct reply handle_assign_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AssignObligation *command = (const Contracts__AssignObligation *)message;
        struct refusal refusal;
        struct loaded_obligation loaded;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !may_assign(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ObligationAssigned body = CONTRACTS__OBLIGATION_ASSIGNED__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.former_siret = loaded.obligation->contractor_siret;
        body.former_name = loaded.obligation->contractor_name;
        body.contractor_siret = command->contractor_siret;
        body.contractor_name = command->contractor_name;
        if (!id_is_zero(id_of(command->contractor_organisation)))
                body.contractor_organisation = command->contractor_organisation;
        body.reference = command->reference;
        body.assigned_on = command->assigned_on;
        work_record(work, &body.base);

        Contracts__AssignObligationReply *reply = pb_new(&contracts__assign_obligation_reply__descriptor, work->arena);
        reply->obligation_id = loaded.obligation->obligation_id;
        reply->remaining = hours_to(work->arena, loaded.ledger.balance[ACCOUNT_DUE]);
        return reply_ok(work, reply);
}
