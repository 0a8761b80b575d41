#include "services/contracts/obligations/transfer.h"

#include <string.h>

#include "common/base/siret.h"
#include "common/codec/types.h"

bool transfer_kind(const Contracts__ObligationRecorded *from, const Contracts__ObligationRecorded *to,
                   Contracts__TransferKind *ret, struct refusal *ret_refusal)
{
        if (id_equal(id_of(from->obligation_id), id_of(to->obligation_id)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "to_obligation_id",
                              "Les heures partent et arrivent à la même obligation : choisissez celle qui les "
                              "reprend.");
        if (id_equal(id_of(from->clause_id), id_of(to->clause_id)))
                *ret = CONTRACTS__TRANSFER_KIND__WITHIN_GROUP;
        else if (siret_same_company(from->contractor_siret, to->contractor_siret))
                *ret = CONTRACTS__TRANSFER_KIND__SAME_COMPANY;
        else
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "to_obligation_id",
                              "Des heures ne passent qu'entre membres d'un groupement sur un même lot, ou entre "
                              "contrats d'une même entreprise : %.60s et %.60s ne sont ni l'un ni l'autre.",
                              from->contractor_name, to->contractor_name);
        return true;
}

bool transfer_hours(struct hours hours, const struct ledger *from, struct refusal *ret_refusal)
{
        char owed[QUANTITY_TEXT_SIZE];

        if (hours_hundredths(hours) <= hours_hundredths(ledger_owed(from)))
                return true;
        hours_format(ledger_owed(from), owed);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "hours",
                      "Il ne reste que %s h à faire sur cette obligation : réduisez le nombre d'heures.", owed);
}

static bool agreed(const Contracts__TransferView *transfer, const char *siret)
{
        for (size_t i = 0; i < transfer->n_agreements; i++)
                if (strcmp(transfer->agreements[i]->buyer_siret, siret) == 0)
                        return true;
        return false;
}

size_t transfer_missing(const Contracts__TransferView *transfer, char **ret_sirets)
{
        size_t count = 0;
        for (size_t i = 0; i < transfer->n_buyer_sirets; i++)
                if (!agreed(transfer, transfer->buyer_sirets[i]))
                        ret_sirets[count++] = transfer->buyer_sirets[i];
        return count;
}
