/* identity_keys.h: what an identity is found by, however it was written: accents, case, hyphens, particles, the order
 * of names, married and birth name, double names, a day and month that changed places, a birth known by year alone or
 * not at all, one name only. Each is a short text, of which a keyed hash is kept (known.h). Pure: no store,
 * no key, no clock.
 *
 * Two identities may be the same person where one holds a key that the other asks for:
 *     SAME       both whole names, in whatever order, and all that is known of the birth
 *     DAY        one word of either name each, and the day, its day and month in whatever order
 *     YEAR       the same words and the year, where one of the two has no more than the year
 *     NAME       both whole names, where one of the two has no birth at all */
#ifndef SERVICES_TRACKING_PERSONS_IDENTITY_KEYS_H
#define SERVICES_TRACKING_PERSONS_IDENTITY_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "tracking/persons.pb-c.h"

/* Raised when the texts change: digests of before are then made again. */
enum { IDENTITY_KEYS_FORM = 1 };

enum { KEY_TEXT_SIZE = 320, IDENTITY_KEYS_MAX = 64 };

struct identity_key {
        Tracking__Sureness sureness; /* of who is found by it */
        char text[KEY_TEXT_SIZE];
};
struct identity_keys {
        struct identity_key at[IDENTITY_KEYS_MAX];
        size_t count;
};

/* What she is kept under, and what is asked to find her: not the same, since only one of two may lack a birth. The
 * texts are to be wiped by who has used them. */
void identity_keys_held(const Tracking__Identity *identity, struct identity_keys *ret);
void identity_keys_asked(const Tracking__Identity *identity, struct identity_keys *ret);

#endif
