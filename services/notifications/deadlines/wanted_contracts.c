/* What obligations, cases, consultations and conventions have wait; and what one event tells whole. */
#include "common/codec/statement_calendar.h"
#include "common/codec/types.h"
#include "services/notifications/deadlines/followed_rows.h"
#include "services/notifications/deadlines/wanted.h"

/* --- steps that one event tells whole ---------------------------------------------------------------------------- */

void want_step(struct wanting *wanting)
{
        const Notifications__FollowedStep *step = wanting->thing->step;
        const Notifications__FollowedContract *contract =
                step->contract_id == NULL ? NULL
                                          : followed_contract(wanting->txn, id_of(step->contract_id), wanting->arena);
        const Notifications__FollowedPerson *person =
                step->person_id == NULL ? NULL : followed_person(wanting->txn, id_of(step->person_id), wanting->arena);
        bool knows_place = step->territory[0] != '\0' || contract == NULL;
        struct day until;
        if (step->kind != wanting->kind->number || step->n_done > 0 || step->since == NULL ||
            (person != NULL && person->restricted))
                return;
        struct want want = {
                .role = step->role,
                .organisation = step->organisation_id,
                .territory = knows_place ? step->territory : contract->territory,
                .siret = contract == NULL ? NULL : contract->buyer_siret,
                .thing = step->thing_id,
                .since = day_of(step->since),
                .detail = step->detail,
                .label = step->label,
                .contract = contract == NULL ? NULL : contract->number,
                .is_private = step->is_private || (contract != NULL && contract->is_private),
        };
        if (step->until != NULL) {
                until = day_of(step->until);
                want.until = &until;
        }
        wanted_add(wanting, &want);
}

/* --- obligations ------------------------------------------------------------------------------------------------- */

static const Notifications__FollowedHolder *holder_of(const Notifications__FollowedObligation *obligation)
{
        return obligation->n_holders == 0 ? NULL : obligation->holders[obligation->n_holders - 1];
}

static struct want of_obligation(const struct wanting *wanting, const Notifications__FollowedContract *contract)
{
        const Notifications__FollowedObligation *obligation = wanting->thing->obligation;
        const Notifications__FollowedHolder *holder = holder_of(obligation);
        return (struct want){
                .role = TYPES__ROLE__FACILITATOR,
                .territory = obligation->territory,
                .thing = id_to(wanting->arena, wanting->subject),
                .label = holder == NULL ? "" : holder->name,
                .contract = contract == NULL ? NULL : contract->number,
                .is_private = contract != NULL && contract->is_private,
        };
}

/* To the company, where it has an organisation here; else the facilitator does it for her. */
static void give_to_company(const Notifications__FollowedObligation *obligation, struct want *want)
{
        const Notifications__FollowedHolder *holder = holder_of(obligation);
        if (holder == NULL || id_is_zero(id_of(holder->organisation)))
                return;
        want->role = TYPES__ROLE__COMPANY;
        want->organisation = holder->organisation;
}

static const Contracts__ControlPlan *plan_of(const struct wanting *wanting)
{
        const Notifications__FollowedClause *clause =
                followed_clause(wanting->txn, id_of(wanting->thing->obligation->clause_id), wanting->arena);
        return clause == NULL || clause->n_plans == 0 ? NULL : clause->plans[clause->n_plans - 1]->plan;
}

static struct day end_of(const struct wanting *wanting, const Notifications__FollowedContract *contract, struct day end)
{
        const Notifications__FollowedObligation *obligation = wanting->thing->obligation;
        if (contract != NULL && contract->n_ended > 0)
                end = day_earlier(end, day_of(contract->ended[contract->n_ended - 1]->day));
        if (obligation->n_left > 0)
                end = day_earlier(end, day_of(obligation->left[obligation->n_left - 1]->day));
        return end;
}

static bool concerns(const Notifications__FollowedPause *pause, const struct wanting *wanting)
{
        return (pause->obligation_id == NULL || id_equal(id_of(pause->obligation_id), wanting->subject)) &&
               (pause->lot == 0 || pause->lot == wanting->thing->obligation->lot);
}

/* An open one lasts until work goes on. */
static struct day end_of_pause(const struct wanting *wanting, const Notifications__FollowedContract *contract, size_t n,
                               struct day last)
{
        const Notifications__FollowedPause *pause = contract->pauses[n];
        struct day end = pause->to != NULL ? day_of(pause->to) : last;
        for (size_t i = 0; i < contract->n_pauses; i++) {
                const Notifications__FollowedPause *other = contract->pauses[i];
                if (other->is_end && concerns(other, wanting) && other->from != NULL &&
                    other->from->days > pause->from->days)
                        end = day_earlier(end, day_plus(day_of(other->from), -1));
        }
        return end;
}

