/* control_events.c: plans, statements, reminders, difficulties, end. The ladder: case_events.c. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include <string.h>

#include "common/store/stored.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

void apply_control_plan_put(const struct change *change, const Contracts__ControlPlanPut *body)
{
        control_plan_put(change->txn, change->arena, body);
}

void apply_responsible_named(const struct change *change, const Contracts__ResponsibleNamed *body)
{
        Contracts__ObligationControl *row = control_of(change->txn, change->arena, body->obligation_id);
        row->contact_id = body->contact_id;
        row->sealed_responsible = body->contact_id == NULL ? (ProtobufCBinaryData){0} : pb_bytes(change->event->sealed);
        row->responsible = NULL;
        if (body->contact_id == NULL) { /* of before it was sealed */
                row->responsible = pb_decode(&contracts__responsible__descriptor, change->event->sealed, change->arena);
                require_stored(row->responsible != NULL);
        }
        control_put(change->txn, change->arena, row);
}

static void want(Contracts__StatementReceipt *receipt, char *document, struct arena *arena)
{
        for (size_t i = 0; i < receipt->n_wanted; i++)
                if (strcmp(receipt->wanted[i], document) == 0)
                        return;
        receipt->wanted = pb_append(receipt->wanted, &receipt->n_wanted, sizeof(char *), arena);
        receipt->wanted[receipt->n_wanted - 1] = document;
}

/* What the plan wanted then: all that has come, and what was missing still. */
static Contracts__StatementReceipt *receipt_of(const struct change *change, const Contracts__StatementRow *row,
                                               const Contracts__StatementReceived *body)
{
        Contracts__StatementReceipt *receipt = pb_new(&contracts__statement_receipt__descriptor, change->arena);
        receipt->received_on = body->received_on;
        receipt->documents = body->documents;
        receipt->n_documents = body->n_documents;
        for (size_t i = 0; i < row->n_documents; i++)
                want(receipt, row->documents[i], change->arena);
        for (size_t i = 0; i < body->n_documents; i++)
                want(receipt, body->documents[i], change->arena);
        for (size_t i = 0; i < body->n_missing; i++)
                want(receipt, body->missing[i], change->arena);
        return receipt;
}

void apply_statement_received(const struct change *change, const Contracts__StatementReceived *body)
{
        Contracts__StatementRow *row =
                control_statement_of(change->txn, change->arena, body->obligation_id, body->period_end);

        row->receipts = pb_append(row->receipts, &row->n_receipts, sizeof(*row->receipts), change->arena);
        row->receipts[row->n_receipts - 1] = receipt_of(change, row, body);
        control_statement_put(change->txn, change->arena, row);
}

static Contracts__SentReminder *reminder_of(const struct change *change, const Contracts__ReminderSent *body)
{
        Contracts__SentReminder *reminder = pb_new(&contracts__sent_reminder__descriptor, change->arena);
        reminder->offset_days = body->offset_days;
        reminder->sent_on = body->sent_on;
        return reminder;
}

void apply_reminder_sent(const struct change *change, const Contracts__ReminderSent *body)
{
        Contracts__SentReminder *reminder = reminder_of(change, body);

        if (body->period_end != NULL) {
                Contracts__StatementRow *row =
                        control_statement_of(change->txn, change->arena, body->obligation_id, body->period_end);
                row->reminders = pb_append(row->reminders, &row->n_reminders, sizeof(reminder), change->arena);
                row->reminders[row->n_reminders - 1] = reminder;
                control_statement_put(change->txn, change->arena, row);
        }
        Contracts__ControlCase *record =
                body->case_id == NULL ? NULL : control_case_find(change->txn, change->arena, id_of(body->case_id));
        if (record == NULL)
                return;
        record->reminders = pb_append(record->reminders, &record->n_reminders, sizeof(reminder), change->arena);
        record->reminders[record->n_reminders - 1] = reminder;
        record->step = CONTRACTS__CASE_STEP__COMPANY_REMINDED;
        control_case_put(change->txn, change->arena, record);
}

/* ---- difficulty, suspension, end */

void apply_difficulty_declared(const struct change *change, const Contracts__DifficultyDeclared *body)
{
        Contracts__ObligationControl *row = control_of(change->txn, change->arena, body->obligation_id);
        Contracts__Difficulty *difficulty =
                pb_decode(&contracts__difficulty__descriptor, change->event->sealed, change->arena);
        require_stored(difficulty != NULL);
        row->difficulties = pb_append(row->difficulties, &row->n_difficulties, sizeof(difficulty), change->arena);
        row->difficulties[row->n_difficulties - 1] = difficulty;
        control_put(change->txn, change->arena, row);
}

