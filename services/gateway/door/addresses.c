#include "services/gateway/door/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

enum { BUCKETS = 1024, NETWORK_SIZE = 8 };

struct network { /* the first half of an IPv6 address, or an IPv4 address */
        struct network *next;
        uint8_t bytes[NETWORK_SIZE];
        size_t count;
};

struct addresses {
        uint8_t key[crypto_shorthash_KEYBYTES]; /* so that nobody can choose addresses of one bucket */
        struct network *buckets[BUCKETS];
};

struct addresses *addresses_new(void)
{
        struct addresses *addresses = calloc(1, sizeof(*addresses));
        require(addresses != NULL);
        crypto_shorthash_keygen(addresses->key);
        return addresses;
}

void addresses_free(struct addresses *addresses)
{
        for (size_t i = 0; addresses != NULL && i < BUCKETS; i++)
                for (struct network *network = addresses->buckets[i], *next; network != NULL; network = next) {
                        next = network->next;
                        free(network);
                }
        free(addresses);
}

static void of_v4(const uint8_t *bytes, uint8_t ret[NETWORK_SIZE])
{
        static const uint8_t mark[] = {0, 0, 0xff, 0xff}; /* no IPv6 address that is in use begins like this */
        memcpy(ret, mark, sizeof(mark));
        memcpy(ret + sizeof(mark), bytes, 4);
}

/* False for what is not counted. */
static bool network_of(const struct sockaddr *address, uint8_t ret[NETWORK_SIZE])
{
        static const uint8_t self[] = {127, 0, 0, 1};
        if (address->sa_family == AF_INET) {
                const struct sockaddr_in *v4 = (const void *)address;
                of_v4((const uint8_t *)&v4->sin_addr, ret);
                return memcmp(&v4->sin_addr, self, sizeof(self)) != 0;
        }
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(v6)) {
                of_v4(v6->s6_addr + 12, ret);
                return memcmp(v6->s6_addr + 12, self, sizeof(self)) != 0;
        }
        memcpy(ret, v6->s6_addr, NETWORK_SIZE);
        return !IN6_IS_ADDR_LOOPBACK(v6);
}

struct id addresses_network(const struct sockaddr *address)
{
        uint8_t bytes[NETWORK_SIZE];
        struct id id = {{0}};
        (void)network_of(address, bytes);
        memcpy(id.b, bytes, sizeof(bytes));
        return id;
}

void addresses_text(struct id network, char ret[ADDRESSES_TEXT_SIZE])
{
        static const uint8_t v4[] = {0, 0, 0xff, 0xff};
        char text[INET6_ADDRSTRLEN];
        bool is_v4 = memcmp(network.b, v4, sizeof(v4)) == 0;
        require(inet_ntop(is_v4 ? AF_INET : AF_INET6, is_v4 ? network.b + sizeof(v4) : network.b, text, sizeof(text)) !=
                NULL);
        (void)snprintf(ret, ADDRESSES_TEXT_SIZE, "%s%s", text, is_v4 ? "" : "/64");
}

/* The pointer to the network of these bytes, or to where it would stand. */
static struct network **find(struct addresses *addresses, const uint8_t bytes[NETWORK_SIZE])
{
        uint64_t hash;
        _Static_assert(sizeof(hash) == crypto_shorthash_BYTES, "SipHash-2-4");
        require(crypto_shorthash((uint8_t *)&hash, bytes, NETWORK_SIZE, addresses->key) == 0);
        struct network **at = &addresses->buckets[hash % BUCKETS];
        while (*at != NULL && memcmp((*at)->bytes, bytes, NETWORK_SIZE) != 0)
                at = &(*at)->next;
        return at;
}

size_t addresses_add(struct addresses *addresses, const struct sockaddr *address)
{
        uint8_t bytes[NETWORK_SIZE];
        if (!network_of(address, bytes))
                return 0;
        struct network **at = find(addresses, bytes);
        if (*at == NULL) {
                *at = calloc(1, sizeof(**at));
                require(*at != NULL);
                memcpy((*at)->bytes, bytes, sizeof(bytes));
        }
        return ++(*at)->count;
}

void addresses_remove(struct addresses *addresses, const struct sockaddr *address)
{
        uint8_t bytes[NETWORK_SIZE];
        if (!network_of(address, bytes))
                return;
        struct network **at = find(addresses, bytes), *network = *at;
        require(network != NULL);
        if (--network->count > 0)
                return;
        *at = network->next;
        free(network);
}