static void add_pauses(const struct wanting *wanting, const Notifications__FollowedContract *contract,
                       struct span *span)
{
        for (size_t i = 0; contract != NULL && i < contract->n_pauses && span->pause_count < PAUSES_MAX; i++) {
                const Notifications__FollowedPause *pause = contract->pauses[i];
                if (pause->is_end || pause->from == NULL || !concerns(pause, wanting))
                        continue;
                struct pause one = {day_later(day_of(pause->from), span->start),
                                    end_of_pause(wanting, contract, i, span->end)};
                if (day_number(one.from) <= day_number(one.to))
                        span->pauses[span->pause_count++] = one;
        }
}

static uint32_t duration_of(const struct wanting *wanting, const Notifications__FollowedContract *contract)
{
        for (size_t i = 0; i < contract->n_lots; i++)
                if (contract->lots[i]->number == wanting->thing->obligation->lot)
                        return contract->lots[i]->duration_months;
        return contract->duration_months;
}

static const Types__Day *start_of(const Notifications__FollowedContract *contract, const Contracts__ControlPlan *plan)
{
        if (plan != NULL && plan->starts_on != NULL)
                return plan->starts_on;
        if (contract == NULL)
                return NULL;
        return contract->starts_on != NULL ? contract->starts_on : contract->notified_on;
}

/* As contracts has it (services/contracts/control/calendar.h), but for renewals: of what comes behind the first end
 * nobody is reminded here. `plan` NULL: none was put. */
static bool span_of(const struct wanting *wanting, const Notifications__FollowedContract *contract,
                    const Contracts__ControlPlan *plan, struct span *ret)
{
        const Types__Day *start = start_of(contract, plan);
        uint32_t months = contract == NULL ? 0 : duration_of(wanting, contract);
        struct span span = {.pause_count = 0};
        if (start == NULL || !day_valid(day_of(start)))
                return false;
        span.start = day_of(start);
        if (plan != NULL && plan->ends_on != NULL)
                span.end = day_of(plan->ends_on);
        else if (months > 0 && months < INT16_MAX)
                span.end = day_plus(day_add_months(span.start, (int)months), -1);
        else if (contract != NULL && contract->n_ended > 0)
                span.end = day_of(contract->ended[contract->n_ended - 1]->day);
        else
                return false;
        span.end = end_of(wanting, contract, span.end);
        if (day_number(span.end) < day_number(span.start))
                return false;
        span.first_end = span.end;
        add_pauses(wanting, contract, &span);
        *ret = span;
        return true;
}

static bool is_complete(const Notifications__FollowedObligation *obligation, struct day period_end)
{
        for (size_t i = obligation->n_receipts; i > 0; i--) {
                const Notifications__FollowedReceipt *receipt = obligation->receipts[i - 1];
                if (receipt->period_end != NULL && receipt->period_end->days == day_number(period_end))
                        return receipt->complete;
        }
        return false;
}

/* The first period that is not complete: the company sends its documents; once it is late, the facilitator reminds. */
void want_statement(struct wanting *wanting)
{
        const Notifications__FollowedObligation *obligation = wanting->thing->obligation;
        const Notifications__FollowedContract *contract =
                followed_contract(wanting->txn, id_of(obligation->contract_id), wanting->arena);
        const Contracts__ControlPlan *plan = plan_of(wanting);
        struct span span;
        struct period period;
        if (plan == NULL || obligation->n_attested > 0 || !span_of(wanting, contract, plan, &span))
                return;
        struct calendar calendar = calendar_begin(plan, &span);
        do {
                if (!calendar_next(&calendar, &period))
                        return;
        } while (is_complete(obligation, period.end));
        struct want of_company = of_obligation(wanting, contract), of_facilitator = of_company;
        give_to_company(obligation, &of_company);
        of_company.since = day_plus(period.last, 1);
        of_company.until = &period.due;
        of_company.detail = WAIT_OF_COMPANY;
        of_company.part = (uint32_t)day_number(period.end);
        if (of_company.role == TYPES__ROLE__COMPANY)
                wanted_add(wanting, &of_company);
        of_facilitator.since = day_plus(period.due, 1);
        of_facilitator.detail = WAIT_OF_FACILITATOR;
        of_facilitator.part = of_company.part;
        wanted_add(wanting, &of_facilitator);
}

/* --- progress ---------------------------------------------------------------------------------------------------- */

/* As the light of contracts is red (services/contracts/control/pace.h), by the same dated rule: less is done than the
 * share of the time that has passed lets expect. */
