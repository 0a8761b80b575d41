/* partitions.h: a network with as many partitions of tracking as are wanted, each with a territory of its own. */
#ifndef TESTS_LIB_PARTITIONS_H
#define TESTS_LIB_PARTITIONS_H

#include "tests/lib/net.h"

enum { PARTITIONS_MAX = 8 };

const char *partitions_territory(size_t partition); /* from 0: that of tracking-1 */
/* net_start(), with tracking-1 to tracking-`partitions`. */
struct net *partitions_start(const struct harness *context, size_t partitions, const char *const *instances,
                             size_t count);

#endif
