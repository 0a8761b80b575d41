#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "common/base/text.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/obligations/terms.h"
#include "services/contracts/record/party_rows.h"

const char *told_company(const struct telling *telling, const Types__Id *obligation_id, const char *unknown)
{
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(telling->txn, telling->arena, id_of(obligation_id));
        if (obligation == NULL)
                return unknown;
        if (telling->number == 0 || text_is_empty(obligation->first_name))
                return obligation->contractor_name;
        const Contracts__Assignment *then =
                terms_assigned_until(obligations_terms(telling->txn, telling->arena, obligation_id), telling->number);
        return then != NULL ? then->name : obligation->first_name;
}

static const char *name_of(const struct telling *telling, const Types__Id *obligation_id)
{
        return told_company(telling, obligation_id, "l'obligation");
}

static const char *buyer(const struct telling *telling, const char *siret)
{
        return contracts_party_told(telling->txn, telling->arena, siret, "");
}

/* "l'acheteur Ville d'Essai lui-même", "l'acheteur Ville d'Essai (délibération 12 du 3 mars 2026)" */
static const char *decided(const struct telling *telling, const Contracts__LedgerDecision *decision)
{
        if (decision->by_buyer)
                return arena_printf(telling->arena, "l'acheteur %s lui-même, le %s",
                                    buyer(telling, decision->buyer_siret), told_day(telling, decision->decided_on));
        return arena_printf(telling->arena, "l'acheteur %s (%s, %s)", buyer(telling, decision->buyer_siret),
                            decision->reference, told_day(telling, decision->decided_on));
}

void tell_obligation_recorded(struct telling *telling, const Contracts__ObligationRecorded *body)
{
        const char *role = body->group_role == CONTRACTS__GROUP_ROLE__GROUP_LEAD     ? ", mandataire du groupement"
                           : body->group_role == CONTRACTS__GROUP_ROLE__GROUP_MEMBER ? ", cotraitant"
                                                                                     : "";
        if (body->by_invoices)
                tell(telling, "%s (SIRET %s)%s devra les heures du lot %u au fil de ses factures (accord-cadre).",
                     body->contractor_name, body->contractor_siret, role, body->lot);
        else
                tell(telling, "%s (SIRET %s)%s doit %s au titre du lot %u.", body->contractor_name,
                     body->contractor_siret, role, told_hours(telling, body->hours), body->lot);
}

void tell_ledger_posted(struct telling *telling, const Contracts__LedgerPosted *body)
{
        tell(telling, "%s : %s, %s (%s).", told_company(telling, body->obligation_id, "Obligation"),
             told_hours(telling, body->hours), body->cause, french_month(telling->arena, month_of(body->month)));
}

void tell_transfer_proposed(struct telling *telling, const Contracts__TransferProposed *body)
{
        const Contracts__TransferView *transfer = body->transfer;
        bool several = transfer->n_buyer_sirets > 1;
        tell(telling, "Transfert proposé : %s de %s vers %s (%s). Accord attendu : acheteur%s %s%s%s.",
             told_hours(telling, transfer->hours), transfer->from_name, transfer->to_name, transfer->reason,
             several ? "s" : "", buyer(telling, transfer->buyer_sirets[0]), several ? " et " : "",
             several ? buyer(telling, transfer->buyer_sirets[1]) : "");
}

/* What an event of a transfer is about, from its row. */
static const char *subject(const struct telling *telling, const Types__Id *transfer_id)
{
        const Contracts__TransferView *transfer =
                obligations_transfer_find(telling->txn, telling->arena, id_of(transfer_id));
        if (transfer == NULL)
                return "Transfert d'heures";
        return arena_printf(telling->arena, "Transfert de %s de %s vers %s", told_hours(telling, transfer->hours),
                            transfer->from_name, transfer->to_name);
}

void tell_transfer_agreed(struct telling *telling, const Contracts__TransferAgreed *body)
{
        tell(telling, "%s : accepté par %s ; %s.", subject(telling, body->transfer_id),
             decided(telling, body->decision),
             body->n_postings > 0 ? "les heures sont passées" : "il manque l'accord de l'autre acheteur");
}

