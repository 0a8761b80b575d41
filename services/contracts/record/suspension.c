#include "services/contracts/record/suspension.h"

#include "common/codec/types.h"

struct stopped stopped_by(const Contracts__Suspension *suspension)
{
        return (struct stopped){suspension->lot, id_of(suspension->obligation_id)};
}

bool stopped_covers(const struct stopped *all, const struct stopped *part)
{
        if (all->lot == 0)
                return true;
        return all->lot == part->lot && (id_is_zero(all->obligation) || id_equal(all->obligation, part->obligation));
}

Types__Day *suspension_last(const Contracts__ContractFile *file, const Contracts__Suspension *suspension,
                            struct arena *arena)
{
        struct stopped stopped = stopped_by(suspension);
        Types__Day *last = suspension->decided_to;
        for (size_t i = 0; i < file->n_resumptions; i++) {
                const Contracts__Resumption *one = file->resumptions[i];
                struct stopped resumed = {one->lot, id_of(one->obligation_id)};
                int32_t before = one->resumed_on->days - 1;
                if (stopped_covers(&resumed, &stopped) && before >= suspension->from->days &&
                    (last == NULL || before < last->days))
                        last = day_to(arena, day_of_number(before));
        }
        return last;
}

static bool ends_before(const Contracts__Suspension *one, const Contracts__Suspension *other)
{
        return one->to != NULL && one->to->days < other->from->days;
}

const Contracts__Suspension *suspension_met(const Contracts__ContractFile *file,
                                            const Contracts__Suspension *suspension)
{
        struct stopped stopped = stopped_by(suspension);
        for (size_t i = 0; i < file->n_suspensions; i++) {
                const Contracts__Suspension *one = file->suspensions[i];
                struct stopped other = stopped_by(one);
                if (one != suspension && !ends_before(one, suspension) && !ends_before(suspension, one) &&
                    (stopped_covers(&other, &stopped) || stopped_covers(&stopped, &other)))
                        return one;
        }
        return NULL;
}
