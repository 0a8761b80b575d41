/* put_control_plan: how a clause is controlled: when statements are due, which documents, which penalties.
 * Caller: facilitator (of one of the clause's territories), coordinator.  Emits: ControlPlanPut, or nothing where it
 * says the same. Refuses: NOT_FOUND (clause), INVALID_FIELD (model, plan), NOT_ALLOWED, WRONG_STATE (a case is open:
 * its penalties must not change under it). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/control/ceilings.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/kept_penalties.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/plan.h"
#include "services/contracts/control/rules.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/to_confirm.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static bool has_open_case(const struct work *work, struct id obligation)
{
        struct walk walk;
        struct id id;
        bool found = false;

        control_walk_cases_of(work->txn, obligation, slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
                found = record != NULL && case_is_open(record);
        }
        walk_end(&walk);
        return found;
}

static bool is_contested(const struct work *work, struct id clause_id)
{
        struct walk walk;
        struct id id;
        bool found = false;

        contracts_walk_obligations_of_clause(work->txn, clause_id, &walk);
        while (!found && walk_next(&walk, &id))
                found = has_open_case(work, id);
        walk_end(&walk);
        return found;
}

/* What the CCAP that was handed over says of the clause's lot. NULL: none was. */
static const Contracts__KeptPenalties *kept_of(const struct work *work, const Contracts__ClausePut *clause)
{
        return kept_penalties_of(contracts_file_find(work->txn, work->arena, id_of(clause->contract_id)), clause->lot);
}

static bool decide(const struct work *work, const Contracts__PutControlPlan *command,
                   const Contracts__ClausePut *clause, Contracts__ControlPlanPut *ret, struct refusal *ret_refusal)
{
        const Contracts__ControlRulesVersion *rules = rules_on(work, DATED_CONTROL, work->today);
        const Contracts__ControlModel *model = control_model(rules, command->model);
        if (model == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "model",
                              "La liste des modèles vient de changer : choisissez de nouveau.");
        ret->plan = plan_complete(command->plan, model->plan, work->arena);
        const Contracts__KeptPenalties *kept = kept_of(work, clause);
        if (kept != NULL && !kept_penalties_take(kept, command->plan, ret->plan, work->arena, ret_refusal))
                return false;
        const Contracts__ContractRecord *record =
                contracts_record_find(work->txn, work->arena, id_of(clause->contract_id));
        const struct ceilings_of ceilings = {ret->plan, rules, amount_trusted(work, record->amount), work->today};
        if (!plan_check(ret->plan, rules, ret_refusal) || !plan_set_report(ret->plan, rules, record, ret_refusal) ||
            !ceilings_allow(&ceilings, work->arena, ret_refusal))
                return false;
        ret->clause_id = clause->clause_id;
        ret->contract_id = clause->contract_id;
        ret->lot = clause->lot;
        ret->model = model->code;
        ret->rules_version = rules->version;
        return true;
}

static struct reply answer(struct work *work, const Contracts__ClausePut *clause, const Contracts__ControlPlanPut *put)
{
        struct to_confirm list = {.arena = work->arena};
        if (kept_of(work, clause) == NULL)
                to_confirm_add(&list, arena_text(work->arena,
                                                 "Pénalités : aucun CCAP remis à l'acheteur n'est connu pour ce lot ; "
                                                 "vérifiez que celles du plan sont celles du contrat signé."));
        if (text_is_empty(put->plan->article))
                to_confirm_add(&list,
                               arena_text(work->arena,
                                          "Article du contrat qui porte la clause et ses pénalités : indiquez-le "
                                          "(article), les lettres le citent."));
        const Contracts__ControlRulesVersion *rules = rules_on(work, DATED_CONTROL, work->today);
        const Contracts__ContractRecord *record =
                contracts_record_find(work->txn, work->arena, id_of(clause->contract_id));
        const struct ceilings_of ceilings = {put->plan, rules, amount_trusted(work, record->amount), work->today};
        const Contracts__ReportRule *report = rules->concession_report;
        ceilings_doubt(&ceilings, &list);
        if (put->plan->report_terms != NULL && report != NULL)
                to_confirm_add(&list,
                               arena_printf(work->arena,
                                            "Rapport annuel du concessionnaire : demandé chaque année (%s). Si la "
                                            "consultation a été lancée avant le %s, dites-le "
                                            "(plan.yearlyReport : REPORT_NOT_WANTED).",
                                            report->source, french_day(work->arena, day_of(report->from))));
        Contracts__PutControlPlanReply *reply = pb_new(&contracts__put_control_plan_reply__descriptor, work->arena);
        reply->plan = put->plan;
        reply->rules_version = put->rules_version;
        reply->to_confirm = list.texts;
        reply->n_to_confirm = list.count;
        return reply_ok(work, reply);
}

struct reply handle_put_control_plan(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutControlPlan *command = (const Contracts__PutControlPlan *)message;
        Contracts__ControlPlanPut *put = pb_new(&contracts__control_plan_put__descriptor, work->arena);
        struct refusal refusal;

        const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, id_of(command->clause_id));
        if (clause == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "clause_id",
                                    "Cette clause n'est pas connue : posez-la d'abord sur le lot du contrat.");
        if (!decide(work, command, clause, put, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__ControlPlanPut *known = control_plan_find(work->txn, work->arena, id_of(clause->clause_id));
        if (known != NULL && slice_equal(pb_encode(known, work->arena), pb_encode(put, work->arena)))
                return answer(work, clause, known);
        if (is_contested(work, id_of(clause->clause_id)))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__WRONG_STATE, "clause_id",
                        "Un dossier de contrôle est ouvert sur cette clause : ses pénalités ne changent pas "
                        "en cours de route. Clôturez-le d'abord.");

        work_record(work, &put->base);
        return answer(work, clause, put);
}
