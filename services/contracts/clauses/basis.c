#include "services/contracts/clauses/basis.h"

#include "services/contracts/clauses/calibration_rules.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"

static const Contracts__Lot *lot_numbered(const Contracts__ContractFile *file, uint32_t number)
{
        for (size_t i = 0; file != NULL && i < file->n_lots; i++)
                if (file->lots[i]->number == number)
                        return file->lots[i];
        return NULL;
}

struct calibration_basis basis_of_lot(const struct work *work, struct id contract,
                                      const Contracts__ContractRecord *record, uint32_t lot)
{
        const struct context *context = context_of(work);
        struct calibration_basis basis = {
                .rules = rules_on(work, DATED_CALIBRATION, work->today),
                .publics = &context->publics,
        };
        if (record == NULL)
                return basis;

        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        const Contracts__Lot *described = lot_numbered(file, lot);
        struct contract_current current = contract_current(record);
        bool is_whole = file == NULL || file->n_lots <= 1;
        const Types__Money *told = described != NULL && described->amount != NULL ? described->amount
                                   : is_whole                                     ? current.amount
                                                                                  : NULL;
        basis.amount = amount_trusted(work, told);
        basis.doubtful = basis.amount == NULL ? told : NULL;
        basis.duration_months = described != NULL && described->duration_months != 0 ? described->duration_months
                                                                                     : current.duration_months;
        return basis;
}

bool basis_asked(const struct work *work, const Types__Id *contract, uint32_t lot, struct calibration_basis *ret,
                 struct refusal *ret_refusal)
{
        struct id id = id_of(contract);
        const Contracts__ContractRecord *record = NULL;
        if (!id_is_zero(id)) {
                record = contracts_record_find(work->txn, work->arena, id);
                if (record == NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                      "Ce contrat n'est pas connu : vérifiez son identifiant, ou laissez-le vide.");
        }
        *ret = basis_of_lot(work, id, record, lot == 0 ? 1 : lot);
        if (work->actor->role == TYPES__ROLE__COMPANY) /* Security: the buyer's estimate; it may give an amount */
                ret->amount = NULL;
        return true;
}

bool basis_calculate(const struct work *work, const Contracts__Calibration *asked,
                     const struct calibration_basis *basis, Contracts__CalibrateReply **ret,
                     struct refusal *ret_refusal)
{
        struct calibration_result result;
        Contracts__Calibration *calibration;

        if (!calibration_complete(asked, basis, work->arena, &calibration, ret_refusal) ||
            !calibration_compute(calibration, basis, &result, ret_refusal))
                return false;
        Contracts__CalibrateReply *reply = pb_new(&contracts__calibrate_reply__descriptor, work->arena);
        struct calibration_warnings warnings = calibration_warn(calibration, &result, basis, work->arena);
        reply->hours = hours_to(work->arena, result.rounded);
        reply->exact = hours_to(work->arena, result.exact);
        reply->weeks_35h = hours_to(work->arena, result.weeks);
        reply->full_time_equivalent = decimal_to(work->arena, result.full_time_equivalent);
        if (calibration_months(calibration, basis) != 0)
                reply->persons = decimal_to(work->arena, result.persons);
        reply->warnings = warnings.texts;
        reply->n_warnings = warnings.count;
        reply->method = calibration_method(calibration);
        reply->rules_version = basis->rules->version;
        reply->sources = calibration_sources(calibration, basis, work->arena, &reply->n_sources);
        reply->calibration = calibration;
        *ret = reply;
        return true;
}

void basis_tell_clause(const struct work *work, const Contracts__ClausePut *clause, Contracts__ClauseView *view)
{
        struct id contract = id_of(clause->contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);
        struct calibration_basis basis = basis_of_lot(work, contract, record, clause->lot);
        struct calibration_result result;
        struct refusal refusal;

        basis.rules = calibration_rules_named(&context_of(work)->dated[DATED_CALIBRATION], clause->rules_version,
                                              work->today);
        view->method = calibration_method(clause->calibration);
        view->rules_version = clause->rules_version;
        view->calibration = clause->calibration;
        view->calculation = (char *)(uintptr_t)calibration_told(clause->calibration, work->arena);
        if (!calibration_compute(clause->calibration, &basis, &result, &refusal))
                return; /* its hours were counted under rules that are gone; they stand, but nothing follows from them
                         */
        view->weeks_35h = hours_to(work->arena, result.weeks);
        view->full_time_equivalent = decimal_to(work->arena, result.full_time_equivalent);
        struct calibration_warnings warnings = calibration_warn(clause->calibration, &result, &basis, work->arena);
        view->warnings = warnings.texts;
        view->n_warnings = warnings.count;
}
