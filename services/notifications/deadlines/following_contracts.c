/* What contracts tells of clauses, obligations, cases, consultations and conventions, as far as somebody has to act by
 * a day. What an act told stands under the number of its event, so that withdrawing the act takes it away. */
#include <string.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/place.h"
#include "common/codec/types.h"
#include "contracts/events.pb-c.h"
#include "services/notifications/deadlines/following.h"

#define THING(NAME)   NOTIFICATIONS__FOLLOWED_THING__THING_##NAME
#define STEP_OF(NAME) CONTRACTS__CASE_STEP__##NAME

/* One more message at the end of a repeated field. */
#define ADD(TAKING, MESSAGE, FIELD, TYPE)                                                                              \
        ((MESSAGE)->FIELD =                                                                                            \
                 pb_append((MESSAGE)->FIELD, &(MESSAGE)->n_##FIELD, sizeof(*(MESSAGE)->FIELD), (TAKING)->arena),       \
         (MESSAGE)->FIELD[(MESSAGE)->n_##FIELD - 1] = pb_new(&notifications__##TYPE##__descriptor, (TAKING)->arena))

static void add_number(struct taking *taking, uint64_t **numbers, size_t *count)
{
        *numbers = pb_append(*numbers, count, sizeof(**numbers), taking->arena);
        (*numbers)[*count - 1] = taking->event->number;
}

static Types__Day *today(struct taking *taking, const char *territory)
{
        return day_to(taking->arena, local_day(territory, taking->event->at_ms));
}

/* --- contracts --------------------------------------------------------------------------------------------------- */

static Notifications__FollowedThing *contract_row(struct taking *taking, const Types__Id *contract)
{
        return taking_row(taking, id_of(contract), THING(CONTRACT));
}

static void put_contract(struct taking *taking, const Types__Id *contract, Notifications__FollowedThing *row)
{
        taking_put(taking, id_of(contract), row, NULL);
        taking_touch_all_of(taking, id_of(contract));
}

/* Of the hundreds of thousands that are published, those that say something of insertion; and all that is ours. */
static bool is_followed(struct taking *taking, const Types__Id *contract, const Contracts__ContractRecord *record)
{
        if (record->format == CONTRACTS__RECORD_FORMAT__OURS || record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return true;
        for (size_t i = 0; i < record->n_social; i++)
                if (record->social[i] != CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL)
                        return true;
        return followed_contract(taking->txn, id_of(contract), taking->arena) != NULL;
}

/* What holds after the last modification that tells one. */
static uint32_t duration_of(const Contracts__ContractRecord *record)
{
        uint32_t months = record->duration_months;
        for (size_t i = 0; i < record->n_modifications; i++)
                if (record->modifications[i]->duration_months != 0)
                        months = record->modifications[i]->duration_months;
        return months;
}

static void put_lots(struct taking *taking, Notifications__FollowedContract *held, Contracts__Lot *const *lots,
                     size_t count)
{
        held->n_lots = 0;
        for (size_t i = 0; i < count; i++) {
                if (lots[i]->duration_months == 0)
                        continue;
                Notifications__FollowedLot *lot = ADD(taking, held, lots, followed_lot);
                lot->number = lots[i]->number;
                lot->duration_months = lots[i]->duration_months;
        }
}

/* What tells a contract: its record, and of ours its lots and departments. */
struct told_contract {
        const Types__Id *contract;
        const Contracts__ContractRecord *record;
        Contracts__Lot *const *lots;
        size_t lot_count;
        char *const *territories;
        size_t territory_count;
        bool is_ours;
};

static void put_record(struct taking *taking, const struct told_contract *told)
{
        const Types__Id *contract = told->contract;
        const Contracts__ContractRecord *record = told->record;
        char territory[TERRITORY_TEXT_SIZE];
        if (record == NULL || (!told->is_ours && !is_followed(taking, contract, record)))
                return;
        Notifications__FollowedThing *row = contract_row(taking, contract);
        Notifications__FollowedContract *held = row->contract;
        held->buyer_siret = record->buyer_siret;
        held->is_private = record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        held->number = record->number;
        held->notified_on = record->notified_on;
        held->starts_on = record->starts_on;
        held->duration_months = duration_of(record);
        if (told->is_ours)
                put_lots(taking, held, told->lots, told->lot_count);
        if (told->territory_count > 0)
                held->territory = told->territories[0];
        else if (held->territory[0] == '\0' && place_territory(record->place, territory))
                held->territory = arena_text(taking->arena, territory);
        put_contract(taking, contract, row);
}

static void take_opened(struct taking *taking, const void *message)
{
        const Contracts__ContractOpened *opened = message;
        put_record(taking, &(struct told_contract){opened->contract_id, opened->record, opened->lots, opened->n_lots,
                                                   opened->territories, opened->n_territories, true});
}

static void take_amended(struct taking *taking, const void *message)
{
        const Contracts__ContractAmended *amended = message;
        put_record(taking, &(struct told_contract){.contract = amended->contract_id,
                                                   .record = amended->record,
                                                   .lots = amended->lots,
                                                   .lot_count = amended->n_lots,
                                                   .is_ours = true});
}

static void take_imported(struct taking *taking, const void *message)
{
        const Contracts__ContractImported *imported = message;
        put_record(taking, &(struct told_contract){.contract = imported->contract_id, .record = imported->record});
}

static void take_updated(struct taking *taking, const void *message)
{
        const Contracts__ContractUpdated *updated = message;
        put_record(taking, &(struct told_contract){.contract = updated->contract_id, .record = updated->record});
}

static void add_pause(struct taking *taking, const Types__Id *contract, Notifications__FollowedPause pause)
{
        Notifications__FollowedThing *row = contract_row(taking, contract);
        Notifications__FollowedPause *held = ADD(taking, row->contract, pauses, followed_pause);
        pause.number = taking->event->number;
        *held = pause;
        put_contract(taking, contract, row);
}

#define PAUSE(...)                                                                                                     \
        (Notifications__FollowedPause)                                                                                 \
        {                                                                                                              \
                .base = PROTOBUF_C_MESSAGE_INIT(&notifications__followed_pause__descriptor), __VA_ARGS__               \
        }

static void take_suspended(struct taking *taking, const void *message)
{
        const Contracts__ExecutionSuspended *told = message;
        add_pause(taking, told->contract_id,
                  PAUSE(.obligation_id = told->obligation_id, .lot = told->lot, .from = told->from, .to = told->to));
}

static void take_resumed(struct taking *taking, const void *message)
{
        const Contracts__ExecutionResumed *told = message;
        add_pause(taking, told->contract_id,
                  PAUSE(.obligation_id = told->obligation_id, .lot = told->lot, .from = told->resumed_on,
                        .is_end = true));
}

static void take_relief(struct taking *taking, const void *message)
{
        const Contracts__ReliefDecided *told = message;
        if (told->relief == CONTRACTS__RELIEF__RELIEF_SUSPEND)
                add_pause(taking, told->contract_id,
                          PAUSE(.obligation_id = told->whole_contract ? NULL : told->obligation_id, .from = told->from,
                                .to = told->to));
}

static void post_all(struct taking *taking, Contracts__Posting *const *postings, size_t count);

static void take_ended(struct taking *taking, const void *message)
{
        const Contracts__ContractEnded *told = message;
        Notifications__FollowedThing *row = contract_row(taking, told->contract_id);
        Notifications__FollowedDay *end = ADD(taking, row->contract, ended, followed_day);
        end->number = taking->event->number;
        end->day = told->ended_on;
        put_contract(taking, told->contract_id, row);
        post_all(taking, told->postings, told->n_postings);
}

/* --- consultations ----------------------------------------------------------------------------------------------- */

static void take_consultation(struct taking *taking, const void *message)
{
        const Contracts__ConsultationOpened *told = message;
        Notifications__FollowedThing *row = contract_row(taking, told->contract_id);
        Notifications__FollowedConsultation *one = ADD(taking, row->contract, consultations, followed_consultation);
        one->number = taking->event->number;
        one->information_due_on = told->information_due_on;
        one->offers_due_on = told->offers_due_on;
        one->published_on = told->published_on;
        put_contract(taking, told->contract_id, row);
}

static void take_postponed(struct taking *taking, const void *message)
{
        const Contracts__OffersPostponed *told = message;
        Notifications__FollowedThing *row = contract_row(taking, told->contract_id);
        Notifications__FollowedConsultation *one = ADD(taking, row->contract, consultations, followed_consultation);
        one->number = taking->event->number;
        one->information_due_on = told->information_due_on;
        one->offers_due_on = told->offers_due_on;
        if (row->contract->n_consultations > 1)
                one->published_on = row->contract->consultations[0]->published_on;
        put_contract(taking, told->contract_id, row);
}

static void add_question_step(struct taking *taking, const Types__Id *contract, const Types__Id *question,
                              Notifications__QuestionWait step, Types__Day *day)
{
        struct id parents[] = {id_of(contract), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(question), THING(QUESTION));
        Notifications__FollowedQuestionStep *one = ADD(taking, row->question, steps, followed_question_step);
        row->question->contract_id = (Types__Id *)(uintptr_t)contract;
        one->number = taking->event->number;
        one->step = step;
        one->day = day != NULL ? day : today(taking, "");
        taking_put(taking, id_of(question), row, parents);
}

static void take_question(struct taking *taking, const void *message)
{
        const Contracts__QuestionRecorded *told = message;
        add_question_step(taking, told->contract_id, told->question_id, NOTIFICATIONS__QUESTION_WAIT__QUESTION_OPEN,
                          told->received_on);
}

static void take_answer_sent(struct taking *taking, const void *message)
{
        const Contracts__AnswerSent *told = message;
        add_question_step(taking, told->contract_id, told->question_id,
                          NOTIFICATIONS__QUESTION_WAIT__QUESTION_WITH_BUYER, told->sent_on);
}

static void take_answer_published(struct taking *taking, const void *message)
{
        const Contracts__AnswerPublished *told = message;
        add_question_step(taking, told->contract_id, told->question_id, NOTIFICATIONS__QUESTION_WAIT__QUESTION_DONE,
                          told->published_on);
}

static void take_set_aside(struct taking *taking, const void *message)
{
        const Contracts__QuestionSetAside *told = message;
        add_question_step(taking, told->contract_id, told->question_id, NOTIFICATIONS__QUESTION_WAIT__QUESTION_DONE,
                          NULL);
}

/* --- clauses and obligations ------------------------------------------------------------------------------------- */

static void take_plan(struct taking *taking, const void *message)
{
        const Contracts__ControlPlanPut *told = message;
        struct id parents[] = {id_of(told->contract_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->clause_id), THING(CLAUSE));
        Notifications__FollowedPlan *plan = ADD(taking, row->clause, plans, followed_plan);
        row->clause->contract_id = told->contract_id;
        row->clause->lot = told->lot;
        plan->number = taking->event->number;
        plan->plan = told->plan;
        taking_put(taking, id_of(told->clause_id), row, parents);
        taking_touch_all_of(taking, id_of(told->clause_id));
}

static void add_holder(struct taking *taking, Notifications__FollowedObligation *held, Types__Id *organisation,
                       char *name)
{
        Notifications__FollowedHolder *holder = ADD(taking, held, holders, followed_holder);
        holder->number = taking->event->number;
        holder->organisation = organisation;
        holder->name = name;
}

static void take_obligation(struct taking *taking, const void *message)
{
        const Contracts__ObligationRecorded *told = message;
        struct id parents[] = {id_of(told->contract_id), id_of(told->clause_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->obligation_id), THING(OBLIGATION));
        Notifications__FollowedObligation *held = row->obligation;
        held->contract_id = told->contract_id;
        held->clause_id = told->clause_id;
        held->lot = told->lot;
        held->number = taking->event->number;
        held->by_invoices = told->by_invoices;
        held->remaining = hours_hundredths(hours_of(told->hours));
        held->territory = told->n_territories > 0 ? told->territories[0] : held->territory;
        held->recorded_on = today(taking, held->territory);
        add_holder(taking, held, told->contractor_organisation, told->contractor_name);
        taking_put(taking, id_of(told->obligation_id), row, parents);
}

static Notifications__FollowedThing *obligation_row(struct taking *taking, const Types__Id *obligation)
{
        Notifications__FollowedThing *row =
                obligation == NULL ? NULL : followed_find(taking->txn, id_of(obligation), taking->arena);
        return row != NULL && row->thing_case == THING(OBLIGATION) ? row : NULL;
}

static void take_assigned(struct taking *taking, const void *message)
{
        const Contracts__ObligationAssigned *told = message;
        Notifications__FollowedThing *row = obligation_row(taking, told->obligation_id);
        if (row == NULL || told->is_older)
                return;
        add_holder(taking, row->obligation, told->contractor_organisation, told->contractor_name);
        taking_put(taking, id_of(told->obligation_id), row, NULL);
        taking_touch_all_of(taking, id_of(told->obligation_id));
}

static void take_responsible(struct taking *taking, const void *message)
{
        const Contracts__ResponsibleNamed *told = message;
        Notifications__FollowedThing *row = obligation_row(taking, told->obligation_id);
        if (row == NULL)
                return;
        add_number(taking, &row->obligation->responsible, &row->obligation->n_responsible);
        taking_put(taking, id_of(told->obligation_id), row, NULL);
}

static void take_attested(struct taking *taking, const void *message)
{
        const Contracts__AttestationIssued *told = message;
        Notifications__FollowedThing *row = obligation_row(taking, told->obligation_id);
        if (row == NULL)
                return;
        add_number(taking, &row->obligation->attested, &row->obligation->n_attested);
        taking_put(taking, id_of(told->obligation_id), row, NULL);
}

static void take_statement(struct taking *taking, const void *message)
{
        const Contracts__StatementReceived *told = message;
        Notifications__FollowedThing *row = obligation_row(taking, told->obligation_id);
        if (row == NULL)
                return;
        Notifications__FollowedReceipt *receipt = ADD(taking, row->obligation, receipts, followed_receipt);
        receipt->number = taking->event->number;
        receipt->period_end = told->period_end;
        receipt->complete = told->n_missing == 0;
        taking_put(taking, id_of(told->obligation_id), row, NULL);
}

/* --- hours ------------------------------------------------------------------------------------------------------- */

static void move(Notifications__FollowedObligation *held, Contracts__Account account, int64_t hundredths)
{
        if (account == CONTRACTS__ACCOUNT__DUE)
                held->remaining += hundredths;
        else if (account == CONTRACTS__ACCOUNT__DONE || account == CONTRACTS__ACCOUNT__CONVERTED)
                held->done += hundredths;
}

/* `both`: the accounts that hours leave and enter. */
static void post(struct taking *taking, const Types__Id *obligation, const Contracts__Account both[2],
                 const Types__Hours *hours)
{
        Notifications__FollowedThing *row = obligation_row(taking, obligation);
        if (row == NULL)
                return;
        move(row->obligation, both[0], -hours_hundredths(hours_of(hours)));
        move(row->obligation, both[1], hours_hundredths(hours_of(hours)));
        taking_put(taking, id_of(obligation), row, NULL);
}

static void post_all(struct taking *taking, Contracts__Posting *const *postings, size_t count)
{
        for (size_t i = 0; i < count; i++)
                post(taking, postings[i]->obligation_id,
                     (const Contracts__Account[2]){postings[i]->from, postings[i]->to}, postings[i]->hours);
}

static void take_ledger(struct taking *taking, const void *message)
{
        const Contracts__LedgerPosted *told = message;
        post(taking, told->obligation_id, (const Contracts__Account[2]){told->from, told->to}, told->hours);
}

#define POSTS(NAME, TYPE)                                                                                              \
        static void NAME(struct taking *taking, const void *message)                                                   \
        {                                                                                                              \
                const Contracts__##TYPE *told = message;                                                               \
                post_all(taking, told->postings, told->n_postings);                                                    \
        }
POSTS(take_waived, HoursWaived)
POSTS(take_transfer, TransferAgreed)
POSTS(take_demand, ObligationAmended)
POSTS(take_order, OrderRecorded)
POSTS(take_invoice, ContractInvoiceRecorded)
POSTS(take_part_put, ContractPartPut)
POSTS(take_part_decided, ContractPartDecided)
POSTS(take_parts_began, ContractPartsBegan)
POSTS(take_taken_over, HoursTakenOver)
POSTS(take_replaced, TakenOverReplaced)

static void take_left(struct taking *taking, const void *message)
{
        const Contracts__MemberLeft *told = message;
        Notifications__FollowedThing *row = obligation_row(taking, told->obligation_id);
        if (row != NULL) {
                Notifications__FollowedDay *left = ADD(taking, row->obligation, left, followed_day);
                left->number = taking->event->number;
                left->day = told->left_on;
                taking_put(taking, id_of(told->obligation_id), row, NULL);
        }
        post_all(taking, told->postings, told->n_postings);
}

/* --- the ladder -------------------------------------------------------------------------------------------------- */

struct case_step {
        const Types__Id *case_id;
        Types__Id *obligation_id, *contract_id;
        Contracts__CaseStep step;
        Types__Day *day, *until;
};

static void add_case_step(struct taking *taking, struct case_step told)
{
        struct id parents[] = {id_of(told.contract_id), id_of(told.obligation_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(told.case_id), THING(CONTROL_CASE));
        Notifications__FollowedCase *held = row->control_case;
        Notifications__FollowedCaseStep *step = ADD(taking, held, steps, followed_case_step);
        held->obligation_id = told.obligation_id;
        held->contract_id = told.contract_id;
        step->number = taking->event->number;
        step->step = told.step;
        step->day = told.day != NULL ? told.day : today(taking, "");
        step->until = told.until;
        taking_put(taking, id_of(told.case_id), row, parents);
}

#define CASE_EVENT(NAME, TYPE, STEP, DAY, UNTIL)                                                                       \
        static void NAME(struct taking *taking, const void *message)                                                   \
        {                                                                                                              \
                const Contracts__##TYPE *told = message;                                                               \
                add_case_step(taking, (struct case_step){told->case_id, told->obligation_id, told->contract_id,        \
                                                         STEP_OF(STEP), DAY, UNTIL});                                  \
        }
CASE_EVENT(take_case, CaseOpened, CASE_OPEN, told->opened_on, NULL)
CASE_EVENT(take_warned, BuyerWarned, BUYER_TOLD, told->warned_on, NULL)
CASE_EVENT(take_drafted, FormalNoticeDrafted, NOTICE_DRAFTED, told->drafted_on, NULL)
CASE_EVENT(take_served, FormalNoticeServed, NOTICE_SERVED, told->served_on, told->contradictory_until)
CASE_EVENT(take_penalty, PenaltyProposed, DECISION_PROPOSED, told->proposal->proposed_on, NULL)
CASE_EVENT(take_closed, CaseClosed, CASE_CLOSED, told->closed_on, NULL)

static void take_decided(struct taking *taking, const void *message)
{
        const Contracts__CaseDecided *told = message;
        bool catches_up = told->decision->choice == CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP;
        add_case_step(taking, (struct case_step){told->case_id, told->obligation_id, told->contract_id,
                                                 catches_up ? STEP_OF(CATCHING_UP) : STEP_OF(BUYER_DECIDED),
                                                 told->decision->decided_on, told->decision->catch_up_until});
}

/* Of a statement alone it moves no case. */
static void take_reminder(struct taking *taking, const void *message)
{
        const Contracts__ReminderSent *told = message;
        if (told->case_id == NULL)
                return;
        const Notifications__FollowedThing *row = followed_find(taking->txn, id_of(told->case_id), taking->arena);
        taking_touch(taking, id_of(told->case_id));
        if (row == NULL || row->thing_case != THING(CONTROL_CASE) || row->control_case->n_steps > 1)
                return;
        add_case_step(taking, (struct case_step){told->case_id, told->obligation_id, told->contract_id,
                                                 STEP_OF(COMPANY_REMINDED), told->sent_on, NULL});
}

/* --- steps that one event tells whole ---------------------------------------------------------------------------- */

static void take_subcontract(struct taking *taking, const void *message)
{
        const Contracts__SubcontractDeclared *told = message;
        struct id parents[] = {id_of(told->contract_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->subcontract_id), THING(STEP));
        const Notifications__FollowedObligation *of =
                followed_obligation(taking->txn, id_of(told->obligation_id), taking->arena);
        Notifications__FollowedStep *step = row->step;
        step->kind = NOTIFICATIONS__WAIT_KIND__WAIT_SUBCONTRACT;
        step->thing_id = told->subcontract_id;
        step->contract_id = told->contract_id;
        step->territory = of == NULL ? step->territory : of->territory;
        step->role = TYPES__ROLE__BUYER;
        step->since = told->declared_on;
        step->until = told->tacit_on;
        step->label = told->subcontractor_name;
        step->number = taking->event->number;
        taking_put(taking, id_of(told->subcontract_id), row, parents);
}

static void take_matter(struct taking *taking, const void *message)
{
        const Contracts__MatterReferred *told = message;
        struct id parents[] = {id_of(told->contract_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->referral_id), THING(STEP));
        Notifications__FollowedStep *step = row->step;
        step->kind = NOTIFICATIONS__WAIT_KIND__WAIT_MATTER;
        step->thing_id = told->referral_id;
        step->contract_id = told->contract_id;
        step->role = TYPES__ROLE__FACILITATOR;
        step->since = told->referred_on;
        step->until = told->remind_on;
        step->label = told->to;
        step->number = taking->event->number;
        taking_put(taking, id_of(told->referral_id), row, parents);
}

static void settle_step(struct taking *taking, const Types__Id *thing)
{
        Notifications__FollowedThing *row = followed_find(taking->txn, id_of(thing), taking->arena);
        if (row == NULL || row->thing_case != THING(STEP))
                return;
        add_number(taking, &row->step->done, &row->step->n_done);
        taking_put(taking, id_of(thing), row, NULL);
}

static void take_subcontract_decided(struct taking *taking, const void *message)
{
        const Contracts__SubcontractDecided *told = message;
        settle_step(taking, told->subcontract_id);
}

static void take_matter_closed(struct taking *taking, const void *message)
{
        const Contracts__ReferralClosed *told = message;
        settle_step(taking, told->referral_id);
}

/* --- conventions ------------------------------------------------------------------------------------------------- */

static Notifications__FollowedTerm *next_term(struct taking *taking, Notifications__FollowedAgreement *held)
{
        Notifications__FollowedTerm *before = held->n_terms == 0 ? NULL : held->terms[held->n_terms - 1];
        Notifications__FollowedTerm *term = ADD(taking, held, terms, followed_term);
        if (before != NULL)
                *term = *before;
        term->number = taking->event->number;
        return term;
}

static void take_agreement(struct taking *taking, const void *message)
{
        const Contracts__AgreementPut *told = message;
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->agreement_id), THING(AGREEMENT));
        Notifications__FollowedTerm *term = next_term(taking, row->agreement);
        const Contracts__Agreement *agreement = told->agreement;
        row->agreement->territory =
                agreement->n_territories > 0 ? agreement->territories[0] : row->agreement->territory;
        row->agreement->buyer_name = agreement->buyer_name;
        term->ends_on = agreement->ends_on;
        term->tacit = agreement->tacit_renewal;
        term->renewal_months = agreement->renewal_months;
        term->renewals_max = agreement->renewals_max;
        term->notice_days = agreement->notice_days;
        taking_put(taking, id_of(told->agreement_id), row, NULL);
}

static void take_agreement_signed(struct taking *taking, const void *message)
{
        const Contracts__AgreementSigned *told = message;
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->agreement_id), THING(AGREEMENT));
        next_term(taking, row->agreement)->signed_ = true;
        taking_put(taking, id_of(told->agreement_id), row, NULL);
}

static void take_agreement_renewed(struct taking *taking, const void *message)
{
        const Contracts__AgreementRenewed *told = message;
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->agreement_id), THING(AGREEMENT));
        next_term(taking, row->agreement)->ends_on = told->ends_on;
        taking_put(taking, id_of(told->agreement_id), row, NULL);
}

