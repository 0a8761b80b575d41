/* several_buyers.h: a framework agreement of two companies by which two buyers buy: BUYER_SIRET coordinates, the other
 * (OTHER_BUYER_SIRET, organisation 6) is a member. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_SEVERAL_BUYERS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_SEVERAL_BUYERS_H

#include "tests/unit/services/contracts/obligations/scene.h"

struct several_buyers {
        Types__Id *contract, *clause, *companies[2];
};

static inline Contracts__PutGroupBuyers *buyers_of(struct fixture *f, Types__Id *contract, const char *siret)
{
        Contracts__PutGroupBuyers *command = pb_new(&contracts__put_group_buyers__descriptor, &f->arena);
        Contracts__GroupBuyer *member = pb_new(&contracts__group_buyer__descriptor, &f->arena);
        member->siret = arena_text(&f->arena, siret);
        member->name = arena_text(&f->arena, "Ville de Foix");
        command->contract_id = contract;
        command->form = CONTRACTS__BUYERS_FORM__ORDER_GROUPING;
        command->buyers = pb_append(command->buyers, &command->n_buyers, sizeof(member), &f->arena);
        command->buyers[0] = member;
        command->reference = arena_text(&f->arena, "Convention 4");
        return command;
}

static inline struct several_buyers buy_together(struct fixture *f)
{
        struct several_buyers s;
        framework_scene(f, s.companies);
        const Contracts__ObligationView *view = see_obligation(f, s.companies[0]);
        s.contract = view->contract_id;
        s.clause = view->clause_id;
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, OTHER_BUYER_SIRET);
        (void)fixture_get(f, facilitator(f), "PutGroupBuyers", buyers_of(f, s.contract, OTHER_BUYER_SIRET));
        return s;
}

static inline const Contracts__ClauseLedgerReply *ledger_seen_by(struct fixture *f, const Wire__Passport *actor,
                                                                 Types__Id *clause)
{
        Contracts__ClauseLedger query = CONTRACTS__CLAUSE_LEDGER__INIT;
        query.clause_id = clause;
        return fixture_get(f, actor, "ClauseLedger", &query);
}

#endif
