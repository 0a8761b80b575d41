#include "services/directory/words/best.h"

#include <string.h>

static bool is_before(const struct offer *a, const struct offer *b)
{
        if (a->rank != b->rank)
                return a->rank < b->rank;
        if (a->weight != b->weight)
                return a->weight > b->weight;
        return strcmp(a->name, b->name) < 0;
}

static void drop(struct best *best, size_t at)
{
        best->count--;
        memmove(best->offers + at, best->offers + at + 1, (best->count - at) * sizeof(best->offers[0]));
}

/* True where the thing is there already, better. */
static bool is_worse(struct best *best, const struct offer *offer)
{
        for (size_t i = 0; i < best->count; i++) {
                if (best->offers[i].thing != offer->thing)
                        continue;
                if (!is_before(offer, &best->offers[i]))
                        return true;
                drop(best, i);
                return false;
        }
        return false;
}

void best_offer(struct best *best, const struct offer *offer)
{
        if (is_worse(best, offer))
                return;
        size_t at = best->count;
        while (at > 0 && is_before(offer, &best->offers[at - 1]))
                at--;
        best->more = best->more || best->count == best->most;
        if (at == best->most)
                return;
        if (best->count == best->most)
                drop(best, best->count - 1);
        memmove(best->offers + at + 1, best->offers + at, (best->count - at) * sizeof(best->offers[0]));
        best->offers[at] = *offer;
        best->count++;
}