static bool is_red_on(const Notifications__FollowedObligation *obligation, const struct span *span, struct day day,
                      const Contracts__LightRule *rule)
{
        int64_t owed = obligation->done + obligation->remaining;
        int64_t elapsed = span_days(span, span->start, day), duration = span_days(span, span->start, span->end);
        if (duration == 0 || elapsed * SHARE_ONE_MILLIONTHS < (int64_t)rule->quiet->millionths * duration)
                return false;
        int64_t expected = obligation->by_invoices ? owed : owed * elapsed / duration;
        return obligation->done * SHARE_ONE_MILLIONTHS < expected * (int64_t)rule->orange->millionths;
}

/* From that day on it is red unless hours come: what they say moves with every posting. */
void want_progress(struct wanting *wanting)
{
        const Notifications__FollowedObligation *obligation = wanting->thing->obligation;
        const Notifications__FollowedContract *contract =
                followed_contract(wanting->txn, id_of(obligation->contract_id), wanting->arena);
        const Contracts__ControlPlan *plan = plan_of(wanting);
        struct want want = of_obligation(wanting, contract);
        struct span span;
        if (obligation->remaining <= 0 || obligation->n_attested > 0 || !span_of(wanting, contract, plan, &span))
                return;
        const Contracts__LightRule *rule = deadline_control(wanting->rules, wanting->today)->light;
        int32_t low = day_number(span.start), high = day_number(span.end) + 1; /* behind its end it is red anyway */
        if (rule == NULL || rule->orange == NULL || rule->quiet == NULL)
                return;
        while (low < high) {
                int32_t middle = low + (high - low) / 2;
                if (is_red_on(obligation, &span, day_of_number(middle), rule))
                        high = middle;
                else
                        low = middle + 1;
        }
        want.since = day_of_number(low);
        wanted_add(wanting, &want);
}

void want_responsible(struct wanting *wanting)
{
        const Notifications__FollowedObligation *obligation = wanting->thing->obligation;
        const Notifications__FollowedContract *contract =
                followed_contract(wanting->txn, id_of(obligation->contract_id), wanting->arena);
        struct want want = of_obligation(wanting, contract);
        if (obligation->n_responsible > 0 || obligation->n_left > 0 || obligation->recorded_on == NULL ||
            (contract != NULL && contract->n_ended > 0))
                return;
        give_to_company(obligation, &want);
        want.since = day_of(obligation->recorded_on);
        wanted_add(wanting, &want);
}

/* --- cases ------------------------------------------------------------------------------------------------------- */

static struct want of_case(const struct wanting *wanting)
{
        const Notifications__FollowedCase *record = wanting->thing->control_case;
        const Notifications__FollowedObligation *obligation =
                followed_obligation(wanting->txn, id_of(record->obligation_id), wanting->arena);
        const Notifications__FollowedContract *contract =
                followed_contract(wanting->txn, id_of(record->contract_id), wanting->arena);
        const Notifications__FollowedHolder *holder = obligation == NULL ? NULL : holder_of(obligation);
        return (struct want){
                .role = TYPES__ROLE__FACILITATOR,
                .organisation = holder == NULL ? NULL : holder->organisation,
                .territory = obligation == NULL ? "" : obligation->territory,
                .siret = contract == NULL ? NULL : contract->buyer_siret,
                .thing = id_to(wanting->arena, wanting->subject),
                .label = holder == NULL ? "" : holder->name,
                .contract = contract == NULL ? NULL : contract->number,
                .is_private = contract != NULL && contract->is_private,
        };
}

/* Where the buyer has nothing to be known by, the facilitator sees to it. */
static void give_to_buyer(struct want *want)
{
        if (want->siret != NULL && want->siret[0] != '\0')
                want->role = TYPES__ROLE__BUYER;
}

/* While the company may still speak it is its turn; behind that, the facilitator's. */
static void want_observations(struct wanting *wanting, struct want want, const Notifications__FollowedCaseStep *step)
{
        struct day until = step->until != NULL ? day_of(step->until) : want.since;
        struct want then = want;
        if (!id_is_zero(id_of(want.organisation))) {
                want.role = TYPES__ROLE__COMPANY;
                want.until = &until;
                want.dropped = &until;
                wanted_add(wanting, &want);
        }
        then.detail = WAIT_AFTER_OBSERVATIONS;
        then.since = day_plus(until, 1);
        wanted_add(wanting, &then);
}

