/* problem_kinds.h: what a code of a refusal means to whoever asks over HTTP: the status that it has by itself, a title,
 * what to do. For the gateway's problems (services/gateway/front/problem.h) and the description of the network. */
#ifndef COMMON_CODEC_PROBLEM_KINDS_H
#define COMMON_CODEC_PROBLEM_KINDS_H

#include "types.pb-c.h"

struct problem_kind {
        Types__RefusalCode code;
        int status;
        const char *name, *title, *remedy;
};
extern const struct problem_kind problem_kinds[]; /* every code but REFUSAL_NONE; ended by one without a name */

/* Of a code that is not known here, a later version's: "UNKNOWN", 500. */
const struct problem_kind *problem_kind_of(Types__RefusalCode code);

#endif
