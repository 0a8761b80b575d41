/* reserved_fixture.h: a reserved contract, entered in five fields. Change what the test is about before sending it.
 * Today is 18 October 2026. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_RESERVED_RESERVED_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_RESERVED_RESERVED_FIXTURE_H

#include "tests/unit/services/contracts/fixture.h"

#define IN_GROUND(NAME) CONTRACTS__RESERVATION_GROUND__RESERVED_##NAME

static inline Contracts__EnterReserved *five_fields(struct fixture *f)
{
        Contracts__EnterReserved *command = pb_new(&contracts__enter_reserved__descriptor, &f->arena);
        command->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        command->object = arena_text(&f->arena, "Entretien des berges");
        command->holder_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        command->ground = IN_GROUND(IAE);
        command->notified_on = a_day(f, 2026, 9, 1);
        return command;
}

static inline const Contracts__EnterReservedReply *enter(struct fixture *f, const Wire__Passport *actor,
                                                         const Contracts__EnterReserved *command)
{
        return fixture_get(f, actor, "EnterReserved", command);
}

static inline void add_ground(struct fixture *f, Contracts__ReservationGround **grounds, size_t *count,
                              Contracts__ReservationGround ground)
{
        *grounds = pb_append(*grounds, count, sizeof(**grounds), &f->arena);
        (*grounds)[*count - 1] = ground;
}

static inline Contracts__RecordReserved *an_entry(struct fixture *f, Types__Id *contract,
                                                  Contracts__ReservationGround ground)
{
        Contracts__RecordReserved *command = pb_new(&contracts__record_reserved__descriptor, &f->arena);
        command->contract_id = contract;
        command->entry = pb_new(&contracts__reserved_entry__descriptor, &f->arena);
        add_ground(f, &command->entry->grounds, &command->entry->n_grounds, ground);
        command->entry->holder_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        return command;
}

static inline const Contracts__ReservationCheckReply *record_reserved(struct fixture *f,
                                                                      const Contracts__RecordReserved *command)
{
        const Contracts__RecordReservedReply *reply = fixture_get(f, facilitator(f), "RecordReserved", command);
        return reply->check;
}

static inline const Contracts__ContractFactsReply *see_facts(struct fixture *f, const Wire__Passport *actor,
                                                             Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

static inline const Wire__Passport *auditor(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*");
}

#endif
