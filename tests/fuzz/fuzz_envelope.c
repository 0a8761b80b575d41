/* Frames against a daemon's engine (the directory's), down to the commit. The first byte says what the rest is:
 *   0        a whole frame, as any peer could send
 *   1        a batch of events, as a daemon that we follow could send
 *   2..255   a body: the method and the role of a well-signed envelope are told by the byte, so that handlers are
 * reached Whatever comes, the engine answers with a Reply that says one thing, and goes on. */
#include "tests/fuzz/replay.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/service/engine.h"
#include "directory/events.pb-c.h"
#include "services/directory/dispatch.h"

enum { MAP_BYTES = 64 * 1024 * 1024, ROLES = 10 };

static struct world world;
static struct engine *engine;
static char directory[64];
static uint8_t secret[SIGNING_SECRET_SIZE];
static struct signer signer = {.name = "ctl"};

static void remove_store(void)
{
        static const char *const files[] = {"data.mdb", "lock.mdb"};
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                char path[128];
                (void)snprintf(path, sizeof(path), "%s/%s", directory, files[i]);
                (void)unlink(path);
        }
}

static void remove_directory(void)
{
        engine_close(engine);
        remove_store();
        (void)rmdir(directory);
}

static void open_engine(void)
{
        struct engine_options options = {
                .spec = &directory_spec,
                .instance = "directory-1",
                .directory = directory,
                .world = &world,
                .map_bytes_max = MAP_BYTES,
                .signers = &signer,
                .signer_count = 1,
        };
        struct err_info info;
        require(engine_open(&options, &engine, &info) == 0);
}

static void start(void)
{
        const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"; /* thousands of commits a second */
        world = world_seeded(1, 1792324800000);
        require(sodium_init() >= 0 && crypto_sign_keypair(signer.public_key, secret) == 0);
        (void)snprintf(directory, sizeof(directory), "%s/guichet-fuzz-XXXXXX", memory);
        require(mkdtemp(directory) != NULL);
        open_engine();
        require(atexit(remove_directory) == 0);
}

static struct slice sign_passport(unsigned role, struct arena *arena)
{
        static char user[] = "essai", name[] = "ctl", everywhere[] = "*";
        char *territories[] = {everywhere};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = user;
        passport.signer = name;
        passport.role = (Types__Role)role;
        passport.territories = territories;
        passport.n_territories = 1;
        passport.expires_at_ms = INT64_MAX;
        return passport_sign(&passport, secret, arena);
}

static struct slice make_frame(unsigned choice, struct slice body, struct arena *arena)
{
        const struct dispatch_row *row = &directory_spec.dispatch[choice % directory_spec.dispatch_count];
        struct id id = id_new(&world, world.now_ms(&world), 0);
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = arena_printf(arena, "%s.%s", directory_spec.name, row->method);
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(sign_passport(choice / (unsigned)directory_spec.dispatch_count % ROLES, arena));
        envelope.body = pb_bytes(body);
        return pb_encode(&envelope, arena);
}

static void check_reply(struct slice bytes, struct arena *arena)
{
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, bytes, arena);
        require(reply != NULL && reply->outcome_case != WIRE__REPLY__OUTCOME__NOT_SET);
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL) {
                const Types__Refusal *refusal = reply->refusal;
                require(refusal->code != TYPES__REFUSAL_CODE__REFUSAL_NONE);
                require(refusal->text[0] != '\0' && utf8_valid(refusal->text, strlen(refusal->text)));
        }
}

/* A full map is refused to the one who asked; here, a new store is the remedy. */
static void run(struct item *item, struct arena *arena)
{
        struct err_info info;
        int err = engine_run(engine, item, &info);
        require(err == 0 || err == ERR_MAP_FULL);
        if (item->kind == ITEM_COMMAND)
                check_reply(item->reply, arena);
        item_free(engine, &item);
        if (err == ERR_MAP_FULL) {
                engine_close(engine);
                remove_store();
                open_engine();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static const struct subscription followed = {.service = "directory", .event = &directory__event__descriptor};
        scoped(arena_fini) struct arena arena = {0};
        struct slice reply = {0};
        struct item *item;

        if (size == 0)
                return 0;
        if (engine == NULL)
                start();
        world.now_ms_value++;
        struct slice rest = slice_of(data + 1, size - 1);
        if (data[0] == 1) {
                struct err_info info;
                item = engine_accept_events(engine, &followed, "directory-2", rest, &info);
                if (item != NULL)
                        item_free(engine, &item);
                return 0;
        }
        struct slice frame = data[0] == 0 ? rest : make_frame(data[0] - 2u, rest, &arena);
        item = engine_accept(engine, slice_of_text("peer"), frame, &arena, &reply);
        if (item != NULL)
                run(item, &arena);
        else
                check_reply(reply, &arena);
        return 0;
}
