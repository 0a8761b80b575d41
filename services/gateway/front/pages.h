/* pages.h: the files of the web page, read once at the start into a table. A request is looked up in it by its whole
 * path, so there is no path to climb out of. Read rather than mapped: a file that a build cuts short while it is mapped
 * would take the process with it. */
#ifndef SERVICES_GATEWAY_FRONT_PAGES_H
#define SERVICES_GATEWAY_FRONT_PAGES_H

#include <stddef.h>

#include "common/base/err.h"
#include "common/base/slice.h"
#include "services/gateway/front/condition.h"

enum { PAGES_MAX = 512, PAGES_BYTES_MAX = 32 * 1024 * 1024, PAGES_DEPTH_MAX = 8 };

struct page {
        const char *path; /* "/app.js" */
        const char *type; /* "text/javascript; charset=utf-8" */
        char etag[ETAG_SIZE];
        struct slice body;
        struct slice squeezed; /* by gzip; empty: no shorter */
};

struct pages;

/* NULL: the directory is not there, or holds more than the bounds. */
struct pages *pages_load(const char *directory, struct err_info *info);
void pages_free(struct pages *pages); /* accepts NULL */
size_t pages_count(const struct pages *pages);
/* "/" is "/index.html". NULL: no such file; pages may be NULL. */
const struct page *pages_find(const struct pages *pages, const char *path);
#endif