static void take_agreement_ended(struct taking *taking, const void *message)
{
        const Contracts__AgreementEnded *told = message;
        Notifications__FollowedThing *row = taking_row(taking, id_of(told->agreement_id), THING(AGREEMENT));
        next_term(taking, row->agreement)->ended = true;
        taking_put(taking, id_of(told->agreement_id), row, NULL);
}

/* --- acts that are withdrawn ------------------------------------------------------------------------------------- */

static void drop_of_list(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, uint64_t number)
{
        uint8_t *at = (uint8_t *)message;
        size_t *count = (size_t *)(void *)(at + field->quantifier_offset), kept = 0;
        if (field->type == PROTOBUF_C_TYPE_UINT64) {
                uint64_t *list = *(uint64_t **)(void *)(at + field->offset);
                for (size_t i = 0; i < *count; i++)
                        if (list[i] != number)
                                list[kept++] = list[i];
                *count = kept;
                return;
        }
        const ProtobufCMessageDescriptor *of = field->descriptor;
        const ProtobufCFieldDescriptor *named = protobuf_c_message_descriptor_get_field_by_name(of, "number");
        ProtobufCMessage **list = *(ProtobufCMessage ***)(void *)(at + field->offset);
        if (named == NULL)
                return;
        for (size_t i = 0; i < *count; i++)
                if (*(uint64_t *)(void *)((uint8_t *)list[i] + named->offset) != number)
                        list[kept++] = list[i];
        *count = kept;
}

