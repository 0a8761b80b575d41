/* network.h: a network of real processes on loopback for integration tests: a directory of its own under /tmp, keys,
 * ports of its own, the daemons of $GUICHET_BIN. Whatever does not come up, or does not go down with status 0, aborts
 * the test, after the daemons' logs have been shown. Everything returned is the network's. */
#ifndef TESTS_LIB_NETWORK_H
#define TESTS_LIB_NETWORK_H

#include <sys/types.h>

#include "common/clients/link.h"

struct network_part {
        const char *name;    /* "tracking-1" */
        const char *service; /* "tracking" */
        const char *more;    /* further members of its entry, each with a comma behind: "\"partition\":1,"; or "" */
};

struct network;

/* Returns when all of them serve. */
struct network *network_start(const struct network_part *parts, size_t count);
void network_stop(struct network **network); /* SIGTERM to all, and the directory is gone */

void network_kill(struct network *network, const char *name, int number); /* and waits for its end */
void network_restart(struct network *network, const char *name);          /* after a kill; waits until it serves */

/* Ways of one daemon (or of a link of the test's own) that lead to another's ports through something that the test has
 * in its hand (cutter.h): the path of a topology that says so. Port 0: as it is. */
enum network_port { NETWORK_ENDPOINT, NETWORK_EVENTS, NETWORK_HTTP };
uint16_t network_port(const struct network *network, const char *name, enum network_port which);
const char *network_topology_through(struct network *network, const char *to, uint16_t endpoint, uint16_t events);
void network_restart_by(struct network *network, const char *name, const char *topology_path); /* after a kill */
pid_t network_pid(const struct network *network, const char *name);

/* What runtime.Health says: the last event of its own log, and how far it has taken in that of another. */
struct network_following {
        uint64_t position, taken, head;
        bool live;
};
struct network_following network_following(struct network *network, const char *name, const char *source);
static inline uint64_t network_position(struct network *network, const char *name)
{
        return network_following(network, name, NULL).position;
}

/* Until every gateway that runs knows all that accounts has told: a key that was just given opens their doors. */
void network_wait_known(struct network *network);

struct link *network_link(struct network *network); /* as the peer "ctl", acting as an OPERATOR of the whole region */
const char *network_directory(const struct network *network);
uint16_t network_http_port(const struct network *network, const char *name); /* of a gateway */

#endif
