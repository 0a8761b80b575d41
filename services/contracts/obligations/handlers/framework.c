/* framework.c: the orders and invoices that a framework agreement is counted by. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "common/base/french.h"
#include "services/contracts/obligations/framework.h"
#include "services/contracts/obligations/group_buyers.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/contract.h"

/* Both: before the contract was notified nothing is ordered or invoiced. */
static bool is_after_notification(const struct loaded_obligation *loaded, const Types__Day *day, const char *field,
                                  struct refusal *ret_refusal)
{
        const Types__Day *notified = loaded->contract->notified_on;
        char text[DAY_TEXT_SIZE];
        if (notified == NULL || day->days >= notified->days)
                return true;
        day_format(day_of(notified), text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Ce jour précède la notification du contrat (%s) : vérifiez la pièce, ou la fiche "
                      "(AmendContract).",
                      text);
}

/* Zero: its amount is not known, or stands for that. */
static struct money worth(const struct work *work, const Contracts__ContractRecord *contract)
{
        return money_of(amount_trusted(work, contract_current(contract).amount));
}

/* record_order: a purchase order or a subsequent contract of a framework agreement: hours to be expected.
 * PLANNED -> FORECAST, by the clause's method over the orders of all members.
 * Caller: facilitator (of one of its departments), coordinator, a buyer of the contract.  Emits: OrderRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (kind, number, dates, amount, buyer_siret), ALREADY_EXISTS (this
 * number), WRONG_STATE (contract ended; hours that do not follow orders). */
static Contracts__ContractOrder *order_of(struct work *work, const Contracts__RecordOrder *command, char *buyer_siret)
{
        Contracts__ContractOrder *order = pb_new(&contracts__contract_order__descriptor, work->arena);
        order->order_id = id_to(work->arena, work_new_id(work));
        order->obligation_id = command->obligation_id;
        order->kind = command->kind;
        order->number = command->number;
        order->starts_on = command->starts_on;
        order->ends_on = command->ends_on;
        order->amount = command->amount;
        order->buyer_siret = buyer_siret;
        return order;
}

