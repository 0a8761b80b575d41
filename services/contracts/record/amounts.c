#include "services/contracts/record/amounts.h"

#include "common/base/french.h"
#include "common/codec/amount.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

bool amount_is_doubtful(const struct work *work, const Types__Money *amount)
{
        return amount != NULL &&
               amount_stands_for_unknown(rules_on(work, DATED_AMOUNTS, work->today), money_of(amount));
}

const Types__Money *amount_trusted(const struct work *work, const Types__Money *amount)
{
        return amount_is_doubtful(work, amount) ? NULL : amount;
}

struct remarks {
        const struct work *work;
        Contracts__FieldProblem **list;
        size_t count;
};

static void remark_on(struct remarks *to, const Types__Money *amount, char *field)
{
        struct arena *arena = to->work->arena;
        if (!amount_is_doubtful(to->work, amount))
                return;
        Contracts__FieldProblem *one = pb_new(&contracts__field_problem__descriptor, arena);
        one->field = field;
        one->text = arena_printf(arena, "montant sans doute fictif (%s) ; gardé tel que publié, pris dans aucun calcul",
                                 french_money(arena, money_of(amount)));
        to->list = pb_append(to->list, &to->count, sizeof(*to->list), arena);
        to->list[to->count - 1] = one;
}

Contracts__FieldProblem **amount_remarks(const struct work *work, const Contracts__ContractRecord *record,
                                         size_t *ret_count)
{
        struct remarks remarks = {.work = work};
        const char *name = record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION ? "valeurGlobale" : "montant";

        remark_on(&remarks, record->amount, arena_text(work->arena, name));
        for (size_t i = 0; i < record->n_modifications; i++)
                remark_on(&remarks, record->modifications[i]->amount,
                          arena_printf(work->arena, "modifications[%zu].%s", i, name));
        *ret_count = remarks.count;
        return remarks.list;
}
