/* range.h: which bytes of a file are wanted (RFC 9110, 14), and which are sent (Content-Range of a request). Pure.
 *
 * One range only: what asks for several is sent the whole, as it is allowed. */
#ifndef SERVICES_GATEWAY_FRONT_RANGE_H
#define SERVICES_GATEWAY_FRONT_RANGE_H

#include <stdbool.h>
#include <stdint.h>

enum range_verdict {
        RANGE_WHOLE,   /* none is asked for, or in another unit, or in a form that cannot be read */
        RANGE_PART,    /* *ret_from, *ret_size: at least one byte, all within */
        RANGE_OUTSIDE, /* 416: it begins behind the last byte */
};
/* `range`: the header; NULL: not there. `if_range`: the header beside it, NULL: not there; unless it is this `etag` the
 * whole is sent. */
struct range_wish {
        const char *range, *if_range, *etag;
        uint64_t size; /* of the whole, at least 1 */
};
enum range_verdict range_wanted(const struct range_wish *wish, uint64_t *ret_from, uint64_t *ret_size);

/* "bytes 65536-99999/100000": where a body goes on. NULL (not there): from 0. False: in no such form. */
bool range_sent(const char *content_range, uint64_t *ret_from);

#endif
