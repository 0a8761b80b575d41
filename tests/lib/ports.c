#include "tests/lib/ports.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"

enum { FIRST = 10240, BLOCKS = 152, BLOCK = PORTS_COUNT + 1 }; /* as far as the first that net.c takes */

/* Whoever has bound the port before a block has the block; the socket stays open. */
uint16_t ports_take(void)
{
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        require(fd >= 0);
        for (unsigned i = 0; i < BLOCKS; i++) {
                unsigned port = FIRST + ((unsigned)getpid() + i) % BLOCKS * BLOCK;
                struct sockaddr_in address = {.sin_family = AF_INET,
                                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                              .sin_port = htons((uint16_t)port)};
                if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
                        return (uint16_t)(port + 1);
        }
        require_failed("a block of ports is free", __FILE__, __LINE__, __func__);
}
