/* drafting_fixture.h: what documents must say, complete. Include after cmocka.h. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_DRAFTING_DRAFTING_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_DRAFTING_DRAFTING_FIXTURE_H

#include "tests/unit/services/contracts/fixture.h"

static inline void add_public(Contracts__DraftItems *items, const char *code, struct arena *arena)
{
        items->publics = pb_append(items->publics, &items->n_publics, sizeof(char *), arena);
        items->publics[items->n_publics - 1] = arena_text(arena, code);
}

static inline Contracts__DraftItems *complete_items(struct arena *arena)
{
        Contracts__DraftItems *items = pb_new(&contracts__draft_items__descriptor, arena);
        items->perimeter = arena_text(arena, "travaux de peinture intérieure, sur le site, du début à la réception");
        items->facilitator = pb_new(&contracts__draft_contact__descriptor, arena);
        items->facilitator->name = arena_text(arena, "Camille Exemple");
        items->facilitator->organisation = arena_text(arena, "Maison de l'emploi");
        items->facilitator->phone = arena_text(arena, "05 00 00 00 00");
        add_public(items, "B_RSA", arena);
        add_public(items, "B_QPV", arena);
        items->lever = CONTRACTS__DRAFT_LEVER__CONDITION_LEVER;
        return items;
}

static inline Contracts__DraftSubcriterion *add_subcriterion(Contracts__DraftItems *items, const char *label,
                                                             uint32_t weight, struct arena *arena)
{
        Contracts__DraftSubcriterion *one = pb_new(&contracts__draft_subcriterion__descriptor, arena);
        one->label = arena_text(arena, label);
        one->weight = share_to(arena, share_of_millionths(weight));
        items->subcriteria = pb_append(items->subcriteria, &items->n_subcriteria, sizeof(one), arena);
        items->subcriteria[items->n_subcriteria - 1] = one;
        return one;
}

static inline Contracts__PutDraftItems *items_for(struct fixture *f, Types__Id *contract, uint32_t lot)
{
        Contracts__PutDraftItems *command = pb_new(&contracts__put_draft_items__descriptor, &f->arena);
        command->contract_id = contract;
        command->lot = lot;
        command->items = complete_items(&f->arena);
        return command;
}

static inline const Contracts__PutDraftItemsReply *put_items(struct fixture *f, Contracts__PutDraftItems *command)
{
        return fixture_get(f, facilitator(f), "PutDraftItems", command);
}

static inline Contracts__DraftClause *piece_draft_of(struct fixture *f, Types__Id *contract,
                                                     Contracts__DraftPiece piece)
{
        Contracts__DraftClause *query = pb_new(&contracts__draft_clause__descriptor, &f->arena);
        query->contract_id = contract;
        query->piece = piece;
        return query;
}

static inline const Contracts__DraftClauseReply *draft(struct fixture *f, Types__Id *contract,
                                                       Contracts__DraftPiece piece)
{
        return fixture_get(f, facilitator(f), "DraftClause", piece_draft_of(f, contract, piece));
}

/* A contract whose lot 1 has a clause and all that its documents must say. */
static inline Types__Id *a_drafted_contract(struct fixture *f)
{
        Types__Id *contract = a_contract(f);
        (void)put_clause(f, clause_on(f, contract));
        (void)put_items(f, items_for(f, contract, 1));
        return contract;
}

#endif
