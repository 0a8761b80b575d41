/* insiders.h: stores that know things of department 31 and of private contracts, made by plausible requests of those
 * whose they are; and everybody whom that is none of the business of. From a seed: the same requests, the same ids. */
#ifndef TESTS_LIB_INSIDERS_H
#define TESTS_LIB_INSIDERS_H

#include "tests/lib/methods.h"

enum { OUTSIDERS = 8 };

/* Somebody. `organisation` may be NULL; `territory` is "31" or "*". */
Wire__Passport *somebody(Types__Role role, const struct id *organisation, const char *territory, struct arena *arena);

/* What the engine answers: the bytes of the reply or of the refusal, which say too which of both they are. Commands
 * are as of somebody who has just read everything. */
struct said {
        struct slice bytes;
        bool granted;
        Types__RefusalCode code;
};
struct said ask_as(const struct any_method *method, const Wire__Passport *actor, const ProtobufCMessage *request,
                   struct arena *arena);
bool said_same(const struct said *one, const struct said *other);

/* Puts organisations whom insiders act for in the directory, and one whom outsiders act for: that one, which no private
 * contract is of. */
struct id organisations_put(struct plausible *pool, struct arena *arena);

/* So many rounds of the methods that `picks` (NULL: all), each as often as is of use, asked by insiders. Every contract
 * that is told of is private where `are_private`, and none is where `are_public`. Learns all ids. */
struct growth {
        struct plausible *pool;
        size_t rounds;
        bool are_private, are_public;
        struct id no_prescriber; /* organisation that refers nobody and is told of no needs */
        bool (*picks)(const struct any_method *method);
};
size_t insiders_grow(const struct growth *growth); /* how many were granted */

/* What chance alone hardly ever says right, of what much hangs on, is set right in a request. */
void insiders_set_right(const struct growth *growth, ProtobufCMessage *request, struct arena *arena);

/* Who is nobody to all that: other departments, another organisation, and who watches over the whole. */
void outsiders(const struct id *organisation, const Wire__Passport *ret[OUTSIDERS], struct arena *arena);

#endif
