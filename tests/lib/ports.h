/* ports.h: ports of 127.0.0.1 for the daemons of a test, which are nobody else's on this machine until the process
 * ends: not those of a test beside it, and none that the kernel gives to whoever connects (32768 and up), so that a
 * daemon that is killed and started again finds its own free. Aborts where none are left. */
#ifndef TESTS_LIB_PORTS_H
#define TESTS_LIB_PORTS_H

#include <stdint.h>

enum { PORTS_COUNT = 63, PORTS_OF_NETS = 255 };

uint16_t ports_take(void);    /* the first of PORTS_COUNT in a row; others each time */
uint16_t ports_of_nets(void); /* the first of PORTS_OF_NETS in a row; the same each time */

#endif
