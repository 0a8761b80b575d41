/* Which path and method goes to which row. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/front/routes.h"

static const struct route_row *find(const char *method, const char *path, struct arena *arena, const char **segments,
                                    char *allowed)
{
        return routes_find(method, path, arena, segments, allowed);
}

static void test_found(void **state)
{
        (void)state;
        static const struct {
                const char *method, *path, *row, *first, *second;
        } rows[] = {
                {"GET", "/v1/session", "/v1/session", NULL, NULL},
                {"GET", "/v1/openapi.json", "/v1/openapi.json", NULL, NULL},
                {"GET", "/v1/openapi/contracts/DeclareNeed", "/v1/openapi/{service}/{Method}", "contracts",
                 "DeclareNeed"},
                {"GET", "/v1/tracking/Placements", "/v1/{service}/{Method}", "tracking", "Placements"},
                {"POST", "/v1/tracking/SubmitHours", "/v1/{service}/{Method}", "tracking", "SubmitHours"},
                {"GET", "/health", "/health", NULL, NULL},
                {"HEAD", "/health", "/health", NULL, NULL},
                {"GET", "/metrics", "/metrics", NULL, NULL},
                {"GET", "/", "/*", NULL, NULL},
                {"GET", "/app.js", "/*", NULL, NULL},
                {"GET", "/api", "/*", NULL, NULL},
                {"GET", "/v1/", "/*", NULL, NULL},
                {"GET", "/v1/a", "/*", NULL, NULL},
                {"GET", "/v1//b", "/*", NULL, NULL},
                {"GET", "/v1/a/b/c", "/*", NULL, NULL},
                {"GET", "/healthy", "/*", NULL, NULL},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct arena arena scoped(arena_fini) = {0};
                const char *segments[2] = {NULL, NULL};
                char allowed[ROUTE_ALLOWED_SIZE];
                const struct route_row *row = find(rows[i].method, rows[i].path, &arena, segments, allowed);
                if (row == NULL || strcmp(row->path, rows[i].row) != 0)
                        fail_msg("%s goes to %s", rows[i].path, row == NULL ? "nowhere" : row->path);
                if (rows[i].first != NULL) {
                        assert_string_equal(segments[0], rows[i].first);
                        assert_string_equal(segments[1], rows[i].second);
                }
        }
}

static void test_not_found(void **state)
{
        (void)state;
        static const struct {
                const char *method, *path, *allowed;
        } rows[] = {
                {"POST", "/v1/session", "GET"},
                {"POST", "/v1/openapi/contracts/DeclareNeed", "GET"},
                {"DELETE", "/v1/a/b", "GET, POST"},
                {"POST", "/health", "GET"},
                {"PUT", "/", "GET"},
                {"GET", "nothing", ""},
                {"OPTIONS", "*", ""},
                {"GET", "", ""},
                {"get", "/health", "GET"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct arena arena scoped(arena_fini) = {0};
                const char *segments[2];
                char allowed[ROUTE_ALLOWED_SIZE];
                assert_null(find(rows[i].method, rows[i].path, &arena, segments, allowed));
                assert_string_equal(allowed, rows[i].allowed);
        }
}

/* Security: nothing is open to everybody but the page, the legal pages, what the codes of problems mean, and the
 * way in. */
static void test_only_the_page_is_open(void **state)
{
        (void)state;
        for (size_t i = 0; i < route_count; i++) {
                static const char *const open[] = {"/*",
                                                   "/v1/problems/{code}",
                                                   "/a-propos/{page}",
                                                   "/v1/sign-in",
                                                   "/v1/sign-in/link",
                                                   "/v1/sign-out",
                                                   "/v1/demo",
                                                   "/v1/demo/{role}",
                                                   "/v1/oidc",
                                                   "/v1/oidc/code",
                                                   "/v1/oidc/{provider}/start",
                                                   "/v1/oidc/{provider}/callback",
                                                   "/l/renvoi",
                                                   "/l/{token}",
                                                   "/e/{token}"};
                bool is_open = false;
                for (size_t k = 0; k < ARRAY_SIZE(open); k++)
                        is_open |= strcmp(routes[i].path, open[k]) == 0;
                assert_non_null(routes[i].handle);
                if (is_open)
                        assert_int_equal(routes[i].auth, AUTH_NONE);
                else
                        assert_int_not_equal(routes[i].auth, AUTH_NONE);
                if (!is_open && strncmp(routes[i].path, "/v1/", 4) == 0)
                        assert_int_equal(routes[i].auth, AUTH_TOKEN);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_found),
                cmocka_unit_test(test_not_found),
                cmocka_unit_test(test_only_the_page_is_open),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
