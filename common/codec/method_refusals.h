/* method_refusals.h: what each method may refuse, for the description of the network (description.h): made by the
 * build from the daemons' own sources (scripts/refusals.awk). What every request may be refused for, a right that is
 * missing or a form that is wrong, is in no row. For programs that link it. */
#ifndef COMMON_CODEC_METHOD_REFUSALS_H
#define COMMON_CODEC_METHOD_REFUSALS_H

#include <stddef.h>

#include "types.pb-c.h"

struct method_refusal {
        const char *method; /* "tracking.AttachDocument" */
        Types__RefusalCode code;
        const char *field; /* as proto/ spells it; "": none */
        const char *text;  /* French; "…" is what a value of the moment fills in */
};
extern const struct method_refusal method_refusals[];
extern const size_t method_refusals_count;

#endif
