/* import_running: a list of contracts that run already: what its rows tell is recorded contract by contract, by the
 * events of the single commands, in one batch that can be taken back. What is wrong is told row by row, the others are
 * taken. The same list again changes nothing. Caller: facilitator (of the territory), coordinator. Emits, of each
 * contract: ContractOpened, ClausePut, ObligationRecorded, HoursTakenOver, CaseOpened as its rows tell; then
 * BatchImported. Refuses: INVALID_FIELD (territory, list), NOT_ALLOWED, ALREADY_EXISTS (the same file would change
 * something again). */
#include "contracts/calls.h"

#include "services/contracts/running/running_list.h"

static void record_obligation(struct running_list *list, struct running_obligation *owed)
{
        struct work *work = list->intake.work;
        Contracts__HoursTakenOver *hours = owed->is_taking ? owed->taking.body : NULL;
        if (owed->is_new)
                work_record(work, &owed->loaded.obligation->base);
        if (hours != NULL && hours->n_lines > 0) {
                hours->taken_over_on = day_to(work->arena, work->today);
                hours->batch_id = (Types__Id *)(uintptr_t)intake_batch_id(&list->intake);
                work_record(work, &hours->base);
        }
        for (size_t i = 0; i < owed->case_count; i++)
                work_record(work, &owed->cases[i]->base);
}

/* How many events tell of it: together they are the act that is taken back as a whole. */
static uint32_t record_contract(struct running_list *list, const struct running_contract *contract)
{
        struct work *work = list->intake.work;
        uint32_t before = work->recorded;
        if (contract->opened != NULL)
                work_record(work, &contract->opened->base);
        for (size_t i = 0; i < contract->clause_count; i++) {
                const struct running_clause *clause = contract->clauses[i];
                if (clause->is_new)
                        work_record(work, &clause->put->base);
                for (size_t k = 0; k < clause->count; k++)
                        record_obligation(list, clause->owed[k]);
        }
        return work->recorded - before;
}

static void record_rows(struct running_list *list, const struct running_contract *contract, uint32_t events)
{
        for (size_t i = 0; i < list->line_count; i++) {
                const struct running_line *line = &list->lines[i];
                if (!line->is_taken || line->contract != contract)
                        continue;
                list->intake.report->rows[i]->id = id_to(list->intake.work->arena, contract->id);
                intake_recorded(&list->intake, i, contract->id, (int32_t)events, slice_of(NULL, 0));
        }
}

struct reply handle_import_running(struct work *work, const ProtobufCMessage *message)
{
        const struct running_question question = {(const Contracts__ImportRunning *)message, NULL, 0};
        struct running_list list;
        struct refusal refusal;

        if (!running_list_judge(work, &question, &list, &refusal) || !intake_may_record(&list.intake, &refusal))
                return reply_refusal(work, &refusal);
        for (size_t i = 0; i < list.model.contract_count; i++) {
                const struct running_contract *contract = list.model.contracts[i];
                record_rows(&list, contract, record_contract(&list, contract));
        }
        if (intake_is_news(&list.intake))
                intake_record_batch(&list.intake);
        Contracts__ImportRunningReply *reply = pb_new(&contracts__import_running_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}
