/* ending.c: the end of an execution, and the attestation that all was done. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "services/contracts/control/letters.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/control/suspending.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/record/suspension.h"

/* end_contract: the contract is over: completed, terminated before its term, or not renewed; then the hours of the
 * years that will not come are owed no more (an amendment says otherwise, where the contract does).
 * Caller: the contract's buyer; facilitator (of one of the contract's territories), coordinator.  Emits: ContractEnded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ended_on, kind, reason), WRONG_STATE (ended or declined already). */
static bool may_end(const Contracts__EndContract *command, const struct loaded_contract *contract,
                    struct refusal *ret_refusal)
{
        if (loaded_contract_has_ended(contract))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat est déjà terminé ; une fin mal enregistrée s'annule (WithdrawAct).");
        if (contract->file != NULL && contract->file->declined)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat a été décliné : il n'est pas suivi ici.");
        if (command->kind == CONTRACTS__CONTRACT_END_KIND__END_TERMINATED && text_is_empty(command->reason))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Une résiliation a un motif : écrivez-le.");
        const Types__Day *start =
                contract->record->starts_on != NULL ? contract->record->starts_on : contract->record->notified_on;
        return start == NULL || day_follows(command->ended_on, day_of(start), "ended_on", ret_refusal);
}

/* Of hours that were fixed for the whole duration, those of the days until the end. */
static int64_t kept_hundredths(int64_t demanded, const struct span *span, const Types__Day *ended_on)
{
        int64_t days = (int64_t)day_number(span->end) - day_number(span->start) + 1;
        int64_t lived = (int64_t)ended_on->days - day_number(span->start) + 1;
        return lived >= days ? demanded : demanded * (lived > 0 ? lived : 0) / days;
}

/* What is owed at the end: of parts, those that had begun; of a contract that was not renewed, the days lived. */
static void reduce_one(const struct work *work, const Contracts__EndContract *command, struct id id,
                       struct postings *postings)
{
        struct loaded_obligation loaded;
        struct loaded_control control;
        struct refusal ignored;

        if (!loaded_obligation_find(work, id_to(work->arena, id), "", &loaded, &ignored) ||
            !loaded_control_read(work, loaded.obligation, &control))
                return;
        struct demand demand = loaded_obligation_demand(work, &loaded);
        demand.today = day_of(command->ended_on);
        int64_t owed = hours_hundredths(terms_demanded(&demand));
        if (command->kind == CONTRACTS__CONTRACT_END_KIND__END_NOT_RENEWED && control.has_span) {
                span_on(&control.span, demand.today);
                owed = kept_hundredths(owed, &control.span, command->ended_on);
        }
        loaded_obligation_post_demand(work, &loaded, hours_of_hundredths(owed), "Durée non reconduite", postings);
}

static struct postings reductions(const struct work *work, const Contracts__EndContract *command)
{
        struct postings postings = {0};
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_contract(work->txn, id_of(command->contract_id), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id))
                reduce_one(work, command, id, &postings);
        walk_end(&walk);
        return postings;
}

struct reply handle_end_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__EndContract *command = (const Contracts__EndContract *)message;
        struct refusal refusal;
        struct loaded_contract contract;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) ||
            !may_end(command, &contract, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ContractEnded body = CONTRACTS__CONTRACT_ENDED__INIT;
        body.contract_id = command->contract_id;
        body.ended_on = command->ended_on;
        body.kind = command->kind;
        body.reason = command->reason;
        struct postings postings = reductions(work, command);
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);

        Contracts__EndContractReply *reply = pb_new(&contracts__end_contract_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->postings = body.postings;
        reply->n_postings = body.n_postings;
        return reply_ok(work, reply);
}

/* resume_execution: the work goes on: what is suspended that day, of the contract, of one lot or of one company, ends
 * the day before. A resumption on the day after a suspension that had an end is kept as it was told.
 * Caller: the contract's buyer; facilitator (of one of the contract's territories), coordinator.  Emits:
 * ExecutionResumed. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (resumed_on, lot, obligation_id), WRONG_STATE
 * (nothing is suspended). */
static bool runs_on(const Contracts__Suspension *suspension, const Types__Day *day)
{
        return suspension->from->days < day->days && (suspension->to == NULL || suspension->to->days >= day->days - 1);
}

