/* pathway.h: in each of the two partitions of tracking a contract with its clause and obligation, a person who is
 * eligible, and a placement of hers that began long ago: what tests of what comes after the hiring begin with. Through
 * real commands, by a facilitator of the whole region; what is refused ends the test. */
#ifndef TESTS_LIB_PATHWAY_H
#define TESTS_LIB_PATHWAY_H

#include "common/base/day.h"
#include "tests/lib/net.h"

enum { PATHWAYS = 2, PATHWAY_DAYS = 420 /* since the placement began */ };

struct pathway {
        const char *territory, *commune, *instance;
        struct id obligation, person, placement;
};

/* The daemons that are there: contracts-1, tracking-1, tracking-2, and whoever else is wanted. */
void pathways_prepare(struct net *net, struct pathway ret[PATHWAYS]);
/* Another placement of the same person, which begins on that day. */
struct id pathway_place(struct net *net, const struct pathway *pathway, struct day starts_on);

extern const struct id pathway_company, pathway_prescriber;
struct day pathway_today(void); /* on the wall of the region */

#endif
