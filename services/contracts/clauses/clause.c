#include "services/contracts/clauses/clause.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/place.h"

static bool holds(const struct territories *territories, const char *code)
{
        for (size_t i = 0; i < territories->count; i++)
                if (strcmp(territories->codes[i], code) == 0)
                        return true;
        return false;
}

static bool from_place(const Contracts__ContractRecord *record, struct arena *arena, struct territories *ret,
                       struct refusal *ret_refusal)
{
        char territory[TERRITORY_TEXT_SIZE];

        if (!place_territory(record->place, territory))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territories",
                              "Le lieu d'exécution publié ne dit pas le département : indiquez dans « Départements » "
                              "celui ou ceux où chercher les personnes.");
        ret->codes = arena_alloc(arena, sizeof(*ret->codes));
        ret->codes[0] = arena_text(arena, territory);
        ret->count = 1;
        return true;
}

bool clause_territories(const struct territories *asked, const Contracts__ContractRecord *record, struct arena *arena,
                        struct territories *ret, struct refusal *ret_refusal)
{
        if (asked->count == 0)
                return from_place(record, arena, ret, ret_refusal);

        struct territories read = {arena_alloc(arena, asked->count * sizeof(*read.codes)), 0};
        for (size_t i = 0; i < asked->count; i++) {
                char *code = asked->codes[i];
                if (!holds(&read, code))
                        read.codes[read.count++] = code;
        }
        *ret = read;
        return true;
}

bool clause_says_same(const Contracts__ClausePut *a, const Contracts__ClausePut *b, struct arena *arena)
{
        static char none[] = "";
        Contracts__ClausePut left = *a, right = *b;
        left.rules_version = right.rules_version = none;
        return slice_equal(pb_encode(&left, arena), pb_encode(&right, arena));
}

bool clause_may_change(bool owed, struct refusal *ret_refusal)
{
        if (!owed)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                      "Ce lot porte déjà une clause dont une entreprise doit les heures : elle ne peut plus être "
                      "recalculée. Enregistrez un avenant sur l'obligation (AmendObligation).");
}
