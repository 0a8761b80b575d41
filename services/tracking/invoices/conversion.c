#include "services/tracking/invoices/conversion.h"

#include <ctype.h>
#include <string.h>

#include "common/codec/amount.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/invoices/invoice_checks.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"

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

/* Security: an invoice counts once, whoever counted it: so a number that is taken is refused to everybody. Where it
 * counts is told to those alone who may read that obligation; the others are told the same wherever it is. */
static bool is_counted(const struct work *work, const struct invoice_question *question, struct id own,
                       struct refusal *ret)
{
        const Tracking__InvoiceRow *other = tracking_invoice_of_number(
                work->txn, id_of(question->command->subcontractor), question->number, work->arena);
        char where[ID_TEXT_SIZE];
        if (other == NULL || id_equal(id_of(other->invoice->invoice_id), own))
                return false;
        if (!scope_reads_obligation(work, id_of(other->invoice->obligation_id)))
                (void)refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "number",
                             "Une facture de ce sous-traitant compte déjà sous ce numéro, qui ne sert qu'une fois. "
                             "Vérifiez-le sur la facture ; s'il est juste, demandez au sous-traitant pour quelle "
                             "obligation il l'a remise, ou à la coordination.");
        else {
                id_format(id_of(other->invoice->obligation_id), where);
                (void)refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "number",
                             "La facture %s de ce sous-traitant compte déjà pour l'obligation %s : elle ne compte "
                             "qu'une fois.",
                             question->number, where);
        }
        return true;
}

/* ---- what surrounds it */

static int64_t others_of_obligation(const struct work *work, struct id obligation, struct id own)
{
        struct money sum = money_of_cents(0);
        struct walk walk;
        struct id id;
        invoices_walk(work->txn, LIST_INVOICES_OF_OBLIGATION, key_of_id(obligation), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Tracking__InvoiceRow *row = tracking_invoice(work->txn, id, work->arena);
                if (row == NULL || row->cancelled || id_equal(id, own))
                        continue;
                if (money_add(sum, money_of(row->invoice->amount), &sum) != 0)
                        break; /* more than any contract already */
        }
        walk_end(&walk);
        return money_cents(sum);
}

static bool runs_in(const struct placement *placement, struct month month)
{
        return day_number(placement->starts_on) <= day_number(month_last_day(month)) &&
               day_number(placement_last_day(placement)) >= day_number(month_first_day(month));
}

/* Does the structure's own staff work for the obligation in that month, whose hours are stated apart? */
static bool has_staff(const struct work *work, const Tracking__RecordInvoice *command)
{
        struct month month = month_of_day(day_of(command->dated));
        struct id employer = id_of(command->subcontractor), id;
        struct placement placement;
        struct walk walk;
        bool found = false;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_OBLIGATION, key_of_id(id_of(command->obligation_id)),
                        slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id))
                found = tracking_placement(work->txn, id, &placement) &&
                        placement.modality != TYPES__MODALITY__DIRECT_HIRE && id_equal(placement.employer, employer) &&
                        runs_in(&placement, month);
        walk_end(&walk);
        return found;
}

/* 0: not known, or what was published stands for that. */
static int64_t known_cents(const struct work *work, const Types__Id *contract_id)
{
        const Tracking__ContractCopy *contract = tracking_contract(work->txn, id_of(contract_id), work->arena);
        if (contract == NULL || contract->amount == NULL ||
            amount_stands_for_unknown(dated_on(&tracking_of(work)->amounts, work->today), money_of(contract->amount)))
                return 0;
        return money_cents(money_of(contract->amount));
}

static void check_conversion(const struct work *work, struct id own, struct conversion *conversion)
{
        const Tracking__RecordInvoice *command = conversion->question.command;
        const struct invoice_facts facts = {
                .amount = money_of(command->amount),
                .hours = conversion->hours,
                .others_cents = others_of_obligation(work, id_of(command->obligation_id), own),
                .contract_cents = known_cents(work, conversion->question.obligation->contract_id),
                .has_staff = has_staff(work, command),
                .life = contract_life_of(work->txn, conversion->question.obligation, work->arena),
                .dated = day_of(command->dated),
                .is_owing = id_equal(tracking_contractor(work->txn, conversion->question.obligation),
                                     id_of(command->subcontractor)),
        };
        conversion->warnings = invoice_check(dated_on(&tracking_of(work)->hours, day_of(command->dated)), &facts,
                                             work->arena, &conversion->n_warnings);
}

/* ---- */

bool conversion_may_be_made(const struct work *work, const Tracking__RecordInvoice *command, struct id own,
                            struct conversion *ret, struct refusal *ret_refusal)
{
        *ret = (struct conversion){
                .question = {
                        .command = command,
                        .number = trimmed(work->arena, command->number),
                        .obligation = tracking_obligation(work->txn, id_of(command->obligation_id), work->arena),
                        .subcontractor = tracking_organisation(work->txn, id_of(command->subcontractor), work->arena),
                }};
        if (!invoice_may_be_recorded(&ret->question, &ret->hours, ret_refusal) ||
            is_counted(work, &ret->question, own, ret_refusal))
                return false;
        check_conversion(work, own, ret);
        return invoice_warnings_pass(ret->warnings, ret->n_warnings, ret_refusal);
}

char **conversion_accepted(const struct work *work, const struct conversion *conversion, size_t *ret_count)
{
        char **codes = arena_alloc(work->arena, (conversion->n_warnings + 1) * sizeof(*codes));
        for (size_t i = 0; i < conversion->n_warnings; i++)
                codes[i] = conversion->warnings[i]->code;
        *ret_count = conversion->n_warnings;
        return codes;
}
