/* world.h: everything that is not determined by the inputs, behind one struct: clock, random, faults of the disk.
 *
 * Production: world_real(). Tests and simulations: world_seeded(), where the same seed gives the same ids, the clock
 * only moves when told, and commits can be made to fail. The transport is behind service/engine.h in the same way: an
 * engine eats frames and gives frames, and does not know who carries them. */
#ifndef COMMON_BASE_WORLD_H
#define COMMON_BASE_WORLD_H

#include <stddef.h>
#include <stdint.h>

struct world {
        int64_t (*now_ms)(struct world *world);                            /* UTC; may jump, both ways */
        uint64_t (*monotonic_us)(struct world *world);                     /* for durations only; never goes back */
        void (*random)(struct world *world, void *ret_bytes, size_t size); /* at most 256 bytes */
        int (*commit_fault)(struct world *world); /* asked before each commit: 0 or the errno to fail with */
        int (*file_fault)(struct world *world);   /* the same before each change of a file beside a store */
        /* of world_seeded() only */
        uint64_t seed_state;
        int64_t now_ms_value;
        int64_t clock_error_ms;  /* how far the UTC clock is wrong; the monotonic one never is */
        int commits_until_fault; /* -1: never. At 0 the commit fails with fault_errno, until the field is changed */
        int fault_errno;
};

struct world world_real(void);
struct world world_seeded(uint64_t seed, int64_t now_ms);

#endif
