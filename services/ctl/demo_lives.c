#include "services/ctl/demo_lives.h"

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "tracking/commands.pb-c.h"

#define NEW(type, arena) pb_new(&type##__descriptor, arena)

enum { SENT_AFTER = 2, ANSWERED_AFTER = 7, POSTPONED_FOR = 30, SILENT_EVERY = 8, RECENT_DAYS = 25 };

static char *text(const char *borrowed)
{
        return (char *)(uintptr_t)borrowed;
}

static struct day days_after(struct day day, int days)
{
        return day_of_number(day_number(day) + days);
}

/* ---- proposals */

const ProtobufCMessage *demo_make_proposal(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_proposal *proposal = &plan->proposals[n];
        Tracking__ProposeBeneficiary *request = NEW(tracking__propose_beneficiary, arena);
        if (proposal->is_none || id_is_zero(plan->persons[proposal->person].id) ||
            id_is_zero(plan->needs[proposal->need].id))
                return NULL;
        request->beneficiary_id = id_to(arena, plan->persons[proposal->person].id);
        request->need_id = id_to(arena, plan->needs[proposal->need].id);
        request->proposed_on = day_to(arena, proposal->made_on);
        return &request->base;
}

void demo_took_proposal(struct demo_plan *plan, size_t n, const ProtobufCMessage *body)
{
        plan->proposals[n].id = id_of(((const Tracking__ProposeBeneficiaryReply *)body)->proposal_id);
}

const ProtobufCMessage *demo_make_sending(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_proposal *proposal = &plan->proposals[n];
        Tracking__SendProposal *request = NEW(tracking__send_proposal, arena);
        if (id_is_zero(proposal->id) || proposal->fate == FATE_PROPOSED || proposal->fate == FATE_WITHDRAWN)
                return NULL;
        request->proposal_id = id_to(arena, proposal->id);
        request->sent_on = day_to(arena, days_after(proposal->made_on, SENT_AFTER));
        return &request->base;
}

const ProtobufCMessage *demo_make_answer(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        static const char *const refusals[] = {"NO_POSITION", "SKILLS", "DATES", "TOO_FAR"};
        const struct demo_proposal *proposal = &plan->proposals[n];
        Tracking__AnswerProposal *request = NEW(tracking__answer_proposal, arena);
        bool is_refused = proposal->fate == FATE_NOT_TAKEN;
        if (id_is_zero(proposal->id) || (proposal->fate != FATE_MET && !is_refused))
                return NULL;
        request->proposal_id = id_to(arena, proposal->id);
        request->answer =
                is_refused ? TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN : TRACKING__PROPOSAL_STATE__PROPOSAL_MET;
        request->answered_on = day_to(arena, days_after(proposal->made_on, ANSWERED_AFTER));
        if (is_refused)
                request->refusal_code = text(refusals[n / DEMO_FATES % ARRAY_SIZE(refusals)]);
        return &request->base;
}

const ProtobufCMessage *demo_make_postponement(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_proposal *proposal = &plan->proposals[n];
        Tracking__PostponeProposal *request = NEW(tracking__postpone_proposal, arena);
        if (id_is_zero(proposal->id) || proposal->fate != FATE_POSTPONED)
                return NULL;
        request->proposal_id = id_to(arena, proposal->id);
        request->postponed_on = day_to(arena, days_after(proposal->made_on, ANSWERED_AFTER));
        request->until = day_to(arena, days_after(plan->today, POSTPONED_FOR));
        request->postponement_code = text("START_POSTPONED");
        return &request->base;
}

const ProtobufCMessage *demo_make_withdrawal(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        const struct demo_proposal *proposal = &plan->proposals[n];
        Tracking__WithdrawProposal *request = NEW(tracking__withdraw_proposal, arena);
        if (id_is_zero(proposal->id) || proposal->fate != FATE_WITHDRAWN)
                return NULL;
        request->proposal_id = id_to(arena, proposal->id);
        request->withdrawn_on = day_to(arena, days_after(proposal->made_on, SENT_AFTER));
        request->withdrawal_code = text("PERSON_FOUND_WORK");
        return &request->base;
}

/* ---- contacts: soon after the first day, later on, and of who works today a recent one; of some nothing is heard */

static struct day day_of_contact(const struct demo_plan *plan, const struct demo_placement *placement, size_t n)
{
        static const int after[DEMO_CONTACTS - 1] = {18, 70, 160};
        size_t which = n % DEMO_CONTACTS;
        if (which < ARRAY_SIZE(after))
                return days_after(placement->starts_on, after[which] + (int)(n * 3 % 15));
        return days_after(plan->today, -(int)(n * 5 % RECENT_DAYS) - 1);
}

static bool is_at_work(const struct demo_plan *plan, const struct demo_placement *placement, struct day day)
{
        return day_number(day) >= day_number(placement->starts_on) && day_number(day) <= day_number(plan->today) &&
               (!placement->ends || day_number(day) <= day_number(placement->ends_on));
}

const ProtobufCMessage *demo_make_contact(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        static const char *const kinds[DEMO_CONTACTS] = {"VISIT", "CALL", "THREE_WAY", "CALL"};
        static const Tracking__ContactWith with[DEMO_CONTACTS] = {
                TRACKING__CONTACT_WITH__WITH_TUTOR, TRACKING__CONTACT_WITH__WITH_PERSON,
                TRACKING__CONTACT_WITH__WITH_PERSON, TRACKING__CONTACT_WITH__WITH_TUTOR};
        const struct demo_placement *placement = &plan->placements[n / DEMO_CONTACTS];
        struct day day = day_of_contact(plan, placement, n);
        Tracking__RecordContact *request = NEW(tracking__record_contact, arena);
        if (id_is_zero(placement->id) || n / DEMO_CONTACTS % SILENT_EVERY == SILENT_EVERY - 1 ||
            !is_at_work(plan, placement, day))
                return NULL;
        request->beneficiary_id = id_to(arena, plan->persons[placement->person].id);
        request->placement_id = id_to(arena, placement->id);
        request->contact = NEW(tracking__follow_up_contact, arena);
        request->contact->happened_on = day_to(arena, day);
        request->contact->kind_code = text(kinds[n % DEMO_CONTACTS]);
        request->contact->met_with = with[n % DEMO_CONTACTS];
        request->contact->result_code = text(n % 11 == 0 ? "NOT_REACHED" : "MET");
        return &request->base;
}

/* ---- months that are sent back */

const ProtobufCMessage *demo_make_return(const struct demo_plan *plan, size_t n, struct arena *arena)
{
        static const char *const codes[] = {"ABSENCES", "EVIDENCE", "FIGURE"};
        const struct demo_month *month = &plan->months[n];
        Tracking__ReturnHours *request = NEW(tracking__return_hours, arena);
        if (n >= plan->month_count || !month->returned || id_is_zero(plan->placements[month->placement].id))
                return NULL;
        request->placement_id = id_to(arena, plan->placements[month->placement].id);
        request->month = month_to(arena, month->month);
        request->return_code = text(codes[n % ARRAY_SIZE(codes)]);
        request->returned_on = day_to(arena, month->decided_on);
        return &request->base;
}
