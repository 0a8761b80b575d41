#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "common/base/require.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/record/telling.h"

void apply_agreement_put(const struct change *change, const Contracts__AgreementPut *body)
{
        Contracts__AgreementRow row = CONTRACTS__AGREEMENT_ROW__INIT;
        row.agreement_id = body->agreement_id;
        row.agreement = body->agreement;
        agreement_row_put(change->txn, change->arena, &row);
}

/* The row that a later event changes; NULL only where the transaction has failed. */
static Contracts__AgreementRow *row_of(const struct change *change, const Types__Id *id)
{
        Contracts__AgreementRow *row = agreement_row_find(change->txn, change->arena, id_of(id));
        require(row != NULL || txn_error(change->txn) != 0); /* agreements are never deleted */
        return row;
}

void apply_agreement_signed(const struct change *change, const Contracts__AgreementSigned *body)
{
        Contracts__AgreementRow *row = row_of(change, body->agreement_id);
        if (row == NULL)
                return;
        row->signed_on = body->signed_on;
        agreement_row_put(change->txn, change->arena, row);
}

void apply_agreement_renewed(const struct change *change, const Contracts__AgreementRenewed *body)
{
        Contracts__AgreementRow *row = row_of(change, body->agreement_id);
        if (row == NULL)
                return;
        row->agreement->ends_on = body->ends_on;
        agreement_row_put(change->txn, change->arena, row);
}

void apply_agreement_ended(const struct change *change, const Contracts__AgreementEnded *body)
{
        Contracts__AgreementRow *row = row_of(change, body->agreement_id);
        if (row == NULL)
                return;
        row->ended_on = body->ends_on;
        row->ended_because = body->reason;
        agreement_row_put(change->txn, change->arena, row);
}

void tell_agreement_put(struct telling *telling, const Contracts__AgreementPut *body)
{
        const Contracts__Agreement *agreement = body->agreement;
        tell(telling, "Projet de convention avec %s (SIRET %s), du %s au %s : %s de l'acheteur, %s de la structure.",
             agreement->buyer_name, agreement->buyer_siret, told_day(telling, agreement->starts_on),
             told_day(telling, agreement->ends_on),
             french_count(telling->arena, (int64_t)agreement->n_buyer_commitments, "engagement"),
             french_count(telling->arena, (int64_t)agreement->n_carrier_commitments, "engagement"));
}

void tell_agreement_signed(struct telling *telling, const Contracts__AgreementSigned *body)
{
        tell(telling, "Convention signée le %s.", told_day(telling, body->signed_on));
}

void tell_agreement_renewed(struct telling *telling, const Contracts__AgreementRenewed *body)
{
        tell(telling, "Convention renouvelée d'un commun accord le %s, jusqu'au %s.",
             told_day(telling, body->agreed_on), told_day(telling, body->ends_on));
}

void tell_agreement_ended(struct telling *telling, const Contracts__AgreementEnded *body)
{
        const char *by = body->by == CONTRACTS__ENDED_BY__BY_BUYER     ? "par l'acheteur"
                         : body->by == CONTRACTS__ENDED_BY__BY_CARRIER ? "par la structure porteuse"
                                                                       : "d'un commun accord";
        tell(telling, "Fin de la convention le %s, demandée %s le %s : %s", told_day(telling, body->ends_on), by,
             told_day(telling, body->told_on), body->reason);
}
