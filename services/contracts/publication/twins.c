#include "services/contracts/publication/twins.h"

#include <stdlib.h>

#include "common/codec/contract_key.h"
#include "services/contracts/publication/publication_rows.h"

enum { AMOUNTS_APART_CENTS = 100 };

/* Whether one was the other with its cents rounded; not told is alike to not told. */
static bool amounts_are_near(const Types__Money *a, const Types__Money *b)
{
        if (a == NULL || b == NULL)
                return a == b;
        return llabs(a->cents - b->cents) < AMOUNTS_APART_CENTS;
}

bool twins_are_near(const Contracts__ContractRecord *a, const Contracts__ContractRecord *b)
{
        return contract_numbers_alike(a->number, b->number) && amounts_are_near(a->amount, b->amount);
}

bool twins_look_alike(const struct work *work, const Contracts__ContractRecord *a, const Contracts__ContractRecord *b)
{
        return a->notified_on != NULL && b->notified_on != NULL &&
               id_equal(contract_alike_key(a, work->arena), contract_alike_key(b, work->arena)) && twins_are_near(a, b);
}

static bool names(const struct work *work, struct id one, struct id other)
{
        const Contracts__DismissedTwins *row = publication_dismissed(work->txn, work->arena, id_to(work->arena, one));
        for (size_t i = 0; i < row->n_others; i++)
                if (id_equal(id_of(row->others[i]), other))
                        return true;
        return false;
}

bool twins_are_dismissed(const struct work *work, struct id one, struct id other)
{
        return names(work, one, other) || names(work, other, one);
}
