#include "contracts/calls.h"
#include "services/contracts/subcontracts/subcontracts.h"

#include "common/base/require.h"
#include "common/base/text.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"

static Contracts__SubcontractRow *row_of(const struct change *change, const Types__Id *id)
{
        Contracts__SubcontractRow *row = subcontract_find(change->txn, change->arena, id_of(id));
        require(row != NULL || txn_error(change->txn) != 0); /* nothing rests on an act that is withdrawn */
        return row;
}

void apply_subcontract_declared(const struct change *change, const Contracts__SubcontractDeclared *body)
{
        Contracts__SubcontractRow row = CONTRACTS__SUBCONTRACT_ROW__INIT;
        row.declared = (Contracts__SubcontractDeclared *)(uintptr_t)body;
        subcontract_put(change->txn, change->arena, &row);
}

void apply_subcontract_decided(const struct change *change, const Contracts__SubcontractDecided *body)
{
        Contracts__SubcontractRow *row = row_of(change, body->subcontract_id);
        if (row == NULL)
                return;
        row->decided = (Contracts__SubcontractDecided *)(uintptr_t)body;
        subcontract_put(change->txn, change->arena, row);
}

void apply_subcontract_amended(const struct change *change, const Contracts__SubcontractAmended *body)
{
        Contracts__SubcontractRow *row = row_of(change, body->subcontract_id);
        if (row == NULL)
                return;
        Contracts__SubcontractAmount amount = CONTRACTS__SUBCONTRACT_AMOUNT__INIT;
        amount.amount = body->amount;
        amount.from = body->decision->decided_on;
        amount.number = change->event->number;
        row->amounts = pb_extend(row->amounts, &row->n_amounts, sizeof(*row->amounts), change->arena);
        row->amounts[row->n_amounts - 1] = &amount;
        subcontract_put(change->txn, change->arena, row);
}

/* ---- told */

static const char *name_of(const struct telling *telling, const Types__Id *id)
{
        const Contracts__SubcontractRow *row = subcontract_find(telling->txn, telling->arena, id_of(id));
        return row == NULL ? "ce sous-traitant" : row->declared->subcontractor_name;
}

void tell_subcontract_declared(struct telling *telling, const Contracts__SubcontractDeclared *body)
{
        tell(telling, "Sous-traitant déclaré le %s%s%s : %s, pour %s, %s au plus (%s).",
             told_day(telling, body->declared_on), text_is_empty(body->reference) ? "" : ", ", body->reference,
             body->subcontractor_name, body->nature, told_money(telling, body->amount),
             body->paid_by_buyer ? "paiement direct par l'acheteur" : "payé par le titulaire");
}

void tell_subcontract_decided(struct telling *telling, const Contracts__SubcontractDecided *body)
{
        bool is_accepted = body->choice == CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_ACCEPT;
        tell(telling, "L'acheteur %s %s le %s%s%s.",
             is_accepted ? "accepte et agrée les conditions de paiement de" : "refuse le sous-traitant",
             name_of(telling, body->subcontract_id), told_day(telling, body->decision->decided_on),
             text_is_empty(body->reason) ? "" : " : ", body->reason);
}

void tell_subcontract_amended(struct telling *telling, const Contracts__SubcontractAmended *body)
{
        tell(telling, "Acte modificatif du %s pour le sous-traitant %s : %s au plus, au lieu de %s. %s",
             told_day(telling, body->decision->decided_on), name_of(telling, body->subcontract_id),
             told_money(telling, body->amount), told_money(telling, body->former), body->reason);
}
