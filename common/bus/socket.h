/* socket.h: small things every ZeroMQ socket of ours needs. Inside common/bus only. */
#ifndef COMMON_BUS_SOCKET_H
#define COMMON_BUS_SOCKET_H

#include <stdbool.h>

#include "common/base/err.h"

int socket_events(void *zmq); /* of ZMQ_POLLIN and ZMQ_POLLOUT */
bool socket_more(void *zmq);  /* the message that is being read has another frame */
void socket_skip(void *zmq);  /* drops the rest of it */
/* Frame bound, heartbeat, linger, and how many messages of a peer may wait, each way. */
void socket_options(void *zmq, int send_max, int receive_max);

/* CURVE: 0 or -1 with errno, as ZeroMQ's own calls. Keys are Z85. */
int socket_curve_server(void *zmq, const char *secret_key);
int socket_curve_client(void *zmq, const char *public_key, const char *secret_key, const char *server_key);

int socket_failed(struct err_info *info, const char *what, const char *endpoint); /* ERR_TRANSPORT with the reason */

#endif
