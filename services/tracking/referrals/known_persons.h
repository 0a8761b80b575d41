/* known_persons.h: whom a prescriber has referred before in a department, by name and day of birth. Nothing of it is
 * kept: the files are opened when a list asks, and only hashes with a key of the moment stay, for the time of a work. A
 * file whose key is gone is nobody's, one restricted or archived is left closed. Costs one unsealing a person of
 * that prescriber there. */
#ifndef SERVICES_TRACKING_REFERRALS_KNOWN_PERSONS_H
#define SERVICES_TRACKING_REFERRALS_KNOWN_PERSONS_H

#include "common/service/work.h"
#include "tracking/commands.pb-c.h"

enum { PERSON_HASH_SIZE = 16 };

struct known_person {
        uint8_t hash[PERSON_HASH_SIZE];
        struct id id;
};
struct known_persons {
        uint8_t key[PERSON_HASH_SIZE];
        struct known_person *at; /* ascending by hash */
        size_t count;
};

/* `prescriber` zero: those whom facilitators referred without one. In the arena. False with *ret_refusal: a query may
 * not look at so many; a command may. */
struct whose_persons {
        struct id prescriber;
        const char *territory;
};
bool known_persons_of(const struct work *work, const struct whose_persons *whose, struct known_persons *ret,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;
void person_hash(const struct known_persons *known, const Tracking__Identity *identity,
                 uint8_t ret_hash[PERSON_HASH_SIZE]);
/* False: she is not known. */
bool known_person_find(const struct known_persons *known, const uint8_t hash[PERSON_HASH_SIZE], struct id *ret);

#endif
