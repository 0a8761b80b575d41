/* listing.h: which obligations a list of control is about, and for whom. Called by the list queries of the room. */
#ifndef SERVICES_CONTRACTS_CONTROL_LISTING_H
#define SERVICES_CONTRACTS_CONTROL_LISTING_H

#include "services/contracts/control/loaded_control.h"

struct listing {
        const char *territory;             /* "": any */
        char buyer_siret[SIRET_TEXT_SIZE]; /* "": any */
        struct id organisation;            /* zero: any */
};

/* A buyer lists its own contracts, a company its own obligations, whatever they ask. False with *ret_refusal. */
struct listing_query {
        const char *territory;
        const char *buyer_siret;
        const Types__Id *organisation;
};
bool listing_scope(const struct work *work, const struct listing_query *query, struct listing *ret,
                   struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The obligations, by the narrowest index; each is to be asked for by listing_holds(): of this list, and visible. */
void listing_walk(const struct work *work, const struct listing *listing, struct slice after, struct walk *ret);
bool listing_holds(const struct work *work, const struct listing *listing,
                   const Contracts__ObligationRecorded *obligation);

#endif
