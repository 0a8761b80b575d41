#include "services/gateway/front/browser.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/token.h"
#include "services/gateway/door/addresses.h"
#include "services/gateway/door/cookie.h"

enum { COOKIE_LIFE_S = 365 * 24 * 60 * 60 };

struct word {
        const char *part, *name;
};

static const char *named(const struct word *words, size_t count, const char *text, const char *otherwise)
{
        for (size_t i = 0; text != NULL && i < count; i++)
                if (strstr(text, words[i].part) != NULL)
                        return words[i].name;
        return otherwise;
}

void browser_name(const char *user_agent, char ret[BROWSER_NAME_SIZE])
{
        /* the first that fits: most of them claim to be the others too */
        static const struct word browsers[] = {{"Edg", "Edge"},       {"OPR/", "Opera"},     {"Firefox/", "Firefox"},
                                               {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}};
        static const struct word systems[] = {{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"},
                                              {"iPad", "iPad"},       {"Mac OS X", "macOS"},  {"Linux", "Linux"}};
        const char *system = named(systems, ARRAY_SIZE(systems), user_agent, NULL);
        (void)snprintf(ret, BROWSER_NAME_SIZE, "%s%s%s",
                       named(browsers, ARRAY_SIZE(browsers), user_agent, "Autre navigateur"),
                       system == NULL ? "" : ", ", system == NULL ? "" : system);
}

static struct slice known_mark(struct http_request *request, uint8_t hash[TOKEN_DIGEST_SIZE])
{
        const char *cookies = http_header(request, "Cookie");
        struct slice value;
        if (cookies == NULL || !cookie_find(slice_of_text(cookies), COOKIE_BROWSER, &value) ||
            !token_of_text(arena_printf(http_arena(request), "%.*s", (int)value.size, (const char *)value.data), hash))
                return (struct slice){0};
        return slice_of(hash, TOKEN_DIGEST_SIZE);
}

Accounts__Browser *browser_of(struct http_request *request, struct world *world, const char **ret_cookie)
{
        struct arena *arena = http_arena(request);
        Accounts__Browser *browser = pb_new(&accounts__browser__descriptor, arena);
        uint8_t *hash = arena_alloc(arena, TOKEN_DIGEST_SIZE);
        char text[TOKEN_TEXT_SIZE];
        struct id network;
        browser->name = arena_alloc(arena, BROWSER_NAME_SIZE);
        browser_name(http_header(request, "User-Agent"), browser->name);
        browser->place = arena_alloc(arena, ADDRESSES_TEXT_SIZE);
        browser->place[0] = '\0';
        if (http_client(request, &network))
                addresses_text(network, browser->place);
        struct slice mark = known_mark(request, hash);
        *ret_cookie = NULL;
        if (mark.size == 0) {
                token_draw(world, text, hash);
                mark = slice_of(hash, TOKEN_DIGEST_SIZE);
                *ret_cookie = cookie_kept(COOKIE_BROWSER, text, COOKIE_LIFE_S, arena);
        }
        browser->mark = pb_bytes(mark);
        return browser;
}
