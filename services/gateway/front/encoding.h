/* encoding.h: answers compressed by gzip (RFC 9110, 8.4), where the asker takes that and it is worth it. Pure. */
#ifndef SERVICES_GATEWAY_FRONT_ENCODING_H
#define SERVICES_GATEWAY_FRONT_ENCODING_H

#include "common/base/arena.h"
#include "common/base/slice.h"

enum {
        ENCODING_LEAST = 1024,   /* bytes: what is shorter fits one packet anyhow */
        ENCODING_LEVEL_NOW = 1,  /* while somebody waits: 256 KiB in about a millisecond */
        ENCODING_LEVEL_ONCE = 9, /* for the files of the page, at the start */
};

bool encoding_takes_gzip(const char *accept_encoding); /* the header's value; NULL: not there */
/* Empty where it would not be shorter by a tenth. */
struct slice encoding_gzip(struct slice plain, int level, struct arena *arena);

#endif