void want_case(struct wanting *wanting)
{
        const Notifications__FollowedCase *record = wanting->thing->control_case;
        if (record->n_steps == 0)
                return;
        const Notifications__FollowedCaseStep *step = record->steps[record->n_steps - 1];
        struct want want = of_case(wanting);
        want.since = day_of(step->day);
        want.detail = (uint32_t)step->step;
        switch ((int)step->step) {
        case CONTRACTS__CASE_STEP__CASE_CLOSED: return;
        case CONTRACTS__CASE_STEP__NOTICE_SERVED: want_observations(wanting, want, step); return;
        case CONTRACTS__CASE_STEP__NOTICE_DRAFTED:
        case CONTRACTS__CASE_STEP__DECISION_PROPOSED: give_to_buyer(&want); break;
        case CONTRACTS__CASE_STEP__CATCHING_UP:
                if (step->until != NULL)
                        want.since = day_plus(day_of(step->until), 1);
                break;
        default: break;
        }
        wanted_add(wanting, &want);
}

/* --- consultations ----------------------------------------------------------------------------------------------- */

static const Notifications__FollowedConsultation *consultation_of(const Notifications__FollowedContract *contract)
{
        return contract == NULL || contract->n_consultations == 0
                       ? NULL
                       : contract->consultations[contract->n_consultations - 1];
}

void want_questions_end(struct wanting *wanting)
{
        const Notifications__FollowedContract *contract = wanting->thing->contract;
        const Notifications__FollowedConsultation *one = consultation_of(contract);
        if (one == NULL || one->information_due_on == NULL || contract->n_ended > 0)
                return;
        struct day until = day_of(one->information_due_on);
        struct want want = {
                .role = TYPES__ROLE__FACILITATOR,
                .territory = contract->territory,
                .thing = id_to(wanting->arena, wanting->subject),
                .since = until,
                .since_shown = true,
                .until = &until,
                .contract = contract->number,
                .is_private = contract->is_private,
        };
        wanted_add(wanting, &want);
}

/* The facilitator's answer is with the buyer some days before it must be with all (consultation.json). */
void want_answer(struct wanting *wanting)
{
        const Notifications__FollowedQuestion *question = wanting->thing->question;
        const Notifications__FollowedContract *contract =
                followed_contract(wanting->txn, id_of(question->contract_id), wanting->arena);
        const Notifications__FollowedConsultation *one = consultation_of(contract);
        if (contract == NULL || question->n_steps == 0)
                return;
        const Notifications__FollowedQuestionStep *step = question->steps[question->n_steps - 1];
        struct day until =
                one == NULL || one->information_due_on == NULL ? day_of(step->day) : day_of(one->information_due_on);
        struct want want = {
                .role = TYPES__ROLE__FACILITATOR,
                .territory = contract->territory,
                .siret = contract->buyer_siret,
                .thing = id_to(wanting->arena, wanting->subject),
                .since = day_of(step->day),
                .until = &until,
                .detail = (uint32_t)step->step,
                .contract = contract->number,
                .is_private = contract->is_private,
        };
        if (step->step == NOTIFICATIONS__QUESTION_WAIT__QUESTION_DONE)
                return;
        if (step->step == NOTIFICATIONS__QUESTION_WAIT__QUESTION_WITH_BUYER)
                give_to_buyer(&want);
        else
                until = day_plus(until, -(int32_t)deadline_send_days(wanting->rules, want.since));
        wanted_add(wanting, &want);
}

/* --- conventions ------------------------------------------------------------------------------------------------- */

enum { TERMS_MAX = 200 };

/* Of one that renews itself: the first term that can still be given notice of. */
void want_agreement(struct wanting *wanting)
{
        const Notifications__FollowedAgreement *agreement = wanting->thing->agreement;
        const Notifications__FollowedTerm *term =
                agreement->n_terms == 0 ? NULL : agreement->terms[agreement->n_terms - 1];
        if (term == NULL || !term->signed_ || term->ended || term->ends_on == NULL || !day_valid(day_of(term->ends_on)))
                return;
        struct day until = day_plus(day_of(term->ends_on), -(int32_t)term->notice_days);
        uint32_t renewals = 0, most = term->renewals_max == 0 ? TERMS_MAX : term->renewals_max;
        bool renews = term->tacit && term->renewal_months > 0;
        while (renews && renewals < most && renewals < TERMS_MAX && day_number(until) < day_number(wanting->today)) {
                renewals++;
                until = day_plus(day_add_months(day_of(term->ends_on), (int)(renewals * term->renewal_months)),
                                 -(int32_t)term->notice_days);
        }
        struct want want = {
                .role = TYPES__ROLE__FACILITATOR,
                .territory = agreement->territory,
                .thing = id_to(wanting->arena, wanting->subject),
                .since = until,
                .since_shown = true,
                .until = &until,
                .detail = renews && renewals < most ? WAIT_OF_TACIT_TERM : WAIT_OF_TERM,
                .part = renewals,
                .label = agreement->buyer_name,
        };
        wanted_add(wanting, &want);
}