void tell_transfer_refused(struct telling *telling, const Contracts__TransferRefused *body)
{
        tell(telling, "%s : refusé par %s (%s).", subject(telling, body->transfer_id), decided(telling, body->decision),
             body->reason);
}

void tell_hours_waived(struct telling *telling, const Contracts__HoursWaived *body)
{
        tell(telling, "%s : remise de %s décidée par %s (%s).", name_of(telling, body->obligation_id),
             told_hours(telling, body->n_postings > 0 ? body->postings[0]->hours : NULL),
             decided(telling, body->decision), body->reason);
}

void tell_obligation_amended(struct telling *telling, const Contracts__ObligationAmended *body)
{
        const char *ground = body->ground == CONTRACTS__AMENDMENT_GROUND__GROUND_UNKNOWN
                                     ? ""
                                     : arena_printf(telling->arena, ", L2194-1 %d°", (int)body->ground);
        tell(telling, "Avenant %s du %s%s : %s doit %s au lieu de %s (%s).", body->reference,
             told_day(telling, body->amended_on), ground, name_of(telling, body->obligation_id),
             told_hours(telling, body->hours), told_hours(telling, body->former_hours), body->reason);
}

void tell_obligation_assigned(struct telling *telling, const Contracts__ObligationAssigned *body)
{
        const char *paper =
                arena_printf(telling->arena, "%s du %s", body->reference, told_day(telling, body->assigned_on));
        switch (body->kind) {
        case CONTRACTS__ASSIGNMENT_KIND__BY_MERGER:
                tell(telling,
                     "Fusion (%s) : %s (SIRET %s) vient aux droits de %s (SIRET %s) ; heures, dossiers et pénalités "
                     "continuent avec elle.",
                     paper, body->contractor_name, body->contractor_siret, body->former_name, body->former_siret);
                break;
        case CONTRACTS__ASSIGNMENT_KIND__BY_SEAT_CHANGE:
                tell(telling,
                     "Changement de SIRET (%s) : %s (SIRET %s) est désormais %s (SIRET %s), la même entreprise.", paper,
                     body->former_name, body->former_siret, body->contractor_name, body->contractor_siret);
                break;
        case CONTRACTS__ASSIGNMENT_KIND__BY_SUBSTITUTION:
                tell(telling, "%s (SIRET %s) remplace %s dans le groupement (%s) et doit désormais ses heures.",
                     body->contractor_name, body->contractor_siret, body->former_name, paper);
                break;
        default:
                tell(telling, "Cession du contrat (%s) : %s (SIRET %s) doit désormais les heures de %s.", paper,
                     body->contractor_name, body->contractor_siret, body->former_name);
                break;
        }
}

static const char *for_member(const struct telling *telling, const char *siret)
{
        return *siret == '\0' ? "" : arena_printf(telling->arena, " (acheteur : %s)", buyer(telling, siret));
}

void tell_group_buyers_put(struct telling *telling, const Contracts__GroupBuyersPut *body)
{
        const char *form = body->group->form == CONTRACTS__BUYERS_FORM__CENTRAL_PURCHASING ? "Centrale d'achat"
                                                                                           : "Groupement de commandes";
        const char *names = "";
        if (body->group->n_buyers == 0) {
                tell(telling, "L'acheteur du contrat achète seul.");
                return;
        }
        for (size_t i = 0; i < body->group->n_buyers; i++)
                names = arena_printf(telling->arena, "%s%s%s (SIRET %s)", names, i == 0 ? "" : ", ",
                                     body->group->buyers[i]->name, body->group->buyers[i]->siret);
        const char *reference =
                *body->group->reference == '\0' ? "" : arena_printf(telling->arena, " (%s)", body->group->reference);
        tell(telling, "%s%s : avec l'acheteur du contrat achètent %s.", form, reference, names);
}

