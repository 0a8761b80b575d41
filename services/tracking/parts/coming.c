#include "services/tracking/parts/coming.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

struct coming {
        struct id part;      /* zero: free */
        uint64_t step, used; /* `used`: when it was, the least gives way */
        uint8_t *bytes;
        size_t size, room;
};

struct parts_coming {
        struct coming at[PARTS_COMING_MAX];
        uint64_t clock;
};

struct parts_coming *parts_coming_new(void)
{
        struct parts_coming *coming = calloc(1, sizeof(*coming));
        require(coming != NULL);
        return coming;
}

static void clear(struct coming *one)
{
        free(one->bytes);
        *one = (struct coming){0};
}

void parts_coming_free(struct parts_coming *coming)
{
        for (size_t i = 0; coming != NULL && i < PARTS_COMING_MAX; i++)
                clear(&coming->at[i]);
        free(coming);
}

static struct coming *place_of(struct parts_coming *coming, struct id part)
{
        struct coming *oldest = &coming->at[0];
        for (size_t i = 0; i < PARTS_COMING_MAX; i++) {
                if (id_equal(coming->at[i].part, part))
                        return &coming->at[i];
                if (coming->at[i].used < oldest->used)
                        oldest = &coming->at[i];
        }
        clear(oldest);
        oldest->part = part;
        return oldest;
}

bool parts_coming_put(struct parts_coming *coming, const struct part_piece *piece, uint64_t *ret_next)
{
        struct coming *one = place_of(coming, piece->part);
        if (one->step != piece->step) {
                clear(one);
                one->part = piece->part;
                one->step = piece->step;
        }
        one->used = ++coming->clock;
        *ret_next = one->size;
        if (piece->at != one->size)
                return true;
        if (piece->bytes.size > PART_STEP_BYTES_MAX - one->size)
                return false;
        if (one->size + piece->bytes.size > one->room) {
                one->room = (one->size + piece->bytes.size) * 2;
                one->bytes = realloc(one->bytes, one->room);
                require(one->bytes != NULL);
        }
        if (piece->bytes.size > 0)
                memcpy(one->bytes + one->size, piece->bytes.data, piece->bytes.size);
        one->size += piece->bytes.size;
        *ret_next = one->size;
        return true;
}

struct slice parts_coming_of(const struct parts_coming *coming, struct id part, uint64_t step)
{
        for (size_t i = 0; i < PARTS_COMING_MAX; i++)
                if (id_equal(coming->at[i].part, part) && coming->at[i].step == step)
                        return slice_of(coming->at[i].bytes, coming->at[i].size);
        return slice_of(NULL, 0);
}

void parts_coming_drop(struct parts_coming *coming, struct id part)
{
        for (size_t i = 0; i < PARTS_COMING_MAX; i++)
                if (id_equal(coming->at[i].part, part))
                        clear(&coming->at[i]);
}
