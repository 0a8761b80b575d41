/* The key of a session leaves the reply for a cookie; what ends it clears the cookie; other replies are none of it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "accounts/commands.pb-c.h"
#include "services/gateway/front/session_cookie.h"

static void test_taken(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        char key[] = "abcdef";
        Accounts__SessionReply reply = ACCOUNTS__SESSION_REPLY__INIT;
        reply.outcome = ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN;
        reply.key = key;
        const char *cookie = session_cookie_take(&reply.base, &arena);
        assert_string_equal(cookie, "__Host-guichet=abcdef; Path=/; Secure; HttpOnly; SameSite=Lax");
        assert_string_equal(reply.key, "");
        assert_memory_equal(key, "\0\0\0\0\0\0", 6);
        assert_null(session_cookie_take(&reply.base, &arena)); /* an enrolment by a token gives none */
        reply.outcome = ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG;
        assert_null(session_cookie_take(&reply.base, &arena));
        reply.outcome = ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_NONE;
        assert_non_null(strstr(session_cookie_take(&reply.base, &arena), "Max-Age=0"));
        Accounts__TokenReply other = ACCOUNTS__TOKEN_REPLY__INIT;
        assert_null(session_cookie_take(&other.base, &arena));
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_taken)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
