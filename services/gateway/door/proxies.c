#include "services/gateway/door/proxies.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"

enum { PROXIES_MAX = 64, ADDRESS_TEXT = 64, V6_SIZE = 16, V4_BITS = 96 /* before an IPv4 address, mapped */ };

struct range {
        uint8_t bytes[V6_SIZE]; /* IPv4 as ::ffff:a.b.c.d */
        unsigned bits;
};

struct proxies {
        size_t count;
        struct range ranges[PROXIES_MAX];
};

static void mapped(const void *v4, uint8_t ret[V6_SIZE])
{
        memset(ret, 0, V6_SIZE);
        ret[10] = ret[11] = 0xff;
        memcpy(ret + 12, v4, 4);
}

static bool read_address(const char *text, uint8_t ret[V6_SIZE], bool *ret_is_v4)
{
        uint8_t v4[4];
        *ret_is_v4 = inet_pton(AF_INET, text, v4) == 1;
        if (*ret_is_v4)
                mapped(v4, ret);
        return *ret_is_v4 || inet_pton(AF_INET6, text, ret) == 1;
}

/* "10.1.0.0/16", of `size` bytes */
static bool read_range(const char *text, size_t size, struct range *ret)
{
        char copy[ADDRESS_TEXT];
        uint64_t bits;
        bool is_v4;
        if (size >= sizeof(copy))
                return false;
        memcpy(copy, text, size);
        copy[size] = '\0';
        char *slash = strchr(copy, '/');
        if (slash != NULL)
                *slash = '\0';
        if (!read_address(copy, ret->bytes, &is_v4))
                return false;
        const unsigned most = is_v4 ? 32 : 128;
        bits = most;
        if (slash != NULL && text_to_u64(slash + 1, most, &bits) != 0)
                return false;
        ret->bits = (unsigned)bits + (is_v4 ? V4_BITS : 0);
        return true;
}

struct proxies *proxies_new(const char *list, struct err_info *info)
{
        struct proxies *proxies = calloc(1, sizeof(*proxies));
        require(proxies != NULL);
        for (const char *at = list; *(at += strspn(at, " ")) != '\0';) {
                size_t size = strcspn(at, " ");
                if (proxies->count == PROXIES_MAX || !read_range(at, size, &proxies->ranges[proxies->count++])) {
                        (void)err_set(info, ERR_CONFIG,
                                      "proxies: \"%.*s\" is not an address like 10.0.0.5, 10.1.0.0/16 or fd00::/8, or "
                                      "there are more than %d",
                                      (int)size, at, PROXIES_MAX);
                        proxies_free(proxies);
                        return NULL;
                }
                at += size;
        }
        return proxies;
}

void proxies_free(struct proxies *proxies)
{
        free(proxies);
}

static bool is_in(const struct range *range, const uint8_t bytes[V6_SIZE])
{
        unsigned whole = range->bits / 8, rest = range->bits % 8;
        if (memcmp(range->bytes, bytes, whole) != 0)
                return false;
        return rest == 0 || ((range->bytes[whole] ^ bytes[whole]) >> (8 - rest)) == 0;
}

static void bytes_of(const struct sockaddr *address, uint8_t ret[V6_SIZE])
{
        if (address->sa_family == AF_INET)
                mapped(&((const struct sockaddr_in *)(const void *)address)->sin_addr, ret);
        else
                memcpy(ret, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, V6_SIZE);
}

bool proxies_has(const struct proxies *proxies, const struct sockaddr *address)
{
        uint8_t bytes[V6_SIZE];
        bytes_of(address, bytes);
        for (size_t i = 0; proxies != NULL && i < proxies->count; i++)
                if (is_in(&proxies->ranges[i], bytes))
                        return true;
        return false;
}

/* One of the header's: "203.0.113.7", "203.0.113.7:4711", "2001:db8::7", "[2001:db8::7]:4711". */
static bool read_forwarded(const char *text, size_t size, struct sockaddr_storage *ret)
{
        char copy[ADDRESS_TEXT];
        uint8_t bytes[V6_SIZE];
        bool is_v4;
        while (size > 0 && (*text == ' ' || *text == '\t'))
                text++, size--;
        while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
                size--;
        if (size == 0 || size >= sizeof(copy))
                return false;
        memcpy(copy, text, size);
        copy[size] = '\0';
        char *start = copy, *colon = strchr(copy, ':');
        if (copy[0] == '[') {
                start = copy + 1;
                start[strcspn(start, "]")] = '\0';
        } else if (colon != NULL && strchr(colon + 1, ':') == NULL) {
                *colon = '\0';
        }
        if (!read_address(start, bytes, &is_v4))
                return false;
        struct sockaddr_in6 address = {.sin6_family = AF_INET6};
        memcpy(&address.sin6_addr, bytes, V6_SIZE);
        memset(ret, 0, sizeof(*ret));
        memcpy(ret, &address, sizeof(address));
        return true;
}

bool proxies_client(const struct proxies *proxies, const struct sockaddr *peer, const char *forwarded_for,
                    struct sockaddr_storage *ret)
{
        struct sockaddr_storage said;
        if (!proxies_has(proxies, peer)) {
                memset(ret, 0, sizeof(*ret));
                memcpy(ret, peer,
                       peer->sa_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6));
                return true;
        }
        for (size_t end = forwarded_for == NULL ? 0 : strlen(forwarded_for); end > 0;) {
                size_t start = end;
                while (start > 0 && forwarded_for[start - 1] != ',')
                        start--;
                if (!read_forwarded(forwarded_for + start, end - start, &said))
                        return false;
                if (!proxies_has(proxies, (const struct sockaddr *)&said)) {
                        *ret = said;
                        return true;
                }
                end = start == 0 ? 0 : start - 1;
        }
        return false;
}
