#include "services/tracking/controls/evidence_view.h"

#include "services/tracking/controls/judging.h"
#include "services/tracking/copies/contract_scope.h"
#include "tracking/state.pb-c.h"

Tracking__ControlView *view_of_control(const struct work *work, struct id id, const Tracking__ControlRow *row)
{
        Tracking__ControlView *view = pb_new(&tracking__control_view__descriptor, work->arena);
        view->control_id = id_to(work->arena, id);
        view->territory = row->territory;
        view->from = row->from;
        view->until = row->until;
        view->modality = row->modality;
        view->employer = row->employer;
        view->drawn_on = row->drawn_on;
        view->drawn_by = row->drawn_by;
        view->seed = row->seed;
        view->seed_source = row->seed_source;
        view->frame_size = row->frame_size;
        view->evidence_codes = row->evidence_codes;
        view->n_evidence_codes = row->n_evidence_codes;
        view->closed_on = row->closed_on;
        view->cancellation = row->cancellation;
        view->version = row->version;
        return view;
}

/* What a company has to do is told by who acts; what facilitators do among themselves is theirs. */
Tracking__EvidenceView *view_of_evidence(const struct work *work, const struct evidence *evidence,
                                         const Tracking__ControlRow *control)
{
        const Tracking__EvidenceStep *last = evidence_last(evidence->row);
        Tracking__EvidenceView *view = pb_new(&tracking__evidence_view__descriptor, work->arena);
        bool watches = scope_is_watcher(work->actor);
        view->control_id = id_to(work->arena, evidence->control);
        view->placement_id = id_to(work->arena, evidence->placement);
        view->organisation = evidence->row->organisation;
        view->territory = control->territory;
        view->state = last->state;
        view->since = last->happened_on;
        view->evidence = judging_evidence(work, control);
        view->n_evidence = control->n_evidence_codes;
        view->version = evidence->row->version;
        bool is_theirs = last->next_actor == TRACKING__EVIDENCE_ACTOR__ASKED_ORGANISATION;
        view->beneficiary_id = evidence->row->beneficiary_id;
        if (last->state != TRACKING__EVIDENCE_STATE__EVIDENCE_TO_CONFIRM || watches)
                view->rejection_label = last->accepted ? view->rejection_label : last->label;
        if (evidence->row->open && !evidence->row->erased && (watches || is_theirs)) {
                view->next_actor = last->next_actor;
                view->next_action = arena_text(work->arena, evidence_action(controls_rules(work), last));
                view->act_by = last->act_by;
                view->late = last->act_by != NULL && last->act_by->days < day_number(work->today);
        }
        return view;
}

static int unseal(const struct work *work, const struct evidence *evidence, ProtobufCBinaryData sealed,
                  Tracking__EvidenceWords **ret)
{
        int err = 0;
        *ret = NULL;
        if (sealed.len == 0)
                return 0;
        const Tracking__Sealed *content = work_unseal(work, id_of(evidence->row->beneficiary_id), pb_slice(sealed),
                                                      &tracking__sealed__descriptor, &err);
        if (content == NULL)
                return err;
        if (content->content_case != TRACKING__SEALED__CONTENT_EVIDENCE_WORDS)
                return ERR_FORGED;
        *ret = content->evidence_words;
        return 0;
}

static int view_of_step(const struct work *work, const struct evidence *evidence, const Tracking__EvidenceStepRow *row,
                        Tracking__EvidenceStepView **ret)
{
        const Tracking__EvidenceStep *step = row->step;
        Tracking__EvidenceStepView *view = pb_new(&tracking__evidence_step_view__descriptor, work->arena);
        Tracking__EvidenceWords *words, *correction;
        *ret = view;
        view->state = step->state;
        view->happened_on = step->happened_on;
        view->recorded_at = instant_to(work->arena, row->recorded_at_ms);
        view->by = step->by;
        view->accepted = step->accepted;
        view->code = step->code;
        view->label = step->label;
        view->pieces = step->pieces;
        view->n_pieces = step->n_pieces;
        view->taken_back = row->taken_back;
        int err = unseal(work, evidence, row->sealed_words, &words);
        if (err == 0)
                err = unseal(work, evidence, row->sealed_correction, &correction);
        if (err != 0)
                return err;
        if (words != NULL)
                view->words = words->words;
        for (size_t i = 0; words != NULL && i < view->n_pieces && i < words->n_issuers; i++)
                view->pieces[i]->issuer = words->issuers[i];
        if (correction != NULL)
                view->correction = correction->correction;
        return 0;
}

int view_of_whole_evidence(const struct work *work, const struct evidence *evidence,
                           const Tracking__ControlRow *control, Tracking__EvidenceView **ret)
{
        const Tracking__EvidenceRow *row = evidence->row;
        Tracking__EvidenceView *view = view_of_evidence(work, evidence, control);
        int err = 0;
        *ret = view;
        if (work->actor->role != TYPES__ROLE__FACILITATOR) /* sealed words are opened for who reads them */
                return 0;
        view->steps = arena_alloc(work->arena, (row->n_steps + 1) * sizeof(*view->steps));
        for (size_t i = 0; err == 0 && i < row->n_steps; i++)
                err = view_of_step(work, evidence, row->steps[i], &view->steps[view->n_steps++]);
        return err;
}
