#include "services/contracts/clauses/putting.h"

#include "services/contracts/clauses/basis.h"
#include "services/contracts/clauses/clause.h"
#include "services/contracts/record/access.h"

/* Hours that follow invoices beyond a trigger may be none as far as is foreseen; any other clause demands some. */
static bool demands_some(const Contracts__Calibration *calibration, struct hours hours, struct refusal *ret_refusal)
{
        if (hours_hundredths(hours) > 0 ||
            calibration_method(calibration) == CONTRACTS__CALIBRATION_METHOD__PER_INVOICED)
                return true;
        return refuse(
                ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration",
                "Le calcul donne 0 h : augmentez la part d'insertion ou le montant prévu, changez d'arrondi ou de "
                "méthode, ou renoncez à la clause sur ce lot.");
}

/* The hours of the calculation. */
static bool calculate(struct work *work, const Contracts__PutClause *command, const Contracts__ContractRecord *contract,
                      Contracts__ClausePut *ret, struct refusal *ret_refusal)
{
        struct calibration_basis basis = basis_of_lot(work, id_of(command->contract_id), contract, command->lot);
        struct calibration_result result;
        Contracts__Calibration *calibration;

        if (!calibration_complete(command->calibration, &basis, work->arena, &calibration, ret_refusal) ||
            !calibration_compute(calibration, &basis, &result, ret_refusal) ||
            !demands_some(calibration, result.rounded, ret_refusal))
                return false;
        ret->calibration = calibration;
        ret->hours = hours_to(work->arena, result.rounded);
        ret->rules_version = basis.rules->version;
        return true;
}

bool putting_decide(struct work *work, const Contracts__PutClause *command, const Contracts__ContractRecord *contract,
                    Contracts__ClausePut *ret, struct refusal *ret_refusal)
{
        struct territories asked = {command->territories, command->n_territories};
        struct territories territories;

        if (!calculate(work, command, contract, ret, ret_refusal) ||
            !clause_territories(&asked, contract, work->arena, &territories, ret_refusal))
                return false;
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, territories.codes, territories.count))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territories",
                              "Aucun des départements de cette clause n'est dans votre territoire : adressez-vous au "
                              "facilitateur qui le suit.");
        ret->contract_id = command->contract_id;
        ret->lot = command->lot;
        ret->territories = territories.codes;
        ret->n_territories = territories.count;
        return true;
}
