/* daemons.h: the journeys of the simulation through real daemons: two tracking processes between which territories,
 * buckets and persons move all the time, moves that are taken back, kill -9 of any daemon at any moment, with a command
 * on its way or not. When all has come to rest, the sums are the model's (check.c), and every store is proven. */
#ifndef TESTS_SIM_DAEMONS_H
#define TESTS_SIM_DAEMONS_H

#include "tests/sim/sim.h"

void daemons_run(struct sim *sim); /* $GUICHET_BIN: where they are */

#endif
