/* daemons.h: the seven daemons as engines in this process, on stores of their own in memory where that can be had, with
 * one seeded world and a gateway that signs for anybody. Frames are given to them as their sockets would. */
#ifndef TESTS_LIB_DAEMONS_H
#define TESTS_LIB_DAEMONS_H

#include "common/service/engine.h"

enum { DAEMONS = 7, DAEMONS_MAP_BYTES = 256 * 1024 * 1024 };

struct daemon {
        const struct service_spec *spec;
        const void *config;
        struct engine *engine;
        char directory[64], kept[64];
};

extern struct daemon daemons[DAEMONS]; /* contracts, tracking, directory, reporting, notifications, accounts, gateway */
extern struct world daemons_world;

void daemons_open(uint64_t map_bytes_max); /* failing ends the process */
void daemons_close(void);                  /* and removes the stores */
int daemons_setup(void **state);           /* both as cmocka's fixtures of a group, with DAEMONS_MAP_BYTES */
int daemons_teardown(void **state);
void daemon_renew(struct daemon *daemon);         /* a new, empty store */
struct daemon *daemon_named(const char *service); /* NULL: none */
/* Its store and keys as they are now are kept; it goes on with those, as often as is wanted. */
void daemon_keep(struct daemon *daemon);
void daemon_return(struct daemon *daemon);

/* What a gateway signs: somebody of this role, who acts for that organisation (NULL: none), wherever it is. */
struct slice daemons_passport(Types__Role role, const struct id *organisation, struct arena *arena);
/* The same of anybody; who signs and until when is filled in. */
struct slice daemons_passport_of(const Wire__Passport *actor, struct arena *arena);
/* A frame that asks a method, "contracts.PutClause", with a new id. */
struct slice daemons_frame(const char *method, struct slice passport, struct slice body, struct arena *arena);
/* What the daemon answers, having done it: wire.Reply. ERR_MAP_FULL is the caller's to mend. */
int daemon_ask(struct daemon *daemon, struct slice frame, struct arena *arena, const Wire__Reply **ret);
/* That a reply says one thing, and a refusal says it in words. */
void daemons_check_reply(const Wire__Reply *reply);

/* Hands every daemon what those it follows have told, until nobody has more to tell. */
void daemons_follow(void);
/* Whether every store is what its log and those of its sources say; what differs is printed. */
bool daemons_verify(void);
bool daemon_verify(struct daemon *daemon); /* of one, beside those it follows */

#endif
