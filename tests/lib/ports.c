#include "tests/lib/ports.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"

/* Whoever has bound the first port of a block has the block; the socket stays open. */
struct blocks {
        unsigned first, size, count;
};

static const struct blocks ordinary = {.first = 10240, .size = PORTS_COUNT + 1, .count = 152};
static const struct blocks of_nets = {.first = 20000, .size = PORTS_OF_NETS + 1, .count = 49};

static uint16_t take(const struct blocks *blocks)
{
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        require(fd >= 0);
        for (unsigned i = 0; i < blocks->count; i++) {
                unsigned port = blocks->first + ((unsigned)getpid() + i) % blocks->count * blocks->size;
                struct sockaddr_in address = {.sin_family = AF_INET,
                                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                              .sin_port = htons((uint16_t)port)};
                if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
                        return (uint16_t)(port + 1);
        }
        require_failed("a block of ports is free", __FILE__, __LINE__, __func__);
}

uint16_t ports_take(void)
{
        return take(&ordinary);
}

uint16_t ports_of_nets(void)
{
        static uint16_t first;
        if (first == 0)
                first = take(&of_nets);
        return first;
}