/* Whatever stands under that number in a thing's lists. */
static void drop_number(ProtobufCMessage *thing, uint64_t number)
{
        for (unsigned i = 0; i < thing->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &thing->descriptor->fields[i];
                if (field->label == PROTOBUF_C_LABEL_REPEATED &&
                    (field->type == PROTOBUF_C_TYPE_MESSAGE || field->type == PROTOBUF_C_TYPE_UINT64))
                        drop_of_list(thing, field, number);
        }
}

/* What the thing itself was told by goes with its event. */
static bool is_told_by(const Notifications__FollowedThing *row, uint64_t number)
{
        return (row->thing_case == THING(STEP) && row->step->number == number) ||
               (row->thing_case == THING(OBLIGATION) && row->obligation->number == number);
}

static void withdraw_from(struct taking *taking, struct id thing, const Contracts__ActWithdrawn *told)
{
        Notifications__FollowedThing *row = followed_find(taking->txn, thing, taking->arena);
        bool goes = false;
        taking_touch(taking, thing); /* it may have gone with its act just now */
        if (row == NULL)
                return;
        for (size_t i = 0; i < told->n_acts; i++) {
                goes = goes || is_told_by(row, told->acts[i]->number);
                drop_number(&row->person->base, told->acts[i]->number);
        }
        if (goes)
                taking_gone(taking, thing);
        else
                taking_put(taking, thing, row, NULL);
}

