/* need.h: what a company looks for. Pure. Called by DeclareNeed. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEED_H
#define SERVICES_CONTRACTS_NEEDS_NEED_H

#include "common/base/day.h"
#include "common/base/text.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"

enum {
        NEED_POSITIONS_MAX = 500,
        NEED_TITLE_MAX = 200,       /* characters */
        NEED_LATE_DAYS_MAX = 31,    /* a start in the past is told late, not planned */
        NEED_AHEAD_MONTHS_MAX = 24,
};

/* The territory is the department of the commune where the work is. */
bool need_check(const Contracts__DeclareNeed *command, struct day today, char ret_territory[TERRITORY_TEXT_SIZE],
                struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
