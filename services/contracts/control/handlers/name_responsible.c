/* name_responsible: the one person of the company who answers for the clause. Sealed with a key of its own,
 * never published.
 * Caller: the company; facilitator (of one of the obligation's territories), coordinator.  Emits: ResponsibleNamed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (name, email, phone). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/text.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/record/contact.h"

static bool is_reachable(const Contracts__Responsible *responsible, struct refusal *ret_refusal)
{
        if (text_is_empty(responsible->email) && text_is_empty(responsible->phone))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "responsible.email",
                              "Donnez une adresse électronique ou un téléphone : on doit pouvoir le joindre.");
        return true;
}

struct reply handle_name_responsible(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__NameResponsible *command = (const Contracts__NameResponsible *)message;
        struct refusal refusal;
        struct loaded_control loaded;
        struct slice sealed;
        Contracts__SealedPerson person = CONTRACTS__SEALED_PERSON__INIT;
        Types__Id *contact_id;

        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal) ||
            !is_reachable(command->responsible, &refusal))
                return reply_refusal(work, &refusal);
        person.person_case = CONTRACTS__SEALED_PERSON__PERSON_RESPONSIBLE;
        person.responsible = command->responsible;
        if (!contact_seal(work, &person, &contact_id, &sealed, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__ObligationControl *before =
                control_of(work->txn, work->arena, loaded.obligation->obligation_id);
        if (before->contact_id != NULL) /* another takes the place of the one before, whose name is not kept */
                work_destroy_key(work, id_of(before->contact_id));

        Contracts__ResponsibleNamed body = CONTRACTS__RESPONSIBLE_NAMED__INIT;
        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.contact_id = contact_id;
        work_record_sealed(work, &body.base, sealed);

        Contracts__NameResponsibleReply *reply = pb_new(&contracts__name_responsible_reply__descriptor, work->arena);
        reply->obligation_id = body.obligation_id;
        return reply_ok(work, reply);
}
