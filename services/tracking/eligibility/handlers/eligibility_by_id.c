/* EligibilityById: how a person stands today, why where she is not eligible, what can be done, who acts next.
 * Facilitators of her territory read all of that; the other watchers and her prescriber only until when she is
 * eligible, that it waits, or that she is not. Never a criterion. */
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/grants.h"
#include "services/tracking/eligibility/policy.h"
#include "services/tracking/eligibility/standing.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

/* NULL: the seal does not open; the reason is then not told, the rest is. */
static const Tracking__Sealed *opened(const struct work *work, struct id id, struct slice sealed)
{
        int err;
        return work_unseal(work, id, sealed, &tracking__sealed__descriptor, &err);
}

static void put_reason(const struct work *work, Tracking__EligibilityView *view,
                       const Tracking__EligibilityReason *reason)
{
        if (reason == NULL)
                return;
        view->reason_code = reason->code;
        view->reason_label = reason->label;
        view->remedy = reason->remedy;
        (void)work;
}

static void tell_lapse(const struct work *work, Tracking__EligibilityView *view)
{
        view->reason_code = arena_text(work->arena, "LAPSED");
        view->reason_label = arena_text(work->arena, "la durée de l'éligibilité est écoulée");
        view->remedy = arena_text(work->arena, "décidez à nouveau, sur un justificatif du jour");
}

/* A class of reasons: the words that were written are in the file. */
static void tell_reason(const struct work *work, struct id id, const struct standing *standing,
                        const Tracking__BeneficiaryRow *person, Tracking__EligibilityView *view)
{
        const Tracking__EligibilityVersion *policy = dated_on(&tracking_of(work)->eligibility, work->today);
        if (view->standing == TRACKING__ELIGIBILITY_STANDING__LAPSED)
                tell_lapse(work, view);
        if (view->standing == TRACKING__ELIGIBILITY_STANDING__REFUSED) {
                const Tracking__Sealed *content = opened(work, id, eligibility_sealed(person, standing->refusal));
                const char *code = "OTHER"; /* of before there were classes */
                if (content != NULL && content->content_case == TRACKING__SEALED__CONTENT_ELIGIBILITY &&
                    content->eligibility->refusal_code[0] != '\0')
                        code = content->eligibility->refusal_code;
                put_reason(work, view, policy_reason(policy->refusal_reasons, policy->n_refusal_reasons, code));
        }
        if (view->standing == TRACKING__ELIGIBILITY_STANDING__SUSPENDED) {
                const Tracking__Sealed *content = opened(work, id, pb_slice(standing->suspension->sealed_act));
                if (content != NULL && content->content_case == TRACKING__SEALED__CONTENT_ELIGIBILITY_ACT)
                        put_reason(work, view,
                                   policy_reason(policy->suspension_reasons, policy->n_suspension_reasons,
                                                 content->eligibility_act->code));
        }
}

static void add_decisions(const struct work *work, const Tracking__EligibilityRow *row, Tracking__EligibilityView *view)
{
        view->decisions = arena_alloc(work->arena, (row->n_decisions + 1) * sizeof(*view->decisions));
        for (size_t i = 0; i < row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                Tracking__DecisionLine *line = pb_new(&tracking__decision_line__descriptor, work->arena);
                line->decision_id = decision->decision_id;
                line->state = decision->state;
                line->eligible = decision->eligible;
                line->valid_from = decision->valid_from;
                line->valid_until = decision->valid_until;
                line->decided_on = decision->decided_on;
                line->decided_by_account = decision->decided_by;
                view->decisions[view->n_decisions++] = line;
        }
        view->suspensions = arena_alloc(work->arena, (row->n_suspensions + 1) * sizeof(*view->suspensions));
        for (size_t i = 0; i < row->n_suspensions; i++) {
                const Tracking__SuspensionRow *suspension = row->suspensions[i];
                Tracking__SuspensionLine *line = pb_new(&tracking__suspension_line__descriptor, work->arena);
                if (suspension->taken_back)
                        continue;
                line->suspension_id = suspension->suspension_id;
                line->suspended_from = suspension->suspended_from;
                line->suspended_until = suspension->suspended_until;
                view->suspensions[view->n_suspensions++] = line;
        }
}

static void add_for_facilitator(const struct work *work, struct id id, const struct standing *standing,
                                const Tracking__BeneficiaryRow *person, Tracking__EligibilityView *view)
{
        const Tracking__EligibilityRow *row = tracking_eligibility(work->txn, id, work->arena);
        const Tracking__EligibilityVersion *policy = dated_on(&tracking_of(work)->eligibility, work->today);
        struct to_check found = {0};
        if (standing_may_have_to_check(row))
                found = grants_to_check(work, id, NULL);
        view->to_check = found.rows;
        view->n_to_check = found.count;
        tell_reason(work, id, standing, person, view);
        struct next_step step = standing_next(standing, work->today, policy->due->days, found.count > 0);
        view->next_action = step.action;
        view->next_actor = arena_text(work->arena, step.actor);
        view->next_before = step.has_day ? day_to(work->arena, step.before) : NULL;
        add_decisions(work, row, view);
        view->version = person->version;
}

/* Security: a restricted file is kept, and nothing else: nothing of it is opened. */
struct reply handle_eligibility_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__EligibilityById *query = (const Tracking__EligibilityById *)message;
        struct id id = id_of(query->beneficiary_id);
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, id, work->arena);
        if (person == NULL)
                return reply_no_beneficiary(work);
        struct period periods[PERSON_PERIODS_MAX];
        struct standing standing = standing_of(tracking_eligibility(work->txn, id, work->arena), work->today);
        standing_join(&standing, periods, identity_periods(work->txn, id, periods, work->arena), work->today);
        Tracking__EligibilityView *view = pb_new(&tracking__eligibility_view__descriptor, work->arena);
        bool reads_all = work->actor->role == TYPES__ROLE__FACILITATOR && person->restriction_code[0] == '\0';
        view->beneficiary_id = query->beneficiary_id;
        view->standing = reads_all ? standing.standing : standing_for_others(standing.standing);
        if (standing.has_period) {
                view->eligible_from = day_to(work->arena, standing.from);
                view->eligible_until = day_to(work->arena, standing.until);
        }
        if (reads_all)
                add_for_facilitator(work, id, &standing, person, view);
        return reply_ok(work, view);
}
