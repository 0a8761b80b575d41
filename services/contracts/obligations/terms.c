#include "services/contracts/obligations/terms.h"

#include <stddef.h>

#include "common/codec/types.h"

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

static struct hours hours_or(const Contracts__Term *term, struct hours opening)
{
        return term == NULL ? opening : hours_of(term->hours);
}

struct hours terms_demanded(const Contracts__ObligationTerms *terms, struct hours opening)
{
        return hours_or(holding(terms, INT32_MAX, 0), opening);
}

struct hours terms_demanded_without(const Contracts__ObligationTerms *terms, struct hours opening, uint64_t number)
{
        return hours_or(holding(terms, INT32_MAX, number), opening);
}

struct hours terms_demanded_before(const Contracts__ObligationTerms *terms, struct hours opening, struct day day)
{
        return hours_or(holding(terms, day_number(day), 0), opening);
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
