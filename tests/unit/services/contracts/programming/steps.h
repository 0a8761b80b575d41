/* steps.h: steps of this room's tests, on top of the daemon's fixture: a contract in preparation, an obligation check.
 */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_PROGRAMMING_STEPS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_PROGRAMMING_STEPS_H

#include "tests/unit/services/contracts/fixture.h"

/* A contract of ours: works, 6,000,000 €, for eight months. */
static inline Contracts__OpenContract *works_to_open(struct fixture *f)
{
        Contracts__OpenContract *command = pb_new(&contracts__open_contract__descriptor, &f->arena);
        command->record = a_record(f);
        command->record->amount = euros(f, 6000000);
        command->record->duration_months = 8;
        return command;
}

static inline Types__Id *opened(struct fixture *f, Contracts__OpenContract *command)
{
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", command);
        return reply->contract_id;
}

/* What the contract itself does not say. */
static inline Contracts__ObligationFacts *launched(struct fixture *f, int year, int month, int day)
{
        Contracts__ObligationFacts *facts = pb_new(&contracts__obligation_facts__descriptor, &f->arena);
        facts->launch_on = a_day(f, year, month, day);
        return facts;
}

static inline const Contracts__ObligationCheck *check_obligation(struct fixture *f, const Wire__Passport *actor,
                                                                 Types__Id *contract, Contracts__ObligationFacts *facts)
{
        Contracts__CheckObligationRequest query = CONTRACTS__CHECK_OBLIGATION_REQUEST__INIT;
        query.contract_id = contract;
        query.facts = facts;
        return fixture_get(f, actor, "CheckObligation", &query);
}

static inline Contracts__RecordDerogation *derogation_of(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordDerogation *command = pb_new(&contracts__record_derogation__descriptor, &f->arena);
        command->contract_id = contract;
        command->ground = arena_text(&f->arena, "LIEN_INSUFFISANT");
        command->reason = arena_text(&f->arena, "Le chantier se fait par des robots, sans personne sur place.");
        command->facts = launched(f, 2027, 2, 1);
        return command;
}

static inline const Contracts__ContractFactsReply *facts_of_contract(struct fixture *f, const Wire__Passport *actor,
                                                                     Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

#endif