static void suspend(const struct change *change, const Types__Id *contract, Contracts__Suspension *suspension)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, contract);
        file->suspensions = pb_append(file->suspensions, &file->n_suspensions, sizeof(suspension), change->arena);
        file->suspensions[file->n_suspensions - 1] = suspension;
        contracts_file_put(change->txn, change->arena, file);
}

static void suspend_in_relief(const struct change *change, const Contracts__ReliefDecided *body)
{
        Contracts__Suspension *suspension = pb_new(&contracts__suspension__descriptor, change->arena);
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(change->txn, change->arena, id_of(body->obligation_id));

        if (!body->whole_contract && obligation != NULL) { /* NULL: the transaction has failed */
                suspension->obligation_id = body->obligation_id;
                suspension->lot = obligation->lot;
        }
        suspension->from = body->from;
        suspension->decided_to = body->to;
        suspension->reference = body->reference;
        suspend(change, body->contract_id, suspension);
}

void apply_relief_decided(const struct change *change, const Contracts__ReliefDecided *body)
{
        Contracts__ObligationControl *row = control_of(change->txn, change->arena, body->obligation_id);

        row->reliefs = pb_append(row->reliefs, &row->n_reliefs, sizeof(body), change->arena);
        row->reliefs[row->n_reliefs - 1] = (Contracts__ReliefDecided *)(uintptr_t)body;
        control_put(change->txn, change->arena, row);
        if (body->relief == CONTRACTS__RELIEF__RELIEF_SUSPEND)
                suspend_in_relief(change, body);
}

void apply_execution_suspended(const struct change *change, const Contracts__ExecutionSuspended *body)
{
        Contracts__Suspension *suspension = pb_new(&contracts__suspension__descriptor, change->arena);

        suspension->obligation_id = body->obligation_id;
        suspension->lot = body->lot;
        suspension->from = body->from;
        suspension->decided_to = body->to;
        suspension->reference = body->reference;
        suspension->ordered_on = body->ordered_on;
        suspend(change, body->contract_id, suspension);
}

void apply_execution_resumed(const struct change *change, const Contracts__ExecutionResumed *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__Resumption *resumption = pb_new(&contracts__resumption__descriptor, change->arena);
        resumption->resumed_on = body->resumed_on;
        resumption->obligation_id = body->obligation_id;
        resumption->lot = body->lot;
        file->resumptions = pb_append(file->resumptions, &file->n_resumptions, sizeof(resumption), change->arena);
        file->resumptions[file->n_resumptions - 1] = resumption;
        contracts_file_put(change->txn, change->arena, file);
}

void apply_contract_ended(const struct change *change, const Contracts__ContractEnded *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        file->ended_on = body->ended_on;
        file->end_kind = body->kind;
        contracts_file_put(change->txn, change->arena, file);
        obligations_apply_reduction(change, body->ended_on, body->postings, body->n_postings);
        obligations_wait_for_parts(change, body->contract_id);
}

void apply_attestation_issued(const struct change *change, const Contracts__AttestationIssued *body)
{
        Contracts__ObligationControl *row = control_of(change->txn, change->arena, body->obligation_id);
        row->attested_on = body->issued_on;
        row->attestation = body->text;
        control_put(change->txn, change->arena, row);
}

/* ---- told */

static const char *company(const struct telling *telling, const Types__Id *obligation_id)
{
        return told_company(telling, obligation_id, "L'entreprise");
}

static const char *frequency_told(Contracts__StatementFrequency frequency)
{
        switch (frequency) {
        case CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH: return "chaque mois";
        case CONTRACTS__STATEMENT_FREQUENCY__EVERY_QUARTER: return "chaque trimestre";
        case CONTRACTS__STATEMENT_FREQUENCY__EVERY_HALF_YEAR: return "chaque semestre";
        default: return "à la fin du contrat";
        }
}

void tell_control_plan_put(struct telling *telling, const Contracts__ControlPlanPut *body)
{
        tell(telling,
             "Contrôle réglé pour le lot %u : relevés %s, avant le %u du mois suivant (modèle « %s », règles %s).",
             body->lot, frequency_told(body->plan->frequency), body->plan->due_day, body->model, body->rules_version);
}

void tell_responsible_named(struct telling *telling, const Contracts__ResponsibleNamed *body)
{
        tell(telling, "%s a nommé son interlocuteur pour la clause.", company(telling, body->obligation_id));
}

void tell_statement_received(struct telling *telling, const Contracts__StatementReceived *body)
{
        const char *documents = french_count(telling->arena, (int64_t)body->n_documents, "document");
        if (body->n_missing == 0)
                tell(telling, "%s : %s de la période close le %s, parvenus le %s ; le relevé est complet.",
                     company(telling, body->obligation_id), documents, told_day(telling, body->period_end),
                     told_day(telling, body->received_on));
        else
                tell(telling, "%s : %s de la période close le %s, parvenus le %s ; il en manque %zu.",
                     company(telling, body->obligation_id), documents, told_day(telling, body->period_end),
                     told_day(telling, body->received_on), body->n_missing);
}

