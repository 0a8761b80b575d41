/* association_fixture.h: the steps of being associated or declining, each a message to the engine. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_FIXTURE_H

#include "tests/unit/services/contracts/fixture.h"

static inline Contracts__RecordAssociation *associated(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordAssociation *command = pb_new(&contracts__record_association__descriptor, &f->arena);
        command->contract_id = contract;
        command->association = CONTRACTS__ASSOCIATION__ASSOCIATED;
        command->since = a_day(f, 2026, 2, 3);
        command->at = CONTRACTS__ASSOCIATION_STAGE__AT_DESIGN;
        command->by = arena_text(&f->arena, "Direction de la commande publique");
        return command;
}

static inline Contracts__RecordAssociation *not_associated(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordAssociation *command = pb_new(&contracts__record_association__descriptor, &f->arena);
        command->contract_id = contract;
        command->association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        return command;
}

static inline Contracts__DeclineContract *declining(struct fixture *f, Types__Id *contract)
{
        Contracts__DeclineContract *command = pb_new(&contracts__decline_contract__descriptor, &f->arena);
        command->contract_id = contract;
        command->reason = CONTRACTS__DECLINE_REASON__NAMED_WITHOUT_NOTICE;
        command->text = arena_text(&f->arena, "Nous l'avons découvert dans l'avis d'attribution.");
        return command;
}

static inline Contracts__ResumeContract *resuming(struct fixture *f, Types__Id *contract)
{
        Contracts__ResumeContract *command = pb_new(&contracts__resume_contract__descriptor, &f->arena);
        command->contract_id = contract;
        command->regularised_on = a_day(f, 2026, 10, 15);
        command->text = arena_text(&f->arena, "Volet social repris par avenant.");
        return command;
}

static inline void decline(struct fixture *f, Types__Id *contract)
{
        (void)fixture_get(f, facilitator(f), "RecordAssociation", not_associated(f, contract));
        (void)fixture_get(f, facilitator(f), "DeclineContract", declining(f, contract));
}

static inline const Contracts__ContractFactsReply *facts_of(struct fixture *f, Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, coordinator(f), "ContractFacts", &query);
}

#endif
