/* http_probe.h: whether a gateway answers the way its users come. Its own word over ZeroMQ does not tell: the door can
 * be shut while the house is well. */
#ifndef SERVICES_CTL_HTTP_PROBE_H
#define SERVICES_CTL_HTTP_PROBE_H

#include <stdbool.h>
#include <stdint.h>

/* Of a health that the daemon does not tell of itself. */
#define HEALTH_DEAF "deaf"

/* Asks `address` ("127.0.0.1:8080", "[::1]:8080") for its first page: true where an answer comes within timeout_ms that
 * is none of those that say "not now" (5xx). Blocks. */
bool http_answers(const char *address, uint32_t timeout_ms);

#endif
