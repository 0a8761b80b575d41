/* sampled.h: a control of the scene's territory as tests of the room begin with: drawn, asked, answered. Include after
 * scene.h. Who decided the scene's eligibility is its facilitator; a colleague judges. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_CONTROLS_SAMPLED_H
#define TESTS_UNIT_SERVICES_TRACKING_CONTROLS_SAMPLED_H

#include "tests/unit/services/tracking/scene.h"

#define EVIDENCE(NAME) TRACKING__EVIDENCE_STATE__EVIDENCE_##NAME

struct sampled {
        struct id person, placement, control;
        Wire__Passport *colleague;
};

static inline Tracking__DrawControl *sampled_drawing(struct scene *s)
{
        Tracking__DrawControl *command = pb_new(&tracking__draw_control__descriptor, &s->f.arena);
        command->territory = arena_text(&s->f.arena, "31");
        command->from = scene_date(s, 2026, 1, 1);
        command->until = scene_date(s, 2026, 6, 30);
        command->evidence_codes = arena_alloc(&s->f.arena, sizeof(char *));
        command->evidence_codes[command->n_evidence_codes++] = arena_text(&s->f.arena, "TIMESHEETS");
        command->drawn_on = scene_date(s, 2026, 7, 6);
        return command;
}

static inline const Tracking__DrawControlReply *sampled_draw(struct scene *s, const Tracking__DrawControl *command)
{
        return fixture_get(&s->f, s->facilitator, "DrawControl", command);
}

/* One placement, whose hours of April are stated and validated, is drawn. */
static inline struct sampled sampled_drawn(struct scene *s)
{
        struct sampled sampled = {.colleague = scene_colleague(s), .person = scene_eligible_person(s)};
        sampled.placement = scene_open_placement(s, scene_opening(s, sampled.person));
        scene_submit(s, sampled.placement, 4, 12000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, sampled.placement, 4));
        sampled.control = id_of(sampled_draw(s, sampled_drawing(s))->control_id);
        return sampled;
}

static inline Tracking__AskEvidence *sampled_asking(struct scene *s, const struct sampled *sampled)
{
        Tracking__AskEvidence *command = pb_new(&tracking__ask_evidence__descriptor, &s->f.arena);
        command->control_id = scene_id(s, sampled->control);
        command->placement_id = scene_id(s, sampled->placement);
        command->asked_on = scene_date(s, 2026, 7, 7);
        return command;
}

static inline struct sampled sampled_asked(struct scene *s)
{
        struct sampled sampled = sampled_drawn(s);
        (void)fixture_get(&s->f, s->facilitator, "AskEvidence", sampled_asking(s, &sampled));
        return sampled;
}

static inline Tracking__AnswerEvidence *sampled_answering(struct scene *s, const struct sampled *sampled, int day)
{
        Tracking__AnswerEvidence *command = pb_new(&tracking__answer_evidence__descriptor, &s->f.arena);
        Tracking__EvidencePiece *piece = pb_new(&tracking__evidence_piece__descriptor, &s->f.arena);
        command->control_id = scene_id(s, sampled->control);
        command->placement_id = scene_id(s, sampled->placement);
        command->answered_on = scene_date(s, 2026, 7, day);
        piece->evidence_code = arena_text(&s->f.arena, "TIMESHEETS");
        piece->dated = scene_date(s, 2026, 4, 30);
        piece->issuer = arena_text(&s->f.arena, "le chef de chantier");
        command->pieces = arena_alloc(&s->f.arena, sizeof(*command->pieces));
        command->pieces[command->n_pieces++] = piece;
        command->words = arena_text(&s->f.arena, "la feuille du 30 manque");
        return command;
}

static inline struct sampled sampled_answered(struct scene *s)
{
        struct sampled sampled = sampled_asked(s);
        (void)fixture_get(&s->f, s->structure_user, "AnswerEvidence", sampled_answering(s, &sampled, 15));
        return sampled;
}

/* `code` NULL: accepted. */
static inline Tracking__JudgeEvidence *sampled_judging(struct scene *s, const struct sampled *sampled, int day,
                                                       const char *code)
{
        Tracking__JudgeEvidence *command = pb_new(&tracking__judge_evidence__descriptor, &s->f.arena);
        command->control_id = scene_id(s, sampled->control);
        command->placement_id = scene_id(s, sampled->placement);
        command->judged_on = scene_date(s, 2026, 7, day);
        command->accepted = code == NULL;
        if (code != NULL)
                command->rejection_code = arena_text(&s->f.arena, code);
        return command;
}

static inline Tracking__EvidenceState sampled_judge(struct scene *s, const struct sampled *sampled, int day,
                                                    const char *code)
{
        const Tracking__EvidenceReply *reply =
                fixture_get(&s->f, sampled->colleague, "JudgeEvidence", sampled_judging(s, sampled, day, code));
        return reply->state;
}

static inline struct sampled sampled_not_proven(struct scene *s)
{
        struct sampled sampled = sampled_answered(s);
        assert_int_equal(sampled_judge(s, &sampled, 20, "HOURS_DIFFER"), EVIDENCE(DISPUTED));
        (void)fixture_get(&s->f, s->structure_user, "AnswerEvidence", sampled_answering(s, &sampled, 25));
        assert_int_equal(sampled_judge(s, &sampled, 28, "HOURS_DIFFER"), EVIDENCE(NOT_PROVEN));
        return sampled;
}

static inline const Tracking__EvidenceView *sampled_view(struct scene *s, const Wire__Passport *actor,
                                                         const struct sampled *sampled)
{
        Tracking__EvidenceById query = TRACKING__EVIDENCE_BY_ID__INIT;
        query.control_id = scene_id(s, sampled->control);
        query.placement_id = scene_id(s, sampled->placement);
        return fixture_get(&s->f, actor, "EvidenceById", &query);
}

static inline const Tracking__EvidenceListReply *sampled_due(struct scene *s, const Wire__Passport *actor, bool others)
{
        Tracking__EvidenceDue query = TRACKING__EVIDENCE_DUE__INIT;
        query.of_others = others;
        return fixture_get(&s->f, actor, "EvidenceDue", &query);
}

static inline const Tracking__ControlFigures *sampled_figures(struct scene *s, const struct sampled *sampled)
{
        Tracking__ControlById query = TRACKING__CONTROL_BY_ID__INIT;
        query.control_id = scene_id(s, sampled->control);
        return ((const Tracking__ControlView *)fixture_get(&s->f, s->auditor, "ControlById", &query))->figures;
}

#endif
