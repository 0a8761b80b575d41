/* opening.h: contracts of ours, for the tests of the room. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_FILE_OPENING_H
#define TESTS_UNIT_SERVICES_CONTRACTS_FILE_OPENING_H

#include "tests/unit/services/contracts/fixture.h"

static inline Contracts__OpenContract *opening(struct fixture *f)
{
        Contracts__OpenContract *command = pb_new(&contracts__open_contract__descriptor, &f->arena);
        command->is_another = true;
        command->record = a_record(f);
        command->record->number = arena_text(&f->arena, "");
        command->record->notified_on = command->record->published_on = NULL;
        return command;
}

static inline Types__Id *open_it(struct fixture *f, Contracts__OpenContract *command)
{
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", command);
        return reply->contract_id;
}

static inline Contracts__AmendContract *amendment(struct fixture *f, Types__Id *contract)
{
        Contracts__AmendContract *command = pb_new(&contracts__amend_contract__descriptor, &f->arena);
        command->contract_id = contract;
        command->record = a_record(f);
        command->record->amount = euros(f, 1200000);
        command->reason = arena_text(&f->arena, "Montant revu après l'étude");
        return command;
}

static inline const Contracts__ContractFactsReply *facts_of(struct fixture *f, const Wire__Passport *actor,
                                                            Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

static inline const Contracts__ContractHistoryReply *history_of(struct fixture *f, const Wire__Passport *actor,
                                                                Types__Id *contract)
{
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractHistory", &query);
}

#endif
