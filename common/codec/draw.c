#include "common/codec/draw.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

enum { DRAW_KEY_SIZE = 32 };

static void key_of(const char *seed, uint8_t ret_key[DRAW_KEY_SIZE])
{
        int err = crypto_generichash(ret_key, DRAW_KEY_SIZE, (const uint8_t *)seed, strlen(seed), NULL, 0);
        require(err == 0);
}

static void rank_of(const uint8_t key[DRAW_KEY_SIZE], struct id id, uint8_t ret_rank[DRAW_RANK_SIZE])
{
        int err = crypto_generichash(ret_rank, DRAW_RANK_SIZE, id.b, sizeof(id.b), key, DRAW_KEY_SIZE);
        require(err == 0);
}

void draw_rank(const char *seed, struct id id, uint8_t ret_rank[DRAW_RANK_SIZE])
{
        uint8_t key[DRAW_KEY_SIZE];
        key_of(seed, key);
        rank_of(key, id, ret_rank);
}

struct ranked {
        uint8_t rank[DRAW_RANK_SIZE];
        struct id id;
};

static int by_rank(const void *a, const void *b)
{
        const struct ranked *one = a, *other = b;
        int order = memcmp(one->rank, other->rank, DRAW_RANK_SIZE);
        return order != 0 ? order : memcmp(&one->id, &other->id, sizeof(one->id));
}

static int by_id(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct id));
}

struct id *draw_ids(const char *seed, const struct id *frame, size_t size, size_t *count, struct arena *arena)
{
        uint8_t key[DRAW_KEY_SIZE];
        struct ranked *ranked = arena_alloc(arena, (size + 1) * sizeof(*ranked));
        key_of(seed, key);
        for (size_t i = 0; i < size; i++) {
                ranked[i].id = frame[i];
                rank_of(key, frame[i], ranked[i].rank);
        }
        qsort(ranked, size, sizeof(*ranked), by_rank);
        if (*count > size)
                *count = size;
        struct id *drawn = arena_alloc(arena, (*count + 1) * sizeof(*drawn));
        for (size_t i = 0; i < *count; i++)
                drawn[i] = ranked[i].id;
        qsort(drawn, *count, sizeof(*drawn), by_id);
        return drawn;
}
