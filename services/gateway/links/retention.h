/* retention.h: how long a person's file is kept and with whom it is shared, as the dated rule of today says it
 * (deploy/rules/privacy.json): for people to read. */
#ifndef SERVICES_GATEWAY_LINKS_RETENTION_H
#define SERVICES_GATEWAY_LINKS_RETENTION_H

#include "common/base/arena.h"

enum { SHARINGS_MAX = 16 };

struct sharing {
        const char *recipient, *content, *basis;
};
struct retention {
        unsigned months;          /* after the last contact; 0: the rules are not on this machine */
        unsigned contract_months; /* after the end of the last placement, where there was one */
        struct sharing sharings[SHARINGS_MAX];
        unsigned sharing_count;
};

/* `directory`: of the rules. `today`: "2026-12-01". Texts are of the arena. */
void retention_load(const char *directory, const char *today, struct arena *arena, struct retention *ret);

#endif
