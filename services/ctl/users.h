/* users.h: accounts that hold an API token. The gateway draws tokens and keeps their hashes; whoever is answered one
 * shows it once, and keeps it nowhere. Each function tells what it could not do on standard error. */
#ifndef SERVICES_CTL_USERS_H
#define SERVICES_CTL_USERS_H

#include "services/ctl/session.h"

enum { TOKEN_TEXT_SIZE = 44 }; /* base64url without padding, with its end */

struct new_user {
        const char *name;
        Types__Role role;
        const struct id *organisation; /* NULL: none */
        const char *territories;       /* "31,82", "*" */
        uint32_t token_days;           /* 0: what the gateway's settings say */
        const char *email;             /* an invitation is mailed there instead of a token; NULL: none */
};

struct user_token {
        char text[TOKEN_TEXT_SIZE]; /* "": the account awaits consent, or an invitation is mailed */
        int64_t ends_ms;            /* UTC */
};

bool user_create(struct session *session, const struct new_user *user, struct user_token *ret) ATTR_MUST_CHECK;
/* `consent`: token of the coordinator's or facilitator's account that consents; "" for RenewToken: the operator asks.
 */
bool user_confirm(struct session *session, const char *name, const char *consent,
                  struct user_token *ret) ATTR_MUST_CHECK;
bool user_renew(struct session *session, const char *name, const char *consent, struct user_token *ret) ATTR_MUST_CHECK;

/* The account with a token, wherever an earlier try was cut: made, consented to, or given a new token. */
bool user_ensure(struct session *session, const struct new_user *user, const char *consent,
                 struct user_token *ret) ATTR_MUST_CHECK;

#endif
