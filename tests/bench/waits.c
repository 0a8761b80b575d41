#include "waits.h"

#include <string.h>

#include "common/codec/types.h"
#include "common/service/item.h"
#include "common/service/work.h"
#include "common/store/key.h"
#include "notifications/events.pb-c.h"
#include "tests/lib/harness.h"

enum { WAITS_AT_ONCE = 250 };

const char *const waits_territories[WAITS_TERRITORIES] = {"09", "11", "12", "30", "31", "32", "34",
                                                          "46", "48", "65", "66", "81", "82"};

struct piece {
        const struct waits_filling *filling;
        size_t first, count;
};

/* As ids of things are: they begin with the instant at which it came, one a minute. */
static struct id numbered(uint8_t kind, size_t number)
{
        const int64_t first_ms = INT64_C(1700000000000);
        struct key name = key_of_u64(number);
        key_u8(&name, kind);
        return id_derived(first_ms + (int64_t)number * 60000, key_slice(&name));
}

static Notifications__Wait *wait_of(const struct piece *piece, size_t number, struct arena *arena)
{
        Notifications__Wait *wait = pb_new(&notifications__wait__descriptor, arena);
        wait->wait_id = id_to(arena, numbered(1, number));
        wait->subject_id = wait->thing_id = id_to(arena, numbered(2, number));
        wait->kind = (Notifications__WaitKind)(1 + number % 20);
        wait->role = TYPES__ROLE__FACILITATOR;
        wait->territory = arena_text(arena, waits_territories[number % WAITS_TERRITORIES]);
        wait->label = arena_text(arena, "Bâtiment du Midi");
        wait->since = day_to(arena, day_of_number(20700 + (int32_t)(number % 40)));
        wait->until = day_to(arena, day_of_number(20720 + (int32_t)(number % 120)));
        piece->filling->say(number, wait, arena);
        return wait;
}

static void put_piece(struct work *work, void *argument)
{
        const struct piece *piece = argument;
        Notifications__WaitsPlanned planned = NOTIFICATIONS__WAITS_PLANNED__INIT;
        planned.put = arena_alloc(work->arena, piece->count * sizeof(*planned.put));
        for (size_t i = 0; i < piece->count; i++)
                planned.put[planned.n_put++] = wait_of(piece, piece->first + i, work->arena);
        work_record(work, &planned.base);
}

void waits_fill(struct engine *engine, const struct waits_filling *filling)
{
        struct err_info info = {0};
        for (size_t first = 0; first < filling->count; first += WAITS_AT_ONCE) {
                size_t left = filling->count - first;
                struct piece piece = {filling, first, left < WAITS_AT_ONCE ? left : WAITS_AT_ONCE};
                struct item *item = item_new(engine);
                item->kind = ITEM_INTERNAL;
                item->fn = put_piece;
                item->argument = &piece;
                int err = engine_run(engine, item, &info);
                if (err == 0)
                        err = item->err;
                item_free(engine, &item);
                if (err != 0)
                        harness_fail("waits are not put: %d %s", err, info.text);
        }
}
