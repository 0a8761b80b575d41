/* steps.h: the steps of a case, for the tests of the room: a plan on a clause, an obligation under it, and each message
 * of the ladder with what it usually says. The fixture's contract runs from 2026-03-02 to 2027-03-01, for 833 hours. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_STEPS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_STEPS_H

#include "tests/unit/services/contracts/fixture.h"

enum { CONTRACTOR = 1, THE_BUYER = 2, OTHER = 3 };

/* From then on it is noon of that day. */
static inline void today_is(struct fixture *f, int year, int month, int day)
{
        int64_t days = day_number(day_of_civil((struct civil){year, month, day}));
        f->world.now_ms_value = days * 86400000 + 43200000;
}

static inline void days_pass(struct fixture *f, int days)
{
        f->world.now_ms_value += (int64_t)days * 86400000;
}

static inline Types__Day *this_day(struct fixture *f)
{
        return day_to(&f->arena, day_of_instant_ms(f->world.now_ms_value));
}

/* Its SIRET is told by the directory once, by the_buyer_is_known(). */
static inline Wire__Passport *buyer(struct fixture *f)
{
        return of_organisation(f, TYPES__ROLE__BUYER, THE_BUYER);
}

static inline void the_buyer_is_known(struct fixture *f)
{
        directory_tells(f, 1, THE_BUYER, BUYER_SIRET);
}

static inline Wire__Passport *contractor(struct fixture *f)
{
        return of_organisation(f, TYPES__ROLE__COMPANY, CONTRACTOR);
}

static inline Wire__Passport *stranger(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65");
}

/* ---- plan */

static inline Contracts__PutControlPlan *plan_on(struct fixture *f, Types__Id *clause, const char *model)
{
        Contracts__PutControlPlan *command = pb_new(&contracts__put_control_plan__descriptor, &f->arena);
        command->clause_id = clause;
        command->model = arena_text(&f->arena, model);
        command->plan = pb_new(&contracts__control_plan__descriptor, &f->arena);
        return command;
}

static inline const Contracts__PutControlPlanReply *put_plan(struct fixture *f, Contracts__PutControlPlan *command)
{
        return fixture_get(f, facilitator(f), "PutControlPlan", command);
}

struct controlled {
        Types__Id *contract, *clause, *obligation;
};

/* A contract, its clause with a plan of that model ("" the first: quarterly), and who owes its hours. */
static inline struct controlled controlled_by(struct fixture *f, const char *model)
{
        struct controlled c;
        c.contract = a_contract(f);
        c.clause = put_clause(f, clause_on(f, c.contract))->clause_id;
        (void)put_plan(f, plan_on(f, c.clause, model));
        c.obligation = record_obligation(f, obligation_on(f, c.clause))->obligation_id;
        return c;
}

/* ---- statements */

static inline Contracts__RecordStatement *statement(struct fixture *f, Types__Id *obligation, Types__Day *period_end,
                                                    const char *documents)
{
        Contracts__RecordStatement *command = pb_new(&contracts__record_statement__descriptor, &f->arena);
        char *rest = arena_text(&f->arena, documents);
        command->obligation_id = obligation;
        command->period_end = period_end;
        command->received_on = this_day(f);
        for (char *save = NULL, *one = strtok_r(rest, " ", &save); one != NULL; one = strtok_r(NULL, " ", &save)) {
                command->documents = pb_append(command->documents, &command->n_documents, sizeof(one), &f->arena);
                command->documents[command->n_documents - 1] = one;
        }
        return command;
}

static inline const Contracts__RecordStatementReply *receive(struct fixture *f, Types__Id *obligation,
                                                             Types__Day *period_end, const char *documents)
{
        return fixture_get(f, facilitator(f), "RecordStatement", statement(f, obligation, period_end, documents));
}

/* ---- the ladder */

