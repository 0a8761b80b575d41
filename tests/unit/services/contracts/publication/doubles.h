/* doubles.h: two publications of one contract, for the tests of those who list and join them. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_PUBLICATION_DOUBLES_H
#define TESTS_UNIT_SERVICES_CONTRACTS_PUBLICATION_DOUBLES_H

#include "tests/unit/services/contracts/fixture.h"

/* With a clause published, under that number. */
static inline Contracts__ContractRecord *numbered(struct fixture *f, const char *number)
{
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_text(&f->arena, number);
        record->social = arena_alloc(&f->arena, sizeof(*record->social));
        record->social[0] = CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE;
        record->n_social = 1;
        return record;
}

static inline Types__Id *published(struct fixture *f, const char *number)
{
        return import(f, numbered(f, number))->contract_id;
}

static inline const Contracts__TwinPublicationsReply *doubles(struct fixture *f, const Wire__Passport *actor)
{
        Contracts__TwinPublicationsRequest query = CONTRACTS__TWIN_PUBLICATIONS_REQUEST__INIT;
        return fixture_get(f, actor, "TwinPublications", &query);
}

static inline Contracts__JoinPublications *join_of(struct fixture *f, Types__Id *contract, Types__Id *twin)
{
        Contracts__JoinPublications *command = pb_new(&contracts__join_publications__descriptor, &f->arena);
        command->contract_id = contract;
        command->twin_id = twin;
        command->reason = arena_text(&f->arena, "Le numéro porte le rang de l'avenant.");
        return command;
}

/* All of it, by pages of one line. */
static inline size_t history_lines(struct fixture *f, Types__Id *contract, const Contracts__HistoryLine *ret[16])
{
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        size_t count = 0;
        query.contract_id = contract;
        query.page = pb_new(&types__page__descriptor, &f->arena);
        query.page->limit = 1;
        do {
                const Contracts__ContractHistoryReply *reply =
                        fixture_get(f, facilitator(f), "ContractHistory", &query);
                assert_int_equal(reply->n_lines, 1);
                assert_true(count < 16);
                ret[count++] = reply->lines[0];
                query.page->after = reply->next;
        } while (query.page->after.len > 0);
        return count;
}

static inline size_t listed(struct fixture *f)
{
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        const Contracts__ContractsReply *reply = fixture_get(f, coordinator(f), "Contracts", &query);
        return reply->n_contracts;
}

static inline size_t unfollowed(struct fixture *f)
{
        Contracts__UnfollowedContractsRequest query = CONTRACTS__UNFOLLOWED_CONTRACTS_REQUEST__INIT;
        const Contracts__UnfollowedContractsReply *reply =
                fixture_get(f, coordinator(f), "UnfollowedContracts", &query);
        return reply->n_contracts;
}

#endif
