#include "services/contracts/obligations/obligation.h"

#include "common/codec/types.h"
#include "services/contracts/clauses/calibration_hours.h"

enum { HUNDREDTHS = 100 };
#define HUNDREDTHS_MAX ((int64_t)OBLIGATION_HOURS_MAX * HUNDREDTHS)

/* Nothing is due before it is invoiced; a method that does not follow the amount would never come to an hour. */
static bool check_framework(const Contracts__RecordObligation *command, const Contracts__ClausePut *clause,
                            struct refusal *ret_refusal)
{
        Contracts__CalibrationMethod method = calibration_method(clause->calibration);
        if (command->hours != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Les heures d'un accord-cadre suivent ses factures : laissez ce champ vide.");
        if (method == CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS ||
            method == CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "by_invoices",
                              "La clause est calibrée sans lien avec le montant facturé : posez-la par la formule, en "
                              "euros par heure ou par paliers.");
        return true;
}

bool obligation_check(const Contracts__RecordObligation *command, const Contracts__ClausePut *clause,
                      struct hours *ret_hours, struct refusal *ret_refusal)
{
        if (command->by_invoices) {
                if (!check_framework(command, clause, ret_refusal))
                        return false;
                *ret_hours = hours_of_hundredths(0);
                return true;
        }
        struct hours hours = hours_of(command->hours == NULL ? clause->hours : command->hours);
        if (hours_hundredths(hours) <= 0 || hours_hundredths(hours) > HUNDREDTHS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Les heures dues doivent être comprises entre 0,01 et %d : corrigez-les, ou laissez-les "
                              "vides pour reprendre celles de la clause.",
                              OBLIGATION_HOURS_MAX);
        *ret_hours = hours;
        return true;
}
