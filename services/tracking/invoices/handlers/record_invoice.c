/* RecordInvoice: an inclusive subcontractor's invoice, turned into hours and deducted from what is due.
 * An obligation's invoices all go to the partition of the territory that follows it (its first), so that one invoice
 * cannot be counted in two. Caller: a facilitator of that territory. Emits InvoiceConverted. */
#include <ctype.h>

#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/invoices/invoice.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

static char *trimmed(struct arena *arena, const char *text)
{
        while (isspace((unsigned char)*text))
                text++;
        char *copy = arena_text(arena, text);
        size_t size = strlen(copy);
        while (size > 0 && isspace((unsigned char)copy[size - 1]))
                copy[--size] = '\0';
        return copy;
}

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

/* Security: an invoice counts once, whoever counted it: so a number that is taken is refused to everybody. Where it
 * counts is told to those alone who may read that obligation; the others are told the same wherever it is. */
static bool is_counted(const struct work *work, const struct invoice_question *question, struct refusal *ret)
{
        const Tracking__InvoiceConverted *other = tracking_invoice_of_number(
                work->txn, id_of(question->command->subcontractor), question->number, work->arena);
        char where[ID_TEXT_SIZE];
        if (other == NULL)
                return false;
        if (!scope_reads_obligation(work, id_of(other->obligation_id)))
                (void)refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "number",
                             "Une facture de ce sous-traitant compte déjà sous ce numéro, qui ne sert qu'une fois. "
                             "Vérifiez-le sur la facture ; s'il est juste, demandez au sous-traitant pour quelle "
                             "obligation il l'a remise, ou à la coordination.");
        else {
                id_format(id_of(other->obligation_id), where);
                (void)refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "number",
                             "La facture %s de ce sous-traitant compte déjà pour l'obligation %s : elle ne compte "
                             "qu'une fois.",
                             question->number, where);
        }
        return true;
}

static struct reply record_conversion(struct work *work, const struct invoice_question *question, struct hours hours)
{
        const Tracking__RecordInvoice *command = question->command;
        Tracking__InvoiceConverted converted = TRACKING__INVOICE_CONVERTED__INIT;
        converted.invoice_id = id_to(work->arena, work_new_id(work));
        converted.obligation_id = command->obligation_id;
        converted.subcontractor = command->subcontractor;
        converted.number = arena_text(work->arena, question->number);
        converted.dated = command->dated;
        converted.amount = command->amount;
        converted.hours = hours_to(work->arena, hours);
        converted.declared = command->declared_hours != NULL;
        converted.territory = command->territory;
        converted.is_private = tracking_private_of(work->txn, id_of(command->obligation_id), work->arena) != NULL;
        work_record(work, &converted.base);

        Tracking__RecordInvoiceReply *reply = pb_new(&tracking__record_invoice_reply__descriptor, work->arena);
        reply->invoice_id = converted.invoice_id;
        reply->hours = converted.hours;
        return reply_ok(work, reply);
}

struct reply handle_record_invoice(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RecordInvoice *command = (const Tracking__RecordInvoice *)message;
        struct id subcontractor = id_of(command->subcontractor);
        struct refusal refusal;
        struct hours hours;

        const struct invoice_question question = {
                .command = command,
                .number = trimmed(work->arena, command->number),
                .obligation = tracking_obligation(work->txn, id_of(command->obligation_id), work->arena),
                .subcontractor = tracking_organisation(work->txn, subcontractor, work->arena),
        };
        /* Security: another's private contract reads as none. */
        if (question.obligation == NULL || !scope_reads_obligation(work, id_of(command->obligation_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue ici : vérifiez son identifiant, ou recommencez "
                                    "dans un instant si elle vient d'être enregistrée.");
        if (!is_theirs(work, command, question.obligation, &refusal) ||
            !invoice_may_be_recorded(&question, &hours, &refusal))
                return reply_refusal(work, &refusal);
        if (is_counted(work, &question, &refusal))
                return reply_refusal(work, &refusal);
        return record_conversion(work, &question, hours);
}
