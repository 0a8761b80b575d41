/* tries.h: how long nobody may try again. Each failure counts for the name that was tried and for the network that it
 * came from; a name that nobody has is counted like another, so that the answer tells nothing. Pure but for the rows.
 */
#ifndef SERVICES_ACCOUNTS_SIGN_IN_TRIES_H
#define SERVICES_ACCOUNTS_SIGN_IN_TRIES_H

#include "accounts/sign_in.pb-c.h"
#include "common/service/work.h"

/* Free of delay; then 1 s, 2 s, 4 s… up to the longest. A day without a failure, and it begins anew. */
enum { TRIES_OF_A_NAME = 5, TRIES_OF_A_PLACE = 20, TRIES_LONGEST_S = 900, TRIES_FORGOTTEN_MS = 24 * 60 * 60 * 1000 };

/* Seconds from now on, after so many failures, the last one then. */
uint32_t tries_wait_s(uint32_t failures, uint32_t free_of_delay, int64_t last_ms, int64_t now_ms);

/* What a try counts for. `place` empty: this machine, which is not counted. */
struct tried_by {
        ProtobufCBinaryData what[2]; /* of the event's unpublished part */
        size_t count;
};
struct tried_by tries_of(struct work *work, const char *name, const char *place);
uint32_t tries_must_wait_s(struct work *work, const struct tried_by *by);

#endif
