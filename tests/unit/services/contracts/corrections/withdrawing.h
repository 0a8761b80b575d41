/* withdrawing.h: an act that is withdrawn, for the tests of the room. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CORRECTIONS_WITHDRAWING_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CORRECTIONS_WITHDRAWING_H

#include "tests/unit/services/contracts/fixture.h"

static inline Contracts__WithdrawAct *withdrawal_of(struct fixture *f, Types__Id *contract, uint64_t act)
{
        Contracts__WithdrawAct *command = pb_new(&contracts__withdraw_act__descriptor, &f->arena);
        command->contract_id = contract;
        command->act = act;
        command->reason = arena_text(&f->arena, "Saisi par erreur");
        return command;
}

static inline const Contracts__WithdrawActReply *withdraw(struct fixture *f, Types__Id *contract, uint64_t act)
{
        return fixture_get(f, facilitator(f), "WithdrawAct", withdrawal_of(f, contract, act));
}

/* The number of the last event: of the act that was recorded just now. */
static inline uint64_t last_act(struct fixture *f)
{
        return engine_position(f->engine);
}

static inline const Types__Refusal *not_withdrawn(struct fixture *f, Types__Id *contract, uint64_t act,
                                                  Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "WithdrawAct", withdrawal_of(f, contract, act), code);
}

#endif
