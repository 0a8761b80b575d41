/* refusal.h: a business "no", as a value. Pure rules fill one in; the handler answers with it. Not an error. */
#ifndef COMMON_CODEC_REFUSAL_H
#define COMMON_CODEC_REFUSAL_H

#include "common/base/arena.h"
#include "common/base/attr.h"
#include "types.pb-c.h"

struct refusal {
        Types__RefusalCode code;
        char field[96];    /* path of the field at fault, as JSON spells it; "" if none */
        char text[320];    /* French, for the person who asked: what is wrong and what to do */
        uint32_t moved_to; /* of MOVED: the partition */
};

/* Fills in *ret and returns false, so that a rule reads `return refuse(ret, …)`. `field` is written as in the proto
 * file, "record.buyer_siret". */
bool refuse(struct refusal *ret, Types__RefusalCode code, const char *field, const char *format, ...) ATTR_FORMAT(4, 5);

Types__Refusal *refusal_to(struct arena *arena, const struct refusal *refusal);

#endif
