/* relief.h: difficulties and what the buyer answers, for the tests of the room. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_RELIEF_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_RELIEF_H

#include "tests/unit/services/contracts/control/steps.h"
#include "tests/unit/services/contracts/file/opening.h"

static inline Contracts__DeclareDifficulty *difficulty_of(struct fixture *f, Types__Id *obligation)
{
        Contracts__DeclareDifficulty *command = pb_new(&contracts__declare_difficulty__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->letter_on = this_day(f);
        command->text = arena_text(&f->arena, "Le chantier est arrêté, l'équipe est en activité partielle.");
        return command;
}

static inline Contracts__DecideRelief *relief_of(struct fixture *f, Types__Id *obligation, Contracts__Relief relief)
{
        Contracts__DecideRelief *command = pb_new(&contracts__decide_relief__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->relief = relief;
        command->reasons = arena_text(&f->arena, "Chantier arrêté par les intempéries.");
        command->reference = arena_text(&f->arena, "Décision 2026-55");
        command->signatory = arena_text(&f->arena, "Le maire");
        return command;
}

static inline Contracts__SuspendExecution *order_to_stop(struct fixture *f, Types__Id *contract, Types__Day *from,
                                                         Types__Day *to)
{
        Contracts__SuspendExecution *command = pb_new(&contracts__suspend_execution__descriptor, &f->arena);
        command->contract_id = contract;
        command->from = from;
        command->to = to;
        command->reason = arena_text(&f->arena, "Fouilles archéologiques.");
        command->reference = arena_text(&f->arena, "OS 3");
        command->signatory = arena_text(&f->arena, "Le maire");
        return command;
}

static inline Contracts__ResumeExecution *resumption_of(struct fixture *f, Types__Id *contract, Types__Day *on)
{
        Contracts__ResumeExecution *command = pb_new(&contracts__resume_execution__descriptor, &f->arena);
        command->contract_id = contract;
        command->resumed_on = on;
        return command;
}

static inline Contracts__EndContract *end_of(struct fixture *f, Types__Id *contract, Contracts__ContractEndKind kind)
{
        Contracts__EndContract *command = pb_new(&contracts__end_contract__descriptor, &f->arena);
        command->contract_id = contract;
        command->ended_on = this_day(f);
        command->kind = kind;
        return command;
}

/* What the page of facts says of the only obligation. */
static inline const Contracts__ControlView *control_of_contract(struct fixture *f, Types__Id *contract)
{
        const Contracts__ContractFactsReply *facts = facts_of(f, coordinator(f), contract);
        assert_int_equal(facts->n_control, 1);
        return facts->control[0];
}

#define SUSPEND CONTRACTS__RELIEF__RELIEF_SUSPEND

#endif
