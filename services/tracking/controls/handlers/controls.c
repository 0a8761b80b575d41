/* Controls, ControlById, ControlFrame, ControlEvidence, EvidenceById, EvidenceDue: what was drawn, what became of it,
 * and who acts next, what is late first. Asked by the watchers of their territories; of what is asked of it, by the
 * organisation. Security: line by line. */
#include <string.h>

#include "common/service/page.h"
#include "services/tracking/controls/evidence_view.h"
#include "services/tracking/controls/judging.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

struct reply handle_controls(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ControlsRequest *query = (const Tracking__ControlsRequest *)message;
        Tracking__ControlsReply *reply = pb_new(&tracking__controls_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        controls_walk(work->txn, query->territory, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__ControlRow *row = tracking_control(work->txn, id, work->arena);
                if (row != NULL && passport_covers(work->actor, row->territory) && /* Security */
                    (!query->open_only || row->closed_on == NULL))
                        page_add(&page, view_of_control(work, id, row));
        }
        return page_reply(&page);
}

static struct reply reply_no_control(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "control_id",
                            "Ce contrôle n'existe pas ici : vérifiez son identifiant.");
}

struct reply handle_control_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ControlById *query = (const Tracking__ControlById *)message;
        struct id id = id_of(query->control_id);
        const Tracking__ControlRow *row = tracking_control(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_control(work);
        Tracking__ControlView *view = view_of_control(work, id, row);
        view->figures = judging_figures(work, id);
        return reply_ok(work, view);
}

static Types__Id **ids_of(const struct work *work, const struct id *ids, size_t count)
{
        Types__Id **list = arena_alloc(work->arena, (count + 1) * sizeof(*list));
        for (size_t i = 0; i < count; i++)
                list[i] = id_to(work->arena, ids[i]);
        return list;
}

struct reply handle_control_frame(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ControlFrame *query = (const Tracking__ControlFrame *)message;
        struct id id = id_of(query->control_id);
        const Tracking__ControlRow *row = tracking_control(work->txn, id, work->arena);
        Tracking__ControlFrameReply *reply = pb_new(&tracking__control_frame_reply__descriptor, work->arena);
        if (row == NULL)
                return reply_no_control(work);
        struct slice frame = tracking_control_frame(work->txn, id);
        struct evidence_list drawn = evidence_of(work->txn, id, work->arena);
        reply->seed = row->seed;
        reply->n_frame = frame.size / sizeof(struct id);
        reply->frame = ids_of(work, (const struct id *)frame.data, reply->n_frame);
        reply->drawn = arena_alloc(work->arena, (drawn.count + 1) * sizeof(*reply->drawn));
        for (size_t i = 0; i < drawn.count; i++)
                reply->drawn[reply->n_drawn++] = id_to(work->arena, drawn.at[i].placement);
        return reply_ok(work, reply);
}

struct reply handle_control_evidence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ControlEvidence *query = (const Tracking__ControlEvidence *)message;
        struct id control_id = id_of(query->control_id), id;
        const Tracking__ControlRow *control = tracking_control(work->txn, control_id, work->arena);
        Tracking__EvidenceListReply *reply = pb_new(&tracking__evidence_list_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;

        if (control == NULL)
                return reply_no_control(work);
        evidence_walk(work->txn, control_id, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                struct evidence evidence = {control_id, id,
                                            walk_message(&walk, &tracking__evidence_row__descriptor, work->arena)};
                if (evidence.row != NULL && judging_reads(work, &evidence)) /* Security */
                        page_add(&page, view_of_evidence(work, &evidence, control));
        }
        return page_reply(&page);
}

struct reply handle_evidence_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__EvidenceById *query = (const Tracking__EvidenceById *)message;
        Tracking__EvidenceView *view;
        struct judged judged;
        struct refusal refusal;
        if (!judging_find(work, query->control_id, query->placement_id, &judged, &refusal))
                return reply_refusal(work, &refusal);
        if (judged.placement.is_frozen) /* Security: her file is kept, and nothing else */
                return reply_ok(work, view_of_evidence(work, &judged.evidence, judged.control));
        int err = view_of_whole_evidence(work, &judged.evidence, judged.control, &view);
        return err != 0 ? reply_sealed(work, err) : reply_ok(work, view);
}

static bool is_frozen(const struct work *work, struct id placement_id)
{
        struct placement placement;
        return !tracking_placement(work->txn, placement_id, &placement) || placement.is_frozen;
}

/* Rows of an organisation are those where it acts; of a territory, all are walked. */
static bool is_asked(const struct work *work, const Tracking__EvidenceDue *query, const struct evidence *evidence,
                     const Tracking__ControlRow *control)
{
        const Tracking__EvidenceStep *last = evidence_last(evidence->row);
        bool is_theirs = last->next_actor == TRACKING__EVIDENCE_ACTOR__ASKED_ORGANISATION;
        if ((query->late_only && last->act_by->days >= day_number(work->today)) ||
            (query->territory[0] != '\0' && strcmp(query->territory, control->territory) != 0))
                return false;
        return !scope_is_watcher(work->actor) || is_theirs == query->of_others;
}

struct reply handle_evidence_due(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__EvidenceDue *query = (const Tracking__EvidenceDue *)message;
        Tracking__EvidenceListReply *reply = pb_new(&tracking__evidence_list_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct id organisation = id_of(work->actor->organisation), id;
        bool watches = scope_is_watcher(work->actor);
        struct walk walk;

        if (!watches && id_is_zero(organisation))
                return reply_ok(work, reply); /* Security: of no organisation: nothing is its own */
        evidence_next_walk(work->txn, watches ? (struct id){0} : organisation, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                struct id control_id = evidence_next_control(&walk);
                const Tracking__ControlRow *control = tracking_control(work->txn, control_id, work->arena);
                struct evidence evidence;
                if (control != NULL && tracking_evidence(work->txn, control_id, id, work->arena, &evidence) &&
                    judging_reads(work, &evidence) && !is_frozen(work, id) && /* Security */
                    is_asked(work, query, &evidence, control))
                        page_add(&page, view_of_evidence(work, &evidence, control));
        }
        return page_reply(&page);
}
