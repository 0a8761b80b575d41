/* case_events.c: the ladder of a case. Plans, statements, difficulties: control_events.c. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/require.h"
#include "common/store/stored.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/record/telling.h"

/* NULL only where the transaction has failed: cases are never deleted. */
static Contracts__ControlCase *case_of(const struct change *change, const Types__Id *case_id)
{
        Contracts__ControlCase *record = control_case_find(change->txn, change->arena, id_of(case_id));
        require(record != NULL || txn_error(change->txn) != 0);
        return record;
}

static char *signatory_of(const struct change *change)
{
        if (change->event->sealed.size == 0)
                return arena_text(change->arena, "");
        const Contracts__ControlSignature *signature =
                pb_decode(&contracts__control_signature__descriptor, change->event->sealed, change->arena);
        require_stored(signature != NULL);
        return signature->signatory;
}

/* A reminder that went before the case was opened, after the date, is one of its reminders. */
static void take_reminders(const struct change *change, Contracts__ControlCase *record)
{
        const Contracts__StatementRow *row = control_statement_find(
                change->txn, change->arena, id_of(record->obligation_id), day_of(record->period_end));
        for (size_t i = 0; row != NULL && i < row->n_reminders; i++) {
                if (row->reminders[i]->offset_days <= 0)
                        continue;
                record->reminders =
                        pb_append(record->reminders, &record->n_reminders, sizeof(*record->reminders), change->arena);
                record->reminders[record->n_reminders - 1] = row->reminders[i];
                record->step = CONTRACTS__CASE_STEP__COMPANY_REMINDED;
        }
}

void apply_case_opened(const struct change *change, const Contracts__CaseOpened *body)
{
        Contracts__ControlCase *record = pb_new(&contracts__control_case__descriptor, change->arena);

        record->case_id = body->case_id;
        record->obligation_id = body->obligation_id;
        record->contract_id = body->contract_id;
        record->ground = body->ground;
        record->period_end = body->period_end;
        record->reason = body->reason;
        record->opened_on = body->opened_on;
        record->step = CONTRACTS__CASE_STEP__CASE_OPEN;
        if (record->period_end != NULL)
                take_reminders(change, record);
        control_case_put(change->txn, change->arena, record);
        control_case_index(change->txn, record);
}

void apply_buyer_warned(const struct change *change, const Contracts__BuyerWarned *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        if (record == NULL)
                return;
        record->warned_on = body->warned_on;
        record->step = CONTRACTS__CASE_STEP__BUYER_TOLD;
        control_case_put(change->txn, change->arena, record);
}

void apply_formal_notice_drafted(const struct change *change, const Contracts__FormalNoticeDrafted *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        if (record == NULL)
                return;
        record->notice_text = body->text;
        record->texts_version = body->texts_version;
        record->notice_to_confirm = body->to_confirm;
        record->n_notice_to_confirm = body->n_to_confirm;
        record->drafted_on = body->drafted_on;
        record->step = CONTRACTS__CASE_STEP__NOTICE_DRAFTED;
        control_case_put(change->txn, change->arena, record);
}

void apply_formal_notice_served(const struct change *change, const Contracts__FormalNoticeServed *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        if (record == NULL)
                return;
        record->served_on = body->served_on;
        record->notice_reference = body->reference;
        record->notice_signatory = signatory_of(change);
        record->contradictory_until = body->contradictory_until;
        record->step = CONTRACTS__CASE_STEP__NOTICE_SERVED;
        control_case_put(change->txn, change->arena, record);
}

void apply_observations_received(const struct change *change, const Contracts__ObservationsReceived *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        Contracts__CompanyObservation *observation =
                pb_decode(&contracts__company_observation__descriptor, change->event->sealed, change->arena);
        require_stored(observation != NULL);
        if (record == NULL)
                return;
        record->observations =
                pb_append(record->observations, &record->n_observations, sizeof(observation), change->arena);
        record->observations[record->n_observations - 1] = observation;
        control_case_put(change->txn, change->arena, record);
}

void apply_penalty_proposed(const struct change *change, const Contracts__PenaltyProposed *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        if (record == NULL)
                return;
        record->proposal = body->proposal;
        record->step = CONTRACTS__CASE_STEP__DECISION_PROPOSED;
        control_case_put(change->txn, change->arena, record);
}

void apply_case_decided(const struct change *change, const Contracts__CaseDecided *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        if (record == NULL)
                return;
        record->decision = body->decision;
        record->decision_signatory = signatory_of(change);
        record->step = record->decision->choice == CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP
                               ? CONTRACTS__CASE_STEP__CATCHING_UP
                               : CONTRACTS__CASE_STEP__BUYER_DECIDED;
        control_case_put(change->txn, change->arena, record);
}

void apply_case_closed(const struct change *change, const Contracts__CaseClosed *body)
{
        Contracts__ControlCase *record = case_of(change, body->case_id);
        if (record == NULL)
                return;
        record->outcome = body->outcome;
        record->close_reason = body->reason;
        record->closed_on = body->closed_on;
        record->step = CONTRACTS__CASE_STEP__CASE_CLOSED;
        control_case_put(change->txn, change->arena, record);
}

