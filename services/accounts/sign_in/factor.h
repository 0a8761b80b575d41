/* factor.h: second factors: codes of a telephone (RFC 6238 by liboath: SHA-1, six figures, 30 s), and recovery codes
 * for when it is lost. */
#ifndef SERVICES_ACCOUNTS_SIGN_IN_FACTOR_H
#define SERVICES_ACCOUNTS_SIGN_IN_FACTOR_H

#include "accounts/sign_in.pb-c.h"
#include "common/service/work.h"

enum { FACTOR_STEP_S = 30, RECOVERY_CODES = 10 };

/* A new secret: sealed for the unpublished part of an event, and as its holder's telephone reads it. */
struct factor_drawn {
        struct slice sealed;
        char *base32;
        char *address; /* otpauth:// */
};
struct factor_drawn factor_draw(struct work *work, struct id account, const char *name);

/* What a code proves, for the unpublished part of the event that uses it up. */
struct factor_shown {
        uint64_t step;      /* 0: a recovery code was shown */
        struct slice spent; /* hash of the recovery code; empty: a telephone's */
};
/* Whether the code is good now: of the sealed `factor` (30 s more or less), never of a step that was used, or one of
 * the row's recovery codes. Blanks in it count for nothing. */
struct factor_of {
        struct id account;
        struct slice factor;            /* the row's, or the one that was begun */
        const Accounts__SignInRow *row; /* never NULL */
};
bool factor_accepts(struct work *work, const struct factor_of *of, const char *code, struct factor_shown *ret);

/* Ten codes, and their hashes for the unpublished part of the event. */
void factor_draw_recovery(struct work *work, char ***ret_codes, ProtobufCBinaryData **ret_hashes);

#endif
