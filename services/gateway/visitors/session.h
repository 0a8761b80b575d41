/* session.h: who is behind a key, and the passport that the gateway signs for her. Passports are kept and given again
 * until shortly before they expire, so that the daemons, which remember what they verified, see the same bytes.
 * Whether the account, the membership and the key still stand is looked up in the store at every request: who is
 * revoked is out as soon as the event is here. */
#ifndef SERVICES_GATEWAY_VISITORS_SESSION_H
#define SERVICES_GATEWAY_VISITORS_SESSION_H

#include "common/base/arena.h"
#include "common/codec/passport.h"
#include "common/store/store.h"

enum { SESSION_PASSPORT_MS = 5 * 60 * 1000, SESSION_RENEW_MS = 60 * 1000, SESSION_AGAIN_MS = 10 * 60 * 1000 };

struct session {
        const Wire__Passport *passport; /* ends with the key, if that is sooner */
        int64_t token_ends_ms;          /* of the key */
        char *const *scopes;            /* of a program's key (common/codec/scope.h) */
        size_t scope_count;             /* 0: all that the membership may */
        int64_t touch_at_ms;            /* from when on accounts is to be told that it is used; INT64_MAX: by the day */
        int32_t used_on;                /* the last day that accounts was told of its use; 0: never */
        struct slice signed_passport;
};

struct sessions;
typedef struct slice (*session_sign_f)(void *argument, const Wire__Passport *passport, struct arena *arena);

/* `signer`: this instance's name, borrowed. */
struct sessions *sessions_new(const char *signer, session_sign_f sign, void *argument);
void sessions_free(struct sessions *sessions); /* accepts NULL */

/* How somebody comes: what she shows, and the network that she comes from ("": this machine, or it is not told). */
struct arrival {
        const char *authorization; /* NULL: nothing */
        const char *place;
};
/* NULL: the key opens nothing, or nothing any more. What is returned lives until the next call. */
const struct session *sessions_open(struct sessions *sessions, struct txn *txn, const struct arrival *arrival,
                                    int64_t now_ms);
/* Whether it still opens something: the same answer, without a passport. */
bool sessions_stand(struct txn *txn, const char *authorization, int64_t now_ms);
/* The session of who renewed this token with the command `key`, shortly before now, and may not have got the answer: to
 * send that very command again, nothing else. */
const struct session *sessions_open_again(struct sessions *sessions, struct txn *txn, const char *authorization,
                                          const struct id *key, int64_t now_ms);

#endif
