/* methods.h: every method of every daemon, from the catalogue, with the roles that its row lets ask. */
#ifndef TESTS_LIB_METHODS_H
#define TESTS_LIB_METHODS_H

#include "common/base/limits.h"
#include "tests/lib/daemons.h"
#include "tests/lib/plausible.h"

enum { METHODS_MAX = 512, ROLES = 10 };

struct any_method {
        char name[LIMIT_METHOD_BYTES]; /* "contracts.PutClause" */
        struct daemon *daemon;
        const ProtobufCMethodDescriptor *descriptor;
        uint32_t roles;
        bool is_command;
        bool answers_anew; /* its reply is not kept */
        size_t number;     /* its place in the list */
};

extern struct any_method methods[METHODS_MAX];
extern size_t method_count;

void methods_list(void);                                                /* once */
struct any_method *method_named(const char *service, const char *name); /* NULL: none */
bool method_lets(const struct any_method *method, unsigned role);
/* One of those who may ask. A facilitator every other time, where one may: she may most. */
unsigned method_role(const struct any_method *method, struct plausible *pool);
/* Rarely, where it ends a thing: so that there are some. */
bool method_comes_in(const struct any_method *method, size_t round);

#endif
