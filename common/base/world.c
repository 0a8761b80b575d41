#include "common/base/world.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "common/base/require.h"

static int64_t real_now_ms(struct world *world)
{
        (void)world;
        struct timespec now;
        require(clock_gettime(CLOCK_REALTIME, &now) == 0);
        return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint64_t real_monotonic_us(struct world *world)
{
        (void)world;
        struct timespec now;
        require(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
        return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* getrandom() is a system call: ids are drawn for every row, so take a page of it at a time, per thread. */
static void real_random(struct world *world, void *ret_bytes, size_t size)
{
        (void)world;
        static _Thread_local uint8_t pool[256];
        static _Thread_local size_t left;

        require(size <= sizeof(pool));
        if (left < size) {
                require(getrandom(pool, sizeof(pool), 0) == (ssize_t)sizeof(pool));
                left = sizeof(pool);
        }
        left -= size;
        memcpy(ret_bytes, pool + left, size);
        memset(pool + left, 0, size);
}

static int no_fault(struct world *world)
{
        (void)world;
        return 0;
}

struct world world_real(void)
{
        return (struct world){
                .now_ms = real_now_ms,
                .monotonic_us = real_monotonic_us,
                .random = real_random,
                .commit_fault = no_fault,
                .file_fault = no_fault,
                .commits_until_fault = -1,
        };
}

static int64_t seeded_now_ms(struct world *world)
{
        return world->now_ms_value + world->clock_error_ms;
}

static uint64_t seeded_monotonic_us(struct world *world)
{
        return (uint64_t)world->now_ms_value * 1000u;
}

/* splitmix64: short, and good enough to make histories differ. Never used for keys. */
static uint64_t seeded_next(struct world *world)
{
        uint64_t z = (world->seed_state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

static void seeded_random(struct world *world, void *ret_bytes, size_t size)
{
        uint8_t *bytes = ret_bytes;
        for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
                uint64_t word = seeded_next(world);
                memcpy(bytes + i, &word, size - i < sizeof(word) ? size - i : sizeof(word));
        }
}

static int seeded_fault(struct world *world)
{
        if (world->commits_until_fault < 0)
                return 0;
        if (world->commits_until_fault == 0)
                return world->fault_errno;
        world->commits_until_fault--;
        return 0;
}

struct world world_seeded(uint64_t seed, int64_t now_ms)
{
        return (struct world){
                .now_ms = seeded_now_ms,
                .monotonic_us = seeded_monotonic_us,
                .random = seeded_random,
                .commit_fault = seeded_fault,
                .file_fault = no_fault,
                .seed_state = seed,
                .now_ms_value = now_ms,
                .commits_until_fault = -1,
        };
}
