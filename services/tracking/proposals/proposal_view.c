#include "services/tracking/proposals/proposal_view.h"

#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/recording.h"

enum { STEPS_SHOWN = 50 }; /* the newest */

static char *name_of(const struct work *work, const Types__Id *organisation)
{
        const Tracking__OrganisationCopy *copy =
                organisation == NULL ? NULL : tracking_organisation(work->txn, id_of(organisation), work->arena);
        return copy == NULL ? arena_text(work->arena, "") : copy->name;
}

static void put_need(const struct work *work, const Tracking__ProposalRow *row, Tracking__ProposalView *view)
{
        const Tracking__NeedCopy *need = tracking_need(work->txn, id_of(row->need_id), work->arena);
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(row->obligation_id), work->arena);
        view->need_id = row->need_id;
        view->need_title = row->need_title;
        if (need != NULL) {
                view->need_title = need->title;
                view->rome_code = need->rome_code;
                view->need_starts_on = need->starts_on;
        }
        view->structure = row->structure;
        view->structure_name = name_of(work, row->structure);
        if (!proposal_shows_company(work, row)) { /* Security: nor whom it works with */
                view->structure = NULL;
                view->structure_name = arena_text(work->arena, "");
                return;
        }
        view->obligation_id = row->obligation_id;
        if (obligation != NULL) {
                view->company = obligation->contractor;
                view->company_name = obligation->contractor_name;
        }
}

static void put_person(const struct work *work, const Tracking__ProposalRow *row, Tracking__ProposalView *view)
{
        struct period periods[DECISIONS_MAX + 1];
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(row->beneficiary_id), work->arena);
        size_t count = person == NULL ? 0 : periods_of(person, periods);
        view->eligible_until = count > 0 ? day_to(work->arena, periods[count - 1].until) : NULL;
        view->beneficiary_id = row->beneficiary_id;
        view->prescriber = row->prescriber;
}

/* Security: why she or her prescriber postpones is nothing for a company. */
static bool shows_reason(const struct work *work, const Tracking__ProposalStep *step)
{
        return !proposal_is_partner(work->actor) || step->by == TYPES__ROLE__COMPANY ||
               step->by == TYPES__ROLE__STRUCTURE;
}

Tracking__ProposalView *view_of_proposal(const struct work *work, struct id id, const Tracking__ProposalRow *row)
{
        const Tracking__ProposalStep *last = proposal_last(row);
        Tracking__ProposalView *view = pb_new(&tracking__proposal_view__descriptor, work->arena);
        char label[PROPOSAL_LABEL_SIZE];
        proposal_label(id, label);
        view->proposal_id = id_to(work->arena, id);
        view->label = arena_text(work->arena, label);
        view->territory = row->territory;
        view->state = last->state;
        view->since = last->happened_on;
        view->until = last->until;
        if (shows_reason(work, last)) {
                view->outcome_code = last->outcome_code;
                view->outcome_label = last->outcome_label;
        }
        view->next_actor = last->next_actor;
        view->next_action = arena_text(work->arena, proposal_action(proposal_rules(work), last));
        view->act_by = last->act_by;
        view->late = last->act_by != NULL && last->act_by->days < day_number(work->today);
        view->placement_id = row->placement_id;
        view->version = row->version;
        put_need(work, row, view);
        put_person(work, row, view);
        return view;
}

static Tracking__ProposalStepView *view_of_step(const struct work *work, const Tracking__ProposalStepRow *row)
{
        const Tracking__ProposalStep *step = row->step;
        Tracking__ProposalStepView *view = pb_new(&tracking__proposal_step_view__descriptor, work->arena);
        view->state = step->state;
        view->happened_on = step->happened_on;
        view->recorded_at = instant_to(work->arena, row->recorded_at_ms);
        view->by = step->by;
        view->outcome_code = step->outcome_code;
        view->outcome_label = step->outcome_label;
        view->until = step->until;
        view->replaced = row->replaced;
        return view;
}

Tracking__ProposalView *view_of_whole_proposal(const struct work *work, struct id id, const Tracking__ProposalRow *row)
{
        Tracking__ProposalView *view = view_of_proposal(work, id, row);
        view->steps = arena_alloc(work->arena, (row->n_steps + 1) * sizeof(*view->steps));
        for (size_t i = row->n_steps > STEPS_SHOWN ? row->n_steps - STEPS_SHOWN : 0; i < row->n_steps; i++)
                view->steps[view->n_steps++] = view_of_step(work, row->steps[i]);
        return view;
}