void tell_reminder_sent(struct telling *telling, const Contracts__ReminderSent *body)
{
        if (body->period_end != NULL)
                tell(telling, "Rappel envoyé le %s à %s pour le relevé de la période close le %s (J%+d).",
                     told_day(telling, body->sent_on), company(telling, body->obligation_id),
                     told_day(telling, body->period_end), body->offset_days);
        else
                tell(telling, "Rappel envoyé le %s à %s sur ses heures d'insertion.", told_day(telling, body->sent_on),
                     company(telling, body->obligation_id));
}

void tell_difficulty_declared(struct telling *telling, const Contracts__DifficultyDeclared *body)
{
        tell(telling, "%s déclare une difficulté, par lettre recommandée du %s.", company(telling, body->obligation_id),
             told_day(telling, body->letter_on));
}

void tell_relief_decided(struct telling *telling, const Contracts__ReliefDecided *body)
{
        const char *name = company(telling, body->obligation_id), *on = told_day(telling, body->decided_on);
        switch (body->relief) {
        case CONTRACTS__RELIEF__RELIEF_SUSPEND:
                tell(telling, "L'acheteur a suspendu %s à partir du %s (décision du %s) : %s",
                     body->whole_contract ? "l'exécution du contrat" : name, told_day(telling, body->from), on,
                     body->reasons);
                break;
        case CONTRACTS__RELIEF__RELIEF_REDUCE:
                tell(telling, "L'acheteur a décidé le %s de retirer %s à %s : %s", on, told_hours(telling, body->hours),
                     name, body->reasons);
                break;
        case CONTRACTS__RELIEF__RELIEF_CANCEL:
                tell(telling, "L'acheteur a décidé le %s de renoncer aux heures restantes de %s : %s", on, name,
                     body->reasons);
                break;
        default: tell(telling, "L'acheteur a refusé le %s la demande de %s : %s", on, name, body->reasons); break;
        }
}

/* "du contrat", "du lot 2", "par Peintures du Lauragais". */
static const char *stopped(const struct telling *telling, const Types__Id *obligation_id, uint32_t lot)
{
        if (obligation_id != NULL)
                return arena_printf(telling->arena, "par %s", company(telling, obligation_id));
        return lot == 0 ? "du contrat" : arena_printf(telling->arena, "du lot %u", lot);
}

void tell_execution_suspended(struct telling *telling, const Contracts__ExecutionSuspended *body)
{
        const char *until = body->to == NULL
                                    ? "jusqu'à la reprise"
                                    : arena_printf(telling->arena, "jusqu'au %s inclus", told_day(telling, body->to));
        const char *named = *body->reference == '\0' ? "" : arena_printf(telling->arena, " (%s)", body->reference);
        tell(telling, "Par ordre de service du %s%s, l'acheteur suspend l'exécution %s à partir du %s, %s : %s",
             told_day(telling, body->ordered_on), named, stopped(telling, body->obligation_id, body->lot),
             told_day(telling, body->from), until, body->reason);
}

void tell_execution_resumed(struct telling *telling, const Contracts__ExecutionResumed *body)
{
        tell(telling, "L'exécution %s reprend le %s.", stopped(telling, body->obligation_id, body->lot),
             told_day(telling, body->resumed_on));
}

void tell_contract_ended(struct telling *telling, const Contracts__ContractEnded *body)
{
        const char *how = body->kind == CONTRACTS__CONTRACT_END_KIND__END_TERMINATED    ? "résilié"
                          : body->kind == CONTRACTS__CONTRACT_END_KIND__END_NOT_RENEWED ? "non reconduit"
                                                                                        : "achevé";
        bool has_reason = *body->reason != '\0';
        tell(telling, "Contrat %s le %s%s%s", how, told_day(telling, body->ended_on), has_reason ? " : " : ".",
             body->reason);
        for (size_t i = 0; i < body->n_postings; i++) {
                const char *so_far = telling->text;
                tell(telling, "%s %s : %s, durée non reconduite.", so_far,
                     company(telling, body->postings[i]->obligation_id), told_hours(telling, body->postings[i]->hours));
        }
}

void tell_attestation_issued(struct telling *telling, const Contracts__AttestationIssued *body)
{
        if (hours_hundredths(hours_of(body->waived_hours)) > 0)
                tell(telling, "Attestation de réalisation délivrée à %s ; l'acheteur avait renoncé à %s.",
                     company(telling, body->obligation_id), told_hours(telling, body->waived_hours));
        else
                tell(telling, "Attestation de réalisation délivrée à %s.", company(telling, body->obligation_id));
}
