#include "services/tracking/invoices/invoice.h"

#include "common/codec/types.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/rules/wording.h"

enum { HOURS_MAX_HUNDREDTHS = 100000000 /* a million hours: no invoice is worth more */ };

static bool subcontractor_is_sound(const struct invoice_question *q, struct refusal *ret)
{
        if (q->subcontractor == NULL || !kind_is_inclusive(q->subcontractor->kind))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "subcontractor",
                              "Le sous-traitant doit être une structure inclusive de l'annuaire (EI, ACI, EA, "
                              "ESAT…) : "
                              "choisissez-en une.");
        return true;
}

static bool converted_hours(const struct invoice_question *q, struct hours *ret_hours, struct refusal *ret)
{
        struct share labour = share_of(q->obligation->labour_share);
        struct money hourly = money_of(q->obligation->hourly_cost);
        struct hours hours;

        if (share_millionths(labour) == 0 || money_cents(hourly) <= 0)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "La clause n'a pas de part de main-d'œuvre ou de coût horaire : indiquez les heures "
                              "déclarées par la structure.");
        if (hours_bought(money_of(q->command->amount), labour, share_of_millionths(SHARE_ONE_MILLIONTHS), hourly,
                         &hours) != 0 ||
            hours_hundredths(hours) > HOURS_MAX_HUNDREDTHS)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                              "Ce montant est trop grand : vérifiez-le.");
        if (hours_hundredths(hours) == 0)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                              "Ce montant ne vaut pas un centième d'heure : vérifiez-le.");
        *ret_hours = hours;
        return true;
}

bool invoice_may_be_recorded(const struct invoice_question *q, struct hours *ret_hours, struct refusal *ret)
{
        if (!subcontractor_is_sound(q, ret))
                return false;
        if (q->command->declared_hours == NULL)
                return converted_hours(q, ret_hours, ret);
        *ret_hours = hours_of(q->command->declared_hours);
        return true;
}
