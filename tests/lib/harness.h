/* harness.h: what programs that run the whole network share (benches, torture): where to work, how to say what happens.
 */
#ifndef TESTS_LIB_HARNESS_H
#define TESTS_LIB_HARNESS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/attr.h"

struct harness {
        const char *directory;  /* scratch, on the disk that is used */
        const char *postgresql; /* connection string of a server of the script's own; NULL: not started */
        const char *bin;        /* where guichetctl and the daemons are */
        uint32_t seconds;       /* of each measured part */
};

uint64_t harness_now_us(void);
void harness_pause_ms(uint32_t ms);
void harness_note(const char *format, ...) ATTR_FORMAT(1, 2); /* progress, on standard error */
void harness_fail(const char *format, ...) ATTR_FORMAT(1, 2) ATTR_NORETURN;

#endif
