#include "services/gateway/front/session_cookie.h"

#include <sodium.h>
#include <string.h>

#include "accounts/sign_in.pb-c.h"
#include "services/gateway/door/cookie.h"

const char *session_cookie_take(ProtobufCMessage *reply, struct arena *arena)
{
        if (reply->descriptor != &accounts__session_reply__descriptor)
                return NULL;
        Accounts__SessionReply *session = (Accounts__SessionReply *)reply;
        if (session->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_NONE)
                return cookie_kept(COOKIE_SESSION, "", -1, arena);
        if (session->key[0] == '\0')
                return NULL;
        const char *cookie = cookie_kept(COOKIE_SESSION, session->key, 0, arena);
        sodium_memzero(session->key, strlen(session->key));
        return cookie;
}
