/* Frames against the daemons' engines, down to the commit. Of the input, the first byte picks the daemon, the second
 * says what the rest is: 0       a whole frame, as any peer could send 1       a batch of events, as a daemon that is
 * followed could send 2..255  a body; two more bytes pick the method and the role of a well-signed envelope, so that
 * handlers are reached Whatever comes, the engine answers with a Reply that says one thing, and goes on. */
#include "tests/fuzz/replay.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "tests/lib/daemons.h"

enum { MAP_BYTES = 64 * 1024 * 1024, ROLES = 11, KIND_FRAME = 0, KIND_EVENTS = 1, HEAD_BYTES = 4 };

static void start(void)
{
        daemons_open(MAP_BYTES);
        require(atexit(daemons_close) == 0);
}

static struct slice make_frame(const struct service_spec *spec, const uint8_t *choice, struct slice body,
                               struct arena *arena)
{
        const struct dispatch_row *row = &spec->dispatch[choice[0] % spec->dispatch_count];
        struct slice passport = daemons_passport((Types__Role)(choice[1] % ROLES), NULL, arena);
        return daemons_frame(arena_printf(arena, "%s.%s", spec->name, row->method), passport, body, arena);
}

static void read_events(struct daemon *daemon, struct slice batch)
{
        for (size_t i = 0; i < daemon->spec->subscription_count; i++) {
                const struct subscription *followed = &daemon->spec->subscriptions[i];
                struct err_info info;
                struct item *item = engine_accept_events(daemon->engine, followed, followed->service, batch, &info);
                if (item != NULL)
                        item_free(daemon->engine, &item);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        scoped(arena_fini) struct arena arena = {0};
        const Wire__Reply *reply;

        if (size < HEAD_BYTES)
                return 0;
        if (daemons[0].engine == NULL)
                start();
        daemons_world.now_ms_value++;
        struct daemon *daemon = &daemons[data[0] % DAEMONS];
        struct slice rest = slice_of(data + HEAD_BYTES, size - HEAD_BYTES);
        if (data[1] == KIND_EVENTS) {
                read_events(daemon, rest);
                return 0;
        }
        bool is_raw = data[1] == KIND_FRAME || daemon->spec->dispatch_count == 0; /* a gateway is asked nothing */
        struct slice frame = is_raw ? rest : make_frame(daemon->spec, data + 2, rest, &arena);
        int err = daemon_ask(daemon, frame, &arena, &reply);
        require(err == 0 || err == ERR_MAP_FULL);
        daemons_check_reply(reply);
        if (err == ERR_MAP_FULL) /* a full map is refused to the one who asked; here, a new store is the remedy */
                daemon_renew(daemon);
        return 0;
}