void tell_order_recorded(struct telling *telling, const Contracts__OrderRecorded *body)
{
        tell(telling, "%s %s de %s HT%s, du %s au %s, pour %s : %s prévues en tout par les commandes.",
             body->order->kind == CONTRACTS__ORDER_KIND__SUBSEQUENT_CONTRACT ? "Marché subséquent" : "Bon de commande",
             body->order->number, told_money(telling, body->order->amount),
             for_member(telling, body->order->buyer_siret), told_day(telling, body->order->starts_on),
             told_day(telling, body->order->ends_on), name_of(telling, body->obligation_id),
             told_hours(telling, body->forecast));
}

void tell_contract_invoice_recorded(struct telling *telling, const Contracts__ContractInvoiceRecorded *body)
{
        tell(telling, "Facture %s du %s, %s HT%s, de %s : %s facturés en tout, %s dues.", body->invoice->number,
             told_day(telling, body->invoice->starts_on), told_money(telling, body->invoice->amount),
             for_member(telling, body->invoice->buyer_siret), name_of(telling, body->obligation_id),
             told_money(telling, body->invoiced), told_hours(telling, body->due));
}

static const char *part_of(const struct telling *telling, Contracts__PartKind kind, uint32_t rank)
{
        Contracts__ContractPart part = CONTRACTS__CONTRACT_PART__INIT;
        part.kind = kind;
        part.rank = rank;
        return parts_name(telling->arena, &part);
}

static void tell_more(struct telling *telling, Contracts__Posting *const *postings, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                const char *so_far = telling->text;
                tell(telling, "%s %s : %s de plus à devoir.", so_far, name_of(telling, postings[i]->obligation_id),
                     told_hours(telling, postings[i]->hours));
        }
}

static const char *hours_in_part(const struct telling *telling, const Contracts__ContractPart *part)
{
        const char *told = "";
        for (size_t i = 0; i < part->n_hours; i++)
                told = arena_printf(telling->arena, "%s%s %s pour %s", told, i == 0 ? " :" : ",",
                                    told_hours(telling, part->hours[i]->hours),
                                    name_of(telling, part->hours[i]->obligation_id));
        return told;
}

void tell_contract_part_put(struct telling *telling, const Contracts__ContractPartPut *body)
{
        const Contracts__ContractPart *part = body->part;
        const char *when = "";
        if (parts_is_renewal(part->kind))
                when = arena_printf(telling->arena, ", du %s au %s", told_day(telling, part->starts_on),
                                    told_day(telling, part->ends_on));
        else if (part->starts_on != NULL)
                when = arena_printf(telling->arena, ", pas avant le %s", told_day(telling, part->starts_on));
        if (part->decide_by != NULL)
                when = arena_printf(telling->arena, "%s, l'acheteur décide jusqu'au %s", when,
                                    told_day(telling, part->decide_by));
        tell(telling, "Le contrat prévoit une %s%s%s.", parts_name(telling->arena, part), when,
             hours_in_part(telling, part));
        tell_more(telling, body->postings, body->n_postings);
}

void tell_contract_part_decided(struct telling *telling, const Contracts__ContractPartDecided *body)
{
        bool is_affirmed = body->choice == CONTRACTS__PART_CHOICE__PART_AFFIRMED;
        const char *verb = !is_affirmed ? "abandonnée" : parts_is_renewal(body->kind) ? "confirmée" : "affermie";
        tell(telling, "La %s est %s par %s%s%s.", part_of(telling, body->kind, body->rank), verb,
             decided(telling, body->decision), *body->reason == '\0' ? "" : " : ", body->reason);
        tell_more(telling, body->postings, body->n_postings);
}

void tell_contract_parts_began(struct telling *telling, const Contracts__ContractPartsBegan *body)
{
        const char *names = "";
        for (size_t i = 0; i < body->n_parts; i++)
                names = arena_printf(telling->arena, "%s%s%s", names, i == 0 ? "" : ", ",
                                     parts_name(telling->arena, body->parts[i]));
        tell(telling, "A commencé, le %s : %s.", told_day(telling, body->on), names);
        tell_more(telling, body->postings, body->n_postings);
}