static void withdraw_of(struct taking *taking, const Types__Id *parent, const Contracts__ActWithdrawn *told)
{
        struct id *things = NULL, thing;
        size_t count = 0;
        struct walk walk;
        if (parent == NULL)
                return;
        followed_walk_of(taking->txn, id_of(parent), &walk);
        while (walk_next(&walk, &thing)) {
                things = pb_append(things, &count, sizeof(thing), taking->arena);
                things[count - 1] = thing;
        }
        walk_end(&walk);
        withdraw_from(taking, id_of(parent), told);
        for (size_t i = 0; i < count; i++)
                withdraw_from(taking, things[i], told);
}

static void take_withdrawn(struct taking *taking, const void *message)
{
        const Contracts__ActWithdrawn *told = message;
        withdraw_of(taking, told->contract_id, told);
        withdraw_of(taking, told->other_contract_id, told);
        withdraw_of(taking, told->agreement_id, told);
        post_all(taking, told->postings, told->n_postings);
        for (size_t i = 0; i < told->n_holders; i++)
                take_assigned(taking, told->holders[i]);
}

/* --- the table --------------------------------------------------------------------------------------------------- */

#define EVENT(NAME) CONTRACTS__EVENT__BODY_##NAME

static const struct followed_event rows[] = {
        {EVENT(CONTRACT_OPENED), take_opened},
        {EVENT(CONTRACT_AMENDED), take_amended},
        {EVENT(CONTRACT_IMPORTED), take_imported},
        {EVENT(CONTRACT_UPDATED), take_updated},
        {EVENT(EXECUTION_SUSPENDED), take_suspended},
        {EVENT(EXECUTION_RESUMED), take_resumed},
        {EVENT(RELIEF_DECIDED), take_relief},
        {EVENT(CONTRACT_ENDED), take_ended},
        {EVENT(CONSULTATION_OPENED), take_consultation},
        {EVENT(OFFERS_POSTPONED), take_postponed},
        {EVENT(QUESTION_RECORDED), take_question},
        {EVENT(ANSWER_SENT), take_answer_sent},
        {EVENT(ANSWER_PUBLISHED), take_answer_published},
        {EVENT(QUESTION_SET_ASIDE), take_set_aside},
        {EVENT(CONTROL_PLAN_PUT), take_plan},
        {EVENT(OBLIGATION_RECORDED), take_obligation},
        {EVENT(OBLIGATION_ASSIGNED), take_assigned},
        {EVENT(RESPONSIBLE_NAMED), take_responsible},
        {EVENT(STATEMENT_RECEIVED), take_statement},
        {EVENT(ATTESTATION_ISSUED), take_attested},
        {EVENT(MEMBER_LEFT), take_left},
        {EVENT(LEDGER_POSTED), take_ledger},
        {EVENT(HOURS_WAIVED), take_waived},
        {EVENT(TRANSFER_AGREED), take_transfer},
        {EVENT(OBLIGATION_AMENDED), take_demand},
        {EVENT(ORDER_RECORDED), take_order},
        {EVENT(CONTRACT_INVOICE_RECORDED), take_invoice},
        {EVENT(CONTRACT_PART_PUT), take_part_put},
        {EVENT(CONTRACT_PART_DECIDED), take_part_decided},
        {EVENT(CONTRACT_PARTS_BEGAN), take_parts_began},
        {EVENT(HOURS_TAKEN_OVER), take_taken_over},
        {EVENT(TAKEN_OVER_REPLACED), take_replaced},
        {EVENT(CASE_OPENED), take_case},
        {EVENT(REMINDER_SENT), take_reminder},
        {EVENT(BUYER_WARNED), take_warned},
        {EVENT(FORMAL_NOTICE_DRAFTED), take_drafted},
        {EVENT(FORMAL_NOTICE_SERVED), take_served},
        {EVENT(PENALTY_PROPOSED), take_penalty},
        {EVENT(CASE_DECIDED), take_decided},
        {EVENT(CASE_CLOSED), take_closed},
        {EVENT(SUBCONTRACT_DECLARED), take_subcontract},
        {EVENT(SUBCONTRACT_DECIDED), take_subcontract_decided},
        {EVENT(MATTER_REFERRED), take_matter},
        {EVENT(REFERRAL_CLOSED), take_matter_closed},
        {EVENT(AGREEMENT_PUT), take_agreement},
        {EVENT(AGREEMENT_SIGNED), take_agreement_signed},
        {EVENT(AGREEMENT_RENEWED), take_agreement_renewed},
        {EVENT(AGREEMENT_ENDED), take_agreement_ended},
        {EVENT(ACT_WITHDRAWN), take_withdrawn},
};

void following_contracts(struct taking *taking)
{
        const Contracts__Event *event = taking->event->body;
        taking_run(taking, rows, ARRAY_SIZE(rows), (uint32_t)event->body_case, event->contract_imported);
}
