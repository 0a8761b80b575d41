#include "services/gateway/front/credentials.h"

#include <string.h>
#include <strings.h>

#include "services/gateway/door/cookie.h"

/* "https://host:port" */
static bool is_of_host(const char *origin, const char *host)
{
        const char *at = strstr(origin, "://");
        return at != NULL && host != NULL && strcasecmp(at + 3, host) == 0;
}

struct asking_page asking_page_of(const char *fetch_site, const char *origin, const char *host)
{
        if (fetch_site != NULL)
                return (struct asking_page){true, strcmp(fetch_site, "same-origin") == 0 &&
                                                          (origin == NULL || is_of_host(origin, host))};
        if (origin != NULL)
                return (struct asking_page){true, is_of_host(origin, host)};
        return (struct asking_page){false, false};
}

static struct asking_page page_of(const struct http_request *request)
{
        return asking_page_of(http_header(request, "Sec-Fetch-Site"), http_header(request, "Origin"),
                              http_header(request, "Host"));
}

static bool changes_something(const struct http_request *request)
{
        return strcmp(http_method(request), "GET") != 0 && strcmp(http_method(request), "HEAD") != 0;
}

struct credentials credentials_of(struct http_request *request)
{
        const char *authorization = http_header(request, "Authorization"), *cookies = http_header(request, "Cookie");
        struct slice key;
        if (authorization != NULL || cookies == NULL || !cookie_find(slice_of_text(cookies), COOKIE_SESSION, &key))
                return (struct credentials){.authorization = authorization};
        if (changes_something(request) && !page_of(request).is_own)
                return (struct credentials){.by_cookie = true, .is_foreign = true};
        return (struct credentials){.authorization = arena_printf(http_arena(request), "Bearer %.*s", (int)key.size,
                                                                  (const char *)key.data),
                                    .by_cookie = true};
}

bool credentials_admit_page(const struct http_request *request, struct refusal *ret_refusal)
{
        const struct asking_page page = page_of(request);
        return !page.is_browser || page.is_own ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                      "Cette demande ne vient pas d'une page de ce site.");
}
