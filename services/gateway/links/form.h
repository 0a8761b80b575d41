/* form.h: what a browser sends of a form (application/x-www-form-urlencoded). Pure. */
#ifndef SERVICES_GATEWAY_LINKS_FORM_H
#define SERVICES_GATEWAY_LINKS_FORM_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/slice.h"

enum { FORM_FIELDS_MAX = 32, FORM_BYTES_MAX = 16 * 1024 };

struct form_field {
        const char *name;
        const char *value;
};
struct form {
        struct form_field fields[FORM_FIELDS_MAX];
        size_t count;
};

/* Texts live in the arena; blanks around a value are gone, line ends are LF. False where it is none: too long, too many
 * fields, a name twice, a "%" that is no byte, a zero byte, text that is not UTF-8. */
bool form_parse(struct slice body, struct arena *arena, struct form *ret);
const char *form_value(const struct form *form, const char *name); /* "" where it is not there */

#endif
