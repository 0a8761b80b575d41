#include "tests/lib/waits.h"

#include <string.h>

#include "common/codec/types.h"
#include "common/service/item.h"
#include "common/service/work.h"
#include "common/store/key.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/config.h"
#include "services/notifications/dispatch.h"

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

struct engine *waits_open_store(struct net *net, struct world *world)
{
        static const struct notifications_config config = {"", "", "", "", "try", "", ""};
        static struct secrets secrets;
        const struct instance *instance = net_instance(net, "notifications-1");
        struct engine *engine = NULL;
        struct err_info info = {0};
        if (secrets_load(net->topology, instance->name, &secrets, &info) != 0)
                harness_fail("secrets: %s", info.text);
        struct engine_options options = {
                .spec = &notifications_spec,
                .instance = instance->name,
                .directory = instance->store,
                .config = &config,
                .world = world,
                .partition = instance->partition,
                .map_bytes_max = (uint64_t)16 << 30,
                .master_key = secrets.master_key,
                .own_secret = secrets.signing_secret,
                .must_exist = true,
        };
        if (engine_open(&options, &engine, &info) != 0)
                harness_fail("the store does not open: %s", info.text);
        return engine;
}

size_t waits_told_in_order(struct engine *engine, uint64_t after)
{
        struct arena arena scoped(arena_fini) = {0};
        uint64_t head = engine_position(engine), number = after;
        int64_t last_ms = INT64_MIN;
        struct id last = {{0}};
        size_t count = 0, notices = 0;
        while (number < head) {
                const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor,
                                                          engine_events_after(engine, number, 0, &arena), &arena);
                for (size_t i = 0; i < batch->n_records; i++, number++) {
                        const Wire__EventRecord *record =
                                pb_decode(&wire__event_record__descriptor, pb_slice(batch->records[i]), &arena);
                        const Notifications__Event *event =
                                pb_decode(&notifications__event__descriptor, pb_slice(record->body), &arena);
                        notices += event->body_case == NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED;
                        if (event->body_case != NOTIFICATIONS__EVENT__BODY_WAIT_REACHED)
                                continue;
                        struct id id = id_of(event->wait_reached->wait_id);
                        int64_t at_ms = event->wait_reached->at->ms;
                        if (at_ms < last_ms || (at_ms == last_ms && memcmp(id.b, last.b, sizeof(id.b)) <= 0))
                                harness_fail("out of order: %s", "a deadline came before an earlier one");
                        last_ms = at_ms;
                        last = id;
                        if (++count != notices)
                                harness_fail("a deadline has no notice of its own");
                }
                arena_reset(&arena);
        }
        return count;
}