static inline Contracts__OpenCase *opening_of(struct fixture *f, Types__Id *obligation, Contracts__CaseGround ground,
                                              Types__Day *period_end)
{
        Contracts__OpenCase *command = pb_new(&contracts__open_case__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->ground = ground;
        command->period_end = period_end;
        return command;
}

static inline Types__Id *open_case(struct fixture *f, Types__Id *obligation, Contracts__CaseGround ground,
                                   Types__Day *period_end)
{
        const Contracts__OpenCaseReply *reply =
                fixture_get(f, facilitator(f), "OpenCase", opening_of(f, obligation, ground, period_end));
        return reply->case_id;
}

static inline Contracts__RecordReminder *reminder_in(struct fixture *f, Types__Id *case_id)
{
        Contracts__RecordReminder *command = pb_new(&contracts__record_reminder__descriptor, &f->arena);
        command->case_id = case_id;
        command->sent_on = this_day(f);
        return command;
}

static inline Contracts__WarnBuyer *warning_of(struct fixture *f, Types__Id *case_id)
{
        Contracts__WarnBuyer *command = pb_new(&contracts__warn_buyer__descriptor, &f->arena);
        command->case_id = case_id;
        return command;
}

static inline Contracts__DraftFormalNotice *draft_of(struct fixture *f, Types__Id *case_id)
{
        Contracts__DraftFormalNotice *command = pb_new(&contracts__draft_formal_notice__descriptor, &f->arena);
        command->case_id = case_id;
        return command;
}

static inline Contracts__ServeFormalNotice *notice_of(struct fixture *f, Types__Id *case_id)
{
        Contracts__ServeFormalNotice *command = pb_new(&contracts__serve_formal_notice__descriptor, &f->arena);
        command->case_id = case_id;
        command->served_on = this_day(f);
        command->reference = arena_text(&f->arena, "LRAR 2026-118");
        command->signatory = arena_text(&f->arena, "La directrice des marchés");
        return command;
}

static inline Contracts__RecordObservations *observations_on(struct fixture *f, Types__Id *case_id)
{
        Contracts__RecordObservations *command = pb_new(&contracts__record_observations__descriptor, &f->arena);
        command->case_id = case_id;
        command->received_on = this_day(f);
        command->text = arena_text(&f->arena, "Le chantier a été arrêté par les intempéries.");
        return command;
}

static inline Contracts__ProposePenalty *proposal_on(struct fixture *f, Types__Id *case_id,
                                                     Contracts__ProposalKind kind)
{
        Contracts__ProposePenalty *command = pb_new(&contracts__propose_penalty__descriptor, &f->arena);
        command->case_id = case_id;
        command->kind = kind;
        command->reasons = arena_text(&f->arena, "Deux relances sans réponse.");
        return command;
}

static inline Contracts__DecideCase *decision_on(struct fixture *f, Types__Id *case_id, Contracts__BuyerChoice choice)
{
        Contracts__DecideCase *command = pb_new(&contracts__decide_case__descriptor, &f->arena);
        command->case_id = case_id;
        command->choice = choice;
        command->reasons = arena_text(&f->arena, "Au vu des observations.");
        return command;
}

static inline Contracts__RecordBuyerDecision *copy_of(struct fixture *f, Contracts__DecideCase *decision)
{
        Contracts__RecordBuyerDecision *command = pb_new(&contracts__record_buyer_decision__descriptor, &f->arena);
        decision->reference = arena_text(&f->arena, "Courrier 2026-204");
        command->decision = decision;
        command->decided_on = this_day(f);
        command->signatory = arena_text(&f->arena, "Le maire");
        return command;
}

static inline Contracts__CloseCase *closing_of(struct fixture *f, Types__Id *case_id, Contracts__CaseOutcome outcome)
{
        Contracts__CloseCase *command = pb_new(&contracts__close_case__descriptor, &f->arena);
        command->case_id = case_id;
        command->outcome = outcome;
        return command;
}

static inline const Contracts__ControlCase *see_case(struct fixture *f, Types__Id *case_id)
{
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        query.case_id = case_id;
        const Contracts__CaseView *view = fixture_get(f, coordinator(f), "CaseById", &query);
        return view->case_;
}

/* From an open case to each step in turn, the days between them included. */
static inline void to_warning(struct fixture *f, Types__Id *case_id)
{
        (void)fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id));
        days_pass(f, 21); /* ten working days, whatever holidays */
        (void)fixture_get(f, facilitator(f), "WarnBuyer", warning_of(f, case_id));
}

static inline void to_notice(struct fixture *f, Types__Id *case_id)
{
        to_warning(f, case_id);
        (void)fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        (void)fixture_get(f, facilitator(f), "ServeFormalNotice", notice_of(f, case_id));
}

static inline const Contracts__PenaltyProposal *to_proposal(struct fixture *f, Types__Id *case_id)
{
        to_notice(f, case_id);
        days_pass(f, 16);
        const Contracts__ProposePenaltyReply *reply = fixture_get(
                f, facilitator(f), "ProposePenalty", proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL));
        return reply->proposal;
}

#define LATE     CONTRACTS__CASE_GROUND__LATE_STATEMENT
#define MISSING  CONTRACTS__CASE_GROUND__MISSING_DOCUMENT
#define SLOW     CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS
#define NOT_DONE CONTRACTS__CASE_GROUND__HOURS_NOT_DONE

#endif
