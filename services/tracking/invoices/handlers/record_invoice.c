/* RecordInvoice: an inclusive subcontractor's invoice, turned into hours and deducted from what is due.
 * An obligation's invoices all go to the partition of the territory that follows it (its first), so that one invoice
 * cannot be counted in two. Caller: a facilitator of that territory. Emits InvoiceConverted. */
#include <string.h>

#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/invoices/conversion.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

/* Security: the territory is the actor's, this partition's, and the one that follows the obligation. */
static bool is_theirs(const struct work *work, const Tracking__RecordInvoice *command,
                      const Tracking__ObligationCopy *obligation, struct refusal *ret)
{
        if (!homes_has_territory(work, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le département « %s » n'est pas suivi par ce service : indiquez celui qui suit "
                              "l'obligation.",
                              command->territory);
        if (!passport_covers(work->actor, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Vous n'agissez pas dans le département %s : adressez-vous à son facilitateur.",
                              command->territory);
        if (obligation->n_territories > 0 && strcmp(obligation->territories[0], command->territory) != 0)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Cette obligation est suivie par le département %s : enregistrez-y ses factures.",
                              obligation->territories[0]);
        return true;
}

static struct reply record_conversion(struct work *work, const struct conversion *conversion)
{
        const Tracking__RecordInvoice *command = conversion->question.command;
        Tracking__InvoiceConverted converted = TRACKING__INVOICE_CONVERTED__INIT;
        converted.invoice_id = id_to(work->arena, work_new_id(work));
        converted.obligation_id = command->obligation_id;
        converted.subcontractor = command->subcontractor;
        converted.number = arena_text(work->arena, conversion->question.number);
        converted.dated = command->dated;
        converted.amount = command->amount;
        converted.hours = hours_to(work->arena, conversion->hours);
        converted.declared = command->declared_hours != NULL;
        converted.territory = command->territory;
        converted.is_private = tracking_private_of(work->txn, id_of(command->obligation_id), work->arena) != NULL;
        converted.accepted = conversion_accepted(work, conversion, &converted.n_accepted);
        work_record(work, &converted.base);

        Tracking__RecordInvoiceReply *reply = pb_new(&tracking__record_invoice_reply__descriptor, work->arena);
        reply->invoice_id = converted.invoice_id;
        reply->hours = converted.hours;
        reply->warnings = conversion->warnings;
        reply->n_warnings = conversion->n_warnings;
        return reply_ok(work, reply);
}

struct reply handle_record_invoice(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RecordInvoice *command = (const Tracking__RecordInvoice *)message;
        const struct id none = {0};
        struct conversion conversion;
        struct refusal refusal;

        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(command->obligation_id), work->arena);
        /* Security: another's private contract reads as none. */
        if (obligation == NULL || !scope_reads_obligation(work, id_of(command->obligation_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue ici : vérifiez son identifiant, ou recommencez "
                                    "dans un instant si elle vient d'être enregistrée.");
        if (obligation->withdrawn)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id", "%s",
                                    OBLIGATION_WITHDRAWN);
        if (!is_theirs(work, command, obligation, &refusal) ||
            !conversion_may_be_made(work, command, none, &conversion, &refusal))
                return reply_refusal(work, &refusal);
        return record_conversion(work, &conversion);
}
