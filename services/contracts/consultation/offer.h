/* offer.h: what a company, or a group, commits itself to for insertion, and what it owes once it won. Pure. Called by
 * RecordOffer and AwardContract. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_OFFER_H
#define SERVICES_CONTRACTS_CONSULTATION_OFFER_H

#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/consultation.pb-c.h"

enum { OFFER_MEMBERS_MAX = 20 };

/* Members, each once, whose shares make 100 % (a company alone: all of it); commitments that are not negative. `field`:
 * how the command calls the list of members. */
bool offer_check_members(Contracts__OfferMember *const *members, size_t count, const char *field,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool offer_check(const Contracts__Offer *offer, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The hours owed in all: those of the offer, never fewer than the clause demands, and the extra ones. False where they
 * are none, or more than an obligation holds. `clause_hours`: zero where the lot has no clause. */
struct offer_hours {
        struct hours total;
        struct hours extra; /* of these, beyond what the clause demands */
};
bool offer_hours_owed(const Contracts__Offer *offer, struct hours clause_hours, struct offer_hours *ret,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Each member's part by its share: to the hundredth, and exactly `total` in all; what is left by rounding down goes to
 * the first ones. ret_parts has room for `count`. */
void offer_split(struct hours total, Contracts__OfferMember *const *members, size_t count, struct hours *ret_parts);
struct share offer_share(const Contracts__OfferMember *member); /* of one that left it out: all */

#endif