/* ---- told */

static const char *company(const struct telling *telling, const Types__Id *obligation_id)
{
        return told_company(telling, obligation_id, "l'entreprise");
}

void tell_case_opened(struct telling *telling, const Contracts__CaseOpened *body)
{
        if (body->period_end != NULL)
                tell(telling, "Dossier de contrôle ouvert sur %s : %s, période close le %s.",
                     company(telling, body->obligation_id), ground_told(body->ground),
                     told_day(telling, body->period_end));
        else
                tell(telling, "Dossier de contrôle ouvert sur %s : %s.", company(telling, body->obligation_id),
                     ground_told(body->ground));
}

void tell_buyer_warned(struct telling *telling, const Contracts__BuyerWarned *body)
{
        tell(telling, "Acheteur averti le %s de la situation de %s.", told_day(telling, body->warned_on),
             company(telling, body->obligation_id));
}

void tell_formal_notice_drafted(struct telling *telling, const Contracts__FormalNoticeDrafted *body)
{
        tell(telling, "Mise en demeure de %s préparée, à la signature de l'acheteur.",
             company(telling, body->obligation_id));
}

void tell_formal_notice_served(struct telling *telling, const Contracts__FormalNoticeServed *body)
{
        tell(telling, "Mise en demeure de %s signée et envoyée par l'acheteur le %s%s%s ; observations jusqu'au %s.",
             company(telling, body->obligation_id), told_day(telling, body->served_on),
             *body->reference == '\0' ? "" : ", référence ", body->reference,
             told_day(telling, body->contradictory_until));
}

void tell_observations_received(struct telling *telling, const Contracts__ObservationsReceived *body)
{
        tell(telling, "Observations de %s reçues le %s, %s.", company(telling, body->obligation_id),
             told_day(telling, body->received_on), body->in_time ? "dans le délai" : "hors délai");
}

void tell_penalty_proposed(struct telling *telling, const Contracts__PenaltyProposed *body)
{
        const Contracts__PenaltyProposal *proposal = body->proposal;
        const char *name = company(telling, body->obligation_id);
        switch (proposal->kind) {
        case CONTRACTS__PROPOSAL_KIND__PROPOSE_NONE:
                tell(telling, "Le facilitateur propose à l'acheteur de renoncer à la pénalité de %s (%s) : %s", name,
                     proposal->formula, proposal->reasons);
                break;
        case CONTRACTS__PROPOSAL_KIND__PROPOSE_PLAN:
                tell(telling, "Le facilitateur propose à l'acheteur un plan de rattrapage de %s (%s) : %s", name,
                     proposal->formula, proposal->reasons);
                break;
        default:
                tell(telling, "Le facilitateur propose à l'acheteur une pénalité de %s pour %s (%s) : %s",
                     told_money(telling, proposal->amount), name, proposal->formula, proposal->reasons);
                break;
        }
}

void tell_case_decided(struct telling *telling, const Contracts__CaseDecided *body)
{
        const Contracts__BuyerDecision *decision = body->decision;
        const char *name = company(telling, body->obligation_id);
        const char *how =
                decision->recorded_for_buyer
                        ? arena_printf(telling->arena, " (décision écrite, référence %s)", decision->reference)
                        : "";
        const char *on = told_day(telling, decision->decided_on);
        switch (decision->choice) {
        case CONTRACTS__BUYER_CHOICE__CHOICE_APPLY:
                tell(telling, "L'acheteur a décidé le %s d'appliquer à %s une pénalité de %s%s.", on, name,
                     told_money(telling, decision->amount), how);
                break;
        case CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE:
                tell(telling, "L'acheteur a décidé le %s de réduire la pénalité de %s à %s%s : %s", on, name,
                     told_money(telling, decision->amount), how, decision->reasons);
                break;
        case CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE:
                tell(telling, "L'acheteur a décidé le %s de renoncer à la pénalité de %s%s : %s", on, name, how,
                     decision->reasons);
                break;
        default:
                tell(telling, "L'acheteur a accepté le %s un plan de rattrapage de %s jusqu'au %s%s.", on, name,
                     told_day(telling, decision->catch_up_until), how);
                break;
        }
}

void tell_case_closed(struct telling *telling, const Contracts__CaseClosed *body)
{
        static const char *const outcomes[] = {
                [CONTRACTS__CASE_OUTCOME__CASE_OUTCOME_UNKNOWN] = "sans suite",
                [CONTRACTS__CASE_OUTCOME__MADE_GOOD] = "l'entreprise s'est mise en règle",
                [CONTRACTS__CASE_OUTCOME__SETTLED] = "réglé par la décision de l'acheteur",
                [CONTRACTS__CASE_OUTCOME__OPENED_BY_MISTAKE] = "ouvert par erreur",
        };
        tell(telling, "Dossier de contrôle de %s clos le %s : %s.", company(telling, body->obligation_id),
             told_day(telling, body->closed_on), outcomes[body->outcome]);
}
