/* birth.h: what is known of a day of birth: the day, the month, the year, or nothing. Age rules ask what age is
 * possible. Pure. Nothing here is kept. */
#ifndef SERVICES_TRACKING_PERSONS_BIRTH_H
#define SERVICES_TRACKING_PERSONS_BIRTH_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "tracking/persons.pb-c.h"

/* 0: not known. The day is known only with the month, the month only with the year. */
struct birth {
        int year, month, day;
};

/* "1990" or "1990-05". False: neither. */
bool birth_parse(const char *text, struct birth *ret);
struct birth birth_of(const Tracking__Identity *identity);
bool birth_is_whole(struct birth birth);

/* The first and the last day that it may have been: the same where it is whole. Where nothing is known, as for who is
 * `oldest` or `youngest` years old at `today`. */
struct birth_days {
        struct day first, last;
};
struct birth_days birth_days(struct birth birth, struct day today, int youngest, int oldest);

/* Is what an identity says of her birth enough: a day, a part with nothing beside it, or who says that it is not
 * known; and of an age between the two? */
bool birth_is_sound(const Tracking__Identity *identity, struct day today, int youngest, int oldest,
                    struct refusal *ret) ATTR_MUST_CHECK;

#endif