struct reply handle_record_order(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordOrder *command = (const Contracts__RecordOrder *)message;
        struct framework_result result;
        struct refusal refusal;
        struct loaded_obligation loaded;
        char *buyer_siret;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !loaded_obligation_going_on(&loaded, command->starts_on, &refusal) ||
            !members_framework(&loaded, &refusal) || !framework_check_order(command, &refusal) ||
            !is_after_notification(&loaded, command->starts_on, "starts_on", &refusal) ||
            !group_buyers_whose(work, &loaded, command->buyer_siret, &buyer_siret, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ContractOrder *order = order_of(work, command, buyer_siret);
        if (obligations_number_known(work->txn, order))
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "number",
                                    "La commande « %.60s » est déjà enregistrée : corrigez-la par une commande "
                                    "modificative, positive ou négative, sous un autre numéro.",
                                    command->number);
        struct framework_move move = {&loaded, false, money_of(command->amount)};
        if (!members_move(work, &move, &result, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__OrderRecorded body = CONTRACTS__ORDER_RECORDED__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.order = order;
        body.forecast = hours_to(work->arena, result.hours);
        body.postings = result.postings.list;
        body.n_postings = result.postings.count;
        work_record(work, &body.base);

        Contracts__RecordOrderReply *reply = pb_new(&contracts__record_order_reply__descriptor, work->arena);
        reply->order_id = body.order->order_id;
        reply->forecast = body.forecast;
        struct money ordered = money_of(obligations_framework(work->txn, work->arena, loaded.id)->ordered);
        struct money most = worth(work, loaded.contract);
        if (money_cents(most) > 0 && money_cents(ordered) > money_cents(most))
                pb_append_text(&reply->warnings, &reply->n_warnings,
                               arena_printf(work->arena,
                                            "Les commandes font %s en tout, plus que le montant du contrat, %s.",
                                            french_money(work->arena, ordered), french_money(work->arena, most)),
                               work->arena);
        return reply_ok(work, reply);
}

/* record_contract_invoice: what the contractor of a framework agreement invoiced its buyer. The sum of all invoices, of
 * all members, decides what is due: CLAUSE -> DUE, the difference for every member whose part changes.
 * Caller: facilitator (of one of its departments), coordinator, a buyer of the contract.  Emits:
 * ContractInvoiceRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (number, dated, amount), ALREADY_EXISTS (this number), WRONG_STATE
 * (hours that do not follow invoices). The last invoice may come after the contract has ended. */
static Contracts__ContractOrder *invoice_of(struct work *work, const Contracts__RecordContractInvoice *command,
                                            char *buyer_siret)
{
        Contracts__ContractOrder *invoice = pb_new(&contracts__contract_order__descriptor, work->arena);
        invoice->order_id = id_to(work->arena, work_new_id(work));
        invoice->obligation_id = command->obligation_id;
        invoice->kind = CONTRACTS__ORDER_KIND__CONTRACT_INVOICE;
        invoice->number = command->number;
        invoice->starts_on = command->dated;
        invoice->amount = command->amount;
        invoice->order_number = command->order_number;
        invoice->buyer_siret = buyer_siret;
        return invoice;
}

/* More is invoiced than was ordered, or than the contract is worth. */
static void warn_of_invoice(const struct work *work, const struct loaded_obligation *loaded,
                            Contracts__RecordContractInvoiceReply *reply)
{
        const Contracts__FrameworkSums *sums = obligations_framework(work->txn, work->arena, loaded->id);
        struct money invoiced = money_of(sums->invoiced), ordered = money_of(sums->ordered);
        struct money most = worth(work, loaded->contract);
        if (sums->orders > 0 && money_cents(invoiced) > money_cents(ordered))
                pb_append_text(&reply->warnings, &reply->n_warnings,
                               arena_printf(work->arena, "Les factures font %s en tout, plus que les commandes, %s.",
                                            french_money(work->arena, invoiced), french_money(work->arena, ordered)),
                               work->arena);
        if (money_cents(most) > 0 && money_cents(invoiced) > money_cents(most))
                pb_append_text(&reply->warnings, &reply->n_warnings,
                               arena_printf(work->arena,
                                            "Les factures font %s en tout, plus que le montant du contrat, %s.",
                                            french_money(work->arena, invoiced), french_money(work->arena, most)),
                               work->arena);
}

struct reply handle_record_contract_invoice(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordContractInvoice *command = (const Contracts__RecordContractInvoice *)message;
        struct framework_result result;
        struct refusal refusal;
        struct loaded_obligation loaded;
        char *buyer_siret;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !members_framework(&loaded, &refusal) ||
            !is_after_notification(&loaded, command->dated, "dated", &refusal) ||
            !group_buyers_whose(work, &loaded, command->buyer_siret, &buyer_siret, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ContractOrder *invoice = invoice_of(work, command, buyer_siret);
        if (obligations_number_known(work->txn, invoice))
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "number",
                                    "La facture « %.60s » est déjà comptée : une correction s'enregistre comme un "
                                    "avoir, sous son propre numéro.",
                                    command->number);
        struct framework_move move = {&loaded, true, money_of(command->amount)};
        if (!members_move(work, &move, &result, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ContractInvoiceRecorded body = CONTRACTS__CONTRACT_INVOICE_RECORDED__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.invoice = invoice;
        body.invoiced = money_to(work->arena, result.sum);
        body.due = hours_to(work->arena, result.hours);
        body.postings = result.postings.list;
        body.n_postings = result.postings.count;
        work_record(work, &body.base);

        Contracts__RecordContractInvoiceReply *reply =
                pb_new(&contracts__record_contract_invoice_reply__descriptor, work->arena);
        reply->invoice_id = body.invoice->order_id;
        reply->invoiced = body.invoiced;
        reply->due = body.due;
        warn_of_invoice(work, &loaded, reply);
        return reply_ok(work, reply);
}