static bool may_resume(const Contracts__ResumeExecution *command, const struct loaded_contract *contract,
                       const struct stopped *resumed, struct refusal *ret_refusal)
{
        bool of_more = false;
        for (size_t i = 0; contract->file != NULL && i < contract->file->n_suspensions; i++) {
                const Contracts__Suspension *one = contract->file->suspensions[i];
                struct stopped stopped = stopped_by(one);
                if (!runs_on(one, command->resumed_on))
                        continue;
                if (stopped_covers(resumed, &stopped))
                        return true;
                of_more = of_more || stopped_covers(&stopped, resumed);
        }
        return refuse(
                ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "resumed_on",
                of_more ? "La suspension qui court ce jour-là est plus large : reprenez le tout, puis suspendez ce "
                          "qui reste arrêté (SuspendExecution)."
                        : "Aucune suspension ne court ce jour-là : vérifiez la date de reprise.");
}

struct reply handle_resume_execution(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ResumeExecution *command = (const Contracts__ResumeExecution *)message;
        Contracts__Suspension whom = CONTRACTS__SUSPENSION__INIT;
        struct refusal refusal;
        struct loaded_contract contract;

        whom.obligation_id = command->obligation_id;
        whom.lot = command->lot;
        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) ||
            !suspending_whom(work, &contract, &whom, &refusal))
                return reply_refusal(work, &refusal);
        struct stopped resumed = stopped_by(&whom);
        if (!may_resume(command, &contract, &resumed, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ExecutionResumed body = CONTRACTS__EXECUTION_RESUMED__INIT;
        body.contract_id = command->contract_id;
        body.resumed_on = command->resumed_on;
        body.reference = command->reference;
        body.obligation_id = whom.obligation_id;
        body.lot = whom.lot;
        work_record(work, &body.base);

        Contracts__ResumeExecutionReply *reply = pb_new(&contracts__resume_execution_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}

/* issue_attestation: the company is quit of the hours of a lot: the letter to it and to the buyer. Issued once; asked
 * again, the same.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: AttestationIssued, or nothing.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (hours remain that the buyer did not waive, or a case is open). */
static bool may_attest(const struct work *work, const struct loaded_control *loaded, const struct case_sums *sums,
                       struct refusal *ret_refusal)
{
        int64_t remaining = hours_hundredths(loaded->pace.owed) - hours_hundredths(loaded->pace.done);

        if (sums->has_open)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Un dossier de contrôle est ouvert sur cette obligation : clôturez-le d'abord.");
        if (remaining <= hours_hundredths(sums->waived))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Il reste %s à réaliser, auxquelles l'acheteur n'a pas renoncé : l'attestation attend qu'elles "
                      "soient faites, ou sa décision.",
                      french_hours(work->arena, hours_of_hundredths(remaining)));
}

/* By a posting of the ledger, and by the decisions of cases. */
static struct hours waived_in_all(const struct work *work, const struct loaded_control *loaded,
                                  const struct case_sums *sums)
{
        struct ledger ledger = contracts_ledger(work->txn, work->arena, id_of(loaded->obligation->obligation_id));
        return hours_of_hundredths(hours_hundredths(ledger.balance[ACCOUNT_WAIVED]) + hours_hundredths(sums->waived));
}

static struct reply answer(struct work *work, char *text, Types__Day *issued_on, const struct to_confirm *list)
{
        Contracts__IssueAttestationReply *reply = pb_new(&contracts__issue_attestation_reply__descriptor, work->arena);
        reply->text = text;
        reply->issued_on = issued_on;
        reply->to_confirm = list->texts;
        reply->n_to_confirm = list->count;
        return reply_ok(work, reply);
}

struct reply handle_issue_attestation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__IssueAttestation *command = (const Contracts__IssueAttestation *)message;
        Contracts__AttestationIssued body = CONTRACTS__ATTESTATION_ISSUED__INIT;
        struct refusal refusal;
        struct loaded_control loaded;

        work_as_of(work, command->issued_on);
        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ObligationControl *control = control_of(work->txn, work->arena, loaded.obligation->obligation_id);
        if (control->attested_on != NULL)
                return answer(work, control->attestation, control->attested_on, &(struct to_confirm){0});
        struct case_sums sums = loaded_control_sums(work, &loaded, (struct id){{0}});
        if (!may_attest(work, &loaded, &sums, &refusal))
                return reply_refusal(work, &refusal);
        struct hours waived = waived_in_all(work, &loaded, &sums);
        struct letter letter;
        if (!letter_attestation(work, &loaded, waived, &letter, &refusal))
                return reply_refusal(work, &refusal);

        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.issued_on = day_to(work->arena, work->today);
        body.text = letter.text;
        body.texts_version = letter.version;
        body.waived_hours = hours_to(work->arena, waived);
        work_record(work, &body.base);
        return answer(work, body.text, body.issued_on, &letter.to_confirm);
}
