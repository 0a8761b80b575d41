/* methods.h: every method of every daemon, from the catalogue, with the roles that its row lets ask. */
#ifndef TESTS_LIB_METHODS_H
#define TESTS_LIB_METHODS_H

#include "common/base/limits.h"
#include "tests/lib/daemons.h"
#include "tests/lib/plausible.h"

enum { METHODS_MAX = 512, ROLES = 11 };

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
/* ---- what is asked when stores grow. Each method draws from a stream of its own, made of the seed and its name: a
 * method more shifts no other's draws. What was never granted is asked most, what was granted often now and then. */
struct draws {
        uint64_t streams[METHODS_MAX];
        uint32_t grants[METHODS_MAX];
        uint64_t after; /* the pool's seed, for what is drawn behind */
};
void draws_begin(struct draws *draws, struct plausible *pool);
void draws_end(const struct draws *draws, struct plausible *pool);
size_t draws_tries(const struct draws *draws, const struct any_method *method, size_t round);
/* Around what is drawn for a request. */
void draws_take(const struct draws *draws, const struct any_method *method, struct plausible *pool);
void draws_put(struct draws *draws, const struct any_method *method, const struct plausible *pool, bool granted);

/* One of those who may ask. A facilitator every other time, where one may: she may most. */
unsigned method_role(const struct any_method *method, struct plausible *pool);

#endif
