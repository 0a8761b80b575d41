/* users.h: accounts that hold an API token. The token is drawn here and never sent: the gateway keeps its hash. */
#ifndef COMMON_TOOLS_CTL_USERS_H
#define COMMON_TOOLS_CTL_USERS_H

#include "common/tools/ctl/session.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT_SIZE = 44 }; /* base64url without padding, with its end */

struct new_user {
        const char *name;
        Types__Role role;
        const struct id *organisation; /* NULL: none */
        const char *territories;       /* "31,82", "*" */
        uint32_t token_days;           /* 0: what the gateway's settings say */
        const struct id *key;          /* NULL: fresh */
};

void token_draw(char ret_token[TOKEN_TEXT_SIZE]);
/* When the token ends (UTC ms); 0 after a complaint. */
int64_t user_create(struct session *session, const struct new_user *user, const char *token) ATTR_MUST_CHECK;

#endif
