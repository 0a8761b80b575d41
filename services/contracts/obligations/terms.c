#include "services/contracts/obligations/terms.h"

#include <stddef.h>

#include "common/base/days.h"
#include "common/codec/types.h"
#include "services/contracts/obligations/parts.h"

/* The one that holds of those up to `last`, without the one of event `without`. NULL: none. */
static const Contracts__Term *holding(const Contracts__ObligationTerms *terms, int32_t last, uint64_t without)
{
        const Contracts__Term *found = NULL;
        for (size_t i = 0; i < terms->n_terms; i++) {
                const Contracts__Term *term = terms->terms[i];
                if (term->number == without || term->amended_on->days > last)
                        continue;
                if (found == NULL || term->amended_on->days > found->amended_on->days ||
                    (term->amended_on->days == found->amended_on->days && term->number > found->number))
                        found = term;
        }
        return found;
}

/* With what begins after it; all that is bounded. */
static struct hours with_parts(const struct demand *demand, int32_t since, struct hours hours, struct day until)
{
        struct hours more = parts_hours(demand->file, id_of(demand->terms->obligation_id), since, until);
        return hours_of_hundredths(hours_hundredths(hours) + hours_hundredths(more));
}

static struct hours demanded_by(const struct demand *demand, const Contracts__Term *term, struct day until)
{
        if (term == NULL)
                return with_parts(demand, INT32_MIN, demand->opening, until);
        return with_parts(demand, term->amended_on->days, hours_of(term->hours), until);
}

struct hours terms_demanded(const struct demand *demand)
{
        return terms_demanded_without(demand, 0);
}

struct hours terms_demanded_without(const struct demand *demand, uint64_t number)
{
        return demanded_by(demand, holding(demand->terms, INT32_MAX, number), demand->today);
}

struct hours terms_demanded_before(const struct demand *demand, struct day day)
{
        return demanded_by(demand, holding(demand->terms, day_number(day), 0), day_earlier(day, demand->today));
}

struct hours terms_demanded_with(const struct demand *demand, struct day day, struct hours hours)
{
        return terms_is_latest(demand->terms, day) ? with_parts(demand, day_number(day), hours, demand->today)
                                                   : terms_demanded(demand);
}

bool terms_is_latest(const Contracts__ObligationTerms *terms, struct day day)
{
        const Contracts__Term *held = holding(terms, INT32_MAX, 0);
        return held == NULL || held->amended_on->days <= day_number(day);
}

/* Of two assignments, the one that holds. NULL: none yet. */
static const Contracts__Assignment *later(const Contracts__Assignment *found, const Contracts__Assignment *one)
{
        if (found == NULL || one->assigned_on->days > found->assigned_on->days)
                return one;
        return one->assigned_on->days == found->assigned_on->days && one->number > found->number ? one : found;
}

const Contracts__Assignment *terms_assigned(const Contracts__ObligationTerms *terms, struct day day, uint64_t without)
{
        const Contracts__Assignment *found = NULL;
        for (size_t i = 0; i < terms->n_assignments; i++)
                if (terms->assignments[i]->number != without &&
                    terms->assignments[i]->assigned_on->days <= day_number(day))
                        found = later(found, terms->assignments[i]);
        return found;
}

const Contracts__Assignment *terms_assigned_until(const Contracts__ObligationTerms *terms, uint64_t number)
{
        const Contracts__Assignment *found = NULL;
        for (size_t i = 0; i < terms->n_assignments; i++)
                if (terms->assignments[i]->number <= number)
                        found = later(found, terms->assignments[i]);
        return found;
}
