#include "services/gateway/oidc/address.h"

#include <curl/curl.h>
#include <string.h>

#include "common/base/require.h"

static bool is_plain(const char *address)
{
        size_t size = 0;
        for (; address[size] != '\0'; size++)
                if (size == OIDC_ADDRESS_MAX || address[size] <= ' ' || address[size] >= 0x7f ||
                    strchr("\\\"<>{}|^`", address[size]) != NULL)
                        return false;
        return true;
}

/* Before its path: no escape, which one program reads as a letter and another does not; no name, no password. */
static bool is_plain_place(const char *address)
{
        const char *place = strstr(address, "://");
        return place != NULL && place[3] != '/' && strcspn(place + 3, "%@") >= strcspn(place + 3, "/?");
}

static bool is_this_machine(const char *host)
{
        return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 || strcmp(host, "localhost") == 0;
}

/* A name of ASCII letters, or an address: what libcurl makes of escapes in it is none. */
static bool is_host(const char *host)
{
        static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
        size_t size = strlen(host);
        if (size > 2 && host[0] == '[' && host[size - 1] == ']')
                return strspn(host + 1, "0123456789abcdefABCDEF:.") == size - 2;
        return size > 0 && strspn(host, letters) == size;
}

/* "" where it has none. */
static const char *part(CURLU *url, CURLUPart which, struct arena *arena)
{
        char *text = NULL;
        if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK || text == NULL)
                return "";
        const char *kept = arena_text(arena, text);
        curl_free(text);
        return kept;
}

static char *origin_of(CURLU *url, struct arena *arena)
{
        const char *scheme = part(url, CURLUPART_SCHEME, arena), *host = part(url, CURLUPART_HOST, arena);
        const char *port = part(url, CURLUPART_PORT, arena);
        bool encrypted = strcmp(scheme, "https") == 0;
        if ((!encrypted && (strcmp(scheme, "http") != 0 || !is_this_machine(host))) || !is_host(host) ||
            part(url, CURLUPART_USER, arena)[0] != '\0' || part(url, CURLUPART_PASSWORD, arena)[0] != '\0' ||
            part(url, CURLUPART_FRAGMENT, arena)[0] != '\0')
                return NULL;
        const bool usual = encrypted && strcmp(port, "443") == 0;
        char *origin = arena_printf(arena, "%s://%s%s%s", scheme, host, usual ? "" : ":", usual ? "" : port);
        for (char *at = origin; *at != '\0'; at++)
                *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        return origin;
}

char *address_origin(const char *address, struct arena *arena)
{
        if (!is_plain(address) || !is_plain_place(address) || strchr(address, '#') != NULL)
                return NULL;
        CURLU *url = curl_url();
        require(url != NULL);
        char *origin = curl_url_set(url, CURLUPART_URL, address, 0) == CURLUE_OK ? origin_of(url, arena) : NULL;
        curl_url_cleanup(url);
        return origin;
}

bool address_is_on(const char *address, const char *origin)
{
        struct arena arena scoped(arena_fini) = {0};
        const char *found = address_origin(address, &arena);
        return found != NULL && strcmp(found, origin) == 0;
}

char *address_escape(const char *text, struct arena *arena)
{
        static const char digits[] = "0123456789ABCDEF";
        char *escaped = arena_alloc(arena, 3 * strlen(text) + 1), *to = escaped;
        for (; *text != '\0'; text++) {
                unsigned char c = (unsigned char)*text;
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    strchr("-._~", c) != NULL) {
                        *to++ = (char)c;
                        continue;
                }
                *to++ = '%';
                *to++ = digits[c >> 4];
                *to++ = digits[c & 15];
        }
        *to = '\0';
        return escaped;
}
