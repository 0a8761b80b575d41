/* courses.h: proposals under test: needs that contracts tells of, and each command as it should be, whose fields a test
 * spoils one at a time. Include after scene.h. Needs are of the scene's obligation, owed by scene_company. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_PROPOSALS_COURSES_H
#define TESTS_UNIT_SERVICES_TRACKING_PROPOSALS_COURSES_H

#include "tests/unit/services/tracking/scene.h"

#define STATE(NAME) TRACKING__PROPOSAL_STATE__PROPOSAL_##NAME
#define ACTS(NAME)  TRACKING__PROPOSAL_ACTOR__##NAME##_ACTS

/* Another company takes the obligation over, or (at first) owes it. */
static inline void course_company(struct scene *s, struct id company)
{
        Contracts__ObligationAssigned assigned = CONTRACTS__OBLIGATION_ASSIGNED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        assigned.obligation_id = scene_id(s, s->obligation);
        assigned.contract_id = scene_id(s, scene_name("contract"));
        assigned.contractor_organisation = scene_id(s, company);
        assigned.contractor_name = arena_text(&s->f.arena, "Bâtisseurs réunis");
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED;
        event.obligation_assigned = &assigned;
        scene_feed_contracts(s, &event);
}

/* `partner` zero: the company has none. */
static inline struct id course_need(struct scene *s, const char *name, struct id partner)
{
        Contracts__NeedDeclared need = CONTRACTS__NEED_DECLARED__INIT;
        Contracts__NeedPartner chosen = CONTRACTS__NEED_PARTNER__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        struct id id = scene_name(name);
        need.need_id = scene_id(s, id);
        need.obligation_id = scene_id(s, s->obligation);
        need.contract_id = scene_id(s, scene_name("contract"));
        need.title = arena_text(&s->f.arena, "Maçon");
        need.rome_code = arena_text(&s->f.arena, "F1703");
        need.territory = arena_text(&s->f.arena, "31");
        need.starts_on = scene_date(s, 2026, 11, 2);
        chosen.choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        chosen.organisation_id = scene_id(s, partner);
        need.partner = id_is_zero(partner) ? NULL : &chosen;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = &need;
        scene_feed_contracts(s, &event);
        return id;
}

static inline void course_close_need(struct scene *s, struct id need)
{
        Contracts__NeedClosed closed = CONTRACTS__NEED_CLOSED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        closed.need_id = scene_id(s, need);
        closed.contract_id = scene_id(s, scene_name("contract"));
        closed.state = CONTRACTS__NEED_STATE__NEED_FILLED;
        closed.closed_on = scene_date(s, 2026, 10, 17);
        event.body_case = CONTRACTS__EVENT__BODY_NEED_CLOSED;
        event.need_closed = &closed;
        scene_feed_contracts(s, &event);
}

static inline Tracking__ProposeBeneficiary *course_proposing(struct scene *s, struct id person, struct id need)
{
        Tracking__ProposeBeneficiary *command = pb_new(&tracking__propose_beneficiary__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->need_id = scene_id(s, need);
        command->proposed_on = scene_date(s, 2026, 10, 1);
        return command;
}

static inline struct id course_propose(struct scene *s, struct id person, struct id need)
{
        s->f.world.now_ms_value += 1000; /* ids are in the order of their instants */
        const Tracking__ProposeBeneficiaryReply *reply =
                fixture_get(&s->f, s->prescriber, "ProposeBeneficiary", course_proposing(s, person, need));
        return id_of(reply->proposal_id);
}

/* An eligible person, proposed for a need of the company's, without a structure. */
static inline struct id course_proposed(struct scene *s)
{
        course_company(s, s->company);
        return course_propose(s, scene_eligible_person(s), course_need(s, "need", (struct id){0}));
}

static inline Tracking__SendProposal *course_sending(struct scene *s, struct id proposal)
{
        Tracking__SendProposal *command = pb_new(&tracking__send_proposal__descriptor, &s->f.arena);
        command->proposal_id = scene_id(s, proposal);
        command->sent_on = scene_date(s, 2026, 10, 2);
        return command;
}

static inline struct id course_sent(struct scene *s)
{
        struct id proposal = course_proposed(s);
        (void)fixture_get(&s->f, s->facilitator, "SendProposal", course_sending(s, proposal));
        return proposal;
}

static inline Tracking__AnswerProposal *course_answering(struct scene *s, struct id proposal,
                                                         Tracking__ProposalState answer)
{
        Tracking__AnswerProposal *command = pb_new(&tracking__answer_proposal__descriptor, &s->f.arena);
        command->proposal_id = scene_id(s, proposal);
        command->answer = answer;
        command->answered_on = scene_date(s, 2026, 10, 5);
        if (answer == STATE(NOT_TAKEN))
                command->refusal_code = arena_text(&s->f.arena, "SKILLS");
        return command;
}

static inline const Tracking__ProposalReply *course_answer(struct scene *s, const Wire__Passport *actor,
                                                           struct id proposal, Tracking__ProposalState answer)
{
        return fixture_get(&s->f, actor, "AnswerProposal", course_answering(s, proposal, answer));
}

static inline const Tracking__ProposalView *course_view(struct scene *s, const Wire__Passport *actor,
                                                        struct id proposal)
{
        Tracking__ProposalById query = TRACKING__PROPOSAL_BY_ID__INIT;
        query.proposal_id = scene_id(s, proposal);
        return fixture_get(&s->f, actor, "ProposalById", &query);
}

static inline void course_unseen(struct scene *s, const Wire__Passport *actor, struct id proposal)
{
        Tracking__ProposalById query = TRACKING__PROPOSAL_BY_ID__INIT;
        Tracking__ProposalsRequest list = TRACKING__PROPOSALS_REQUEST__INIT;
        query.proposal_id = scene_id(s, proposal);
        (void)fixture_refused(&s->f, actor, "ProposalById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        const Tracking__ProposalsReply *reply = fixture_get(&s->f, actor, "Proposals", &list);
        for (size_t i = 0; i < reply->n_proposals; i++)
                assert_false(id_equal(id_of(reply->proposals[i]->proposal_id), proposal));
}

static inline const Tracking__NextActionsReply *course_next(struct scene *s, const Wire__Passport *actor)
{
        Tracking__NextActions query = TRACKING__NEXT_ACTIONS__INIT;
        return fixture_get(&s->f, actor, "NextActions", &query);
}

#endif
