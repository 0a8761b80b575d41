/* need.h: what a company looks for. Pure. Called by the commands on needs. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEED_H
#define SERVICES_CONTRACTS_NEEDS_NEED_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/text.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"

enum {
        NEED_LATE_DAYS_MAX = 31, /* a start in the past is told late, not planned */
        NEED_AHEAD_MONTHS_MAX = 24,
        NEED_MONTHS_MAX = 120, /* from its start to its end */
};

/* The territory is the department of the commune where the work is. */
bool need_check(const Contracts__DeclareNeed *command, struct day today, char ret_territory[TERRITORY_TEXT_SIZE],
                struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Who does what now, in French: by the modality, and whether the company has its partner already (fiche D1, I.2.a).
 * The company's choice is respected; where it has none it gets a list for information and chooses itself. */
char *need_next_step(const Contracts__DeclareNeed *need, struct arena *arena) ATTR_MUST_CHECK;

#endif
