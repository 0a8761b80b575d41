/* echo.h: the yardstick of transport: a bare ZeroMQ echo, ROUTER and DEALER over TCP with CURVE, in a process of its
 * own, frames as large as a query's and its answer's. */
#ifndef TESTS_BENCH_ECHO_H
#define TESTS_BENCH_ECHO_H

#include "bench.h"
#include "tests/lib/net.h"

struct samples echo_measure(struct net *net, uint32_t seconds);

#endif
