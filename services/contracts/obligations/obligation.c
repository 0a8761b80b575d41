#include "services/contracts/obligations/obligation.h"

#include "common/base/text.h"
#include "common/codec/types.h"

enum { SIRET_DIGITS = 14, HUNDREDTHS = 100 };

bool obligation_check(const Contracts__RecordObligation *command, const Contracts__ClausePut *clause,
                      struct hours *ret_hours, struct refusal *ret_refusal)
{
        if (!text_is_digits(command->contractor_siret, SIRET_DIGITS))
                return refuse(
                    ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_siret",
                    "Le SIRET de l'entreprise titulaire doit compter 14 chiffres, sans espace : corrigez-le.");
        if (text_is_empty(command->contractor_name) || utf8_length(command->contractor_name) > CONTRACTOR_NAME_MAX)
                return refuse(
                    ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_name",
                    "Le nom de l'entreprise titulaire manque, ou dépasse %d caractères : les prescripteurs le "
                    "liront dans les alertes.",
                    CONTRACTOR_NAME_MAX);
        struct hours hours = hours_of(command->hours == NULL ? clause->hours : command->hours);
        if (hours_hundredths(hours) <= 0 || hours_hundredths(hours) > (int64_t)OBLIGATION_HOURS_MAX * HUNDREDTHS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Les heures dues doivent être comprises entre 0,01 et %d : corrigez-les, ou laissez-les "
                              "vides pour reprendre celles de la clause.",
                              OBLIGATION_HOURS_MAX);
        *ret_hours = hours;
        return true;
}
