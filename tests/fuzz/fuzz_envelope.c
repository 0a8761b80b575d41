/* Frames against the daemons' engines, down to the commit. Of the input, the first byte picks the daemon, the second
 * says what the rest is: 0       a whole frame, as any peer could send 1       a batch of events, as a daemon that is
 * followed could send 2..255  a body; two more bytes pick the method and the role of a well-signed envelope, so that
 * handlers are reached Whatever comes, the engine answers with a Reply that says one thing, and goes on. */
#include "tests/fuzz/replay.h"

#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/service/engine.h"
#include "services/contracts/dispatch.h"
#include "services/directory/dispatch.h"
#include "services/gateway/dispatch.h"
#include "services/gateway/settings.h"
#include "services/notifications/config.h"
#include "services/notifications/dispatch.h"
#include "services/reporting/dispatch.h"
#include "services/tracking/tracking.h"

enum { MAP_BYTES = 64 * 1024 * 1024, ROLES = 10, KIND_FRAME = 0, KIND_EVENTS = 1, HEAD_BYTES = 4 };

struct daemon {
        const struct service_spec *spec;
        const void *config;
        struct engine *engine;
        char directory[64];
};

static const struct tracking_config tracking_config = {.territories = "", .rules = "deploy/rules"};
static const struct notifications_config notifications_config = {
        .smtp_url = "", .mail_from = "", .smtp_user = "", .smtp_password_file = "", .smtp_tls = "try"};
static const struct gateway_settings gateway_settings = {.web = ""};
static struct daemon daemons[] = {
        {.spec = &contracts_spec},
        {.spec = &tracking_spec, .config = &tracking_config},
        {.spec = &directory_spec},
        {.spec = &reporting_spec},
        {.spec = &notifications_spec, .config = &notifications_config},
        {.spec = &gateway_spec, .config = &gateway_settings},
};

static struct world world;
static uint8_t secret[SIGNING_SECRET_SIZE];
static uint8_t master_key[32];
static struct signer signer = {.name = "ctl"};

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *place)
{
        (void)info;
        (void)type;
        (void)place;
        return remove(path);
}

static void remove_store(const char *directory)
{
        (void)nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void remove_all(void)
{
        for (size_t i = 0; i < ARRAY_SIZE(daemons); i++) {
                engine_close(daemons[i].engine);
                remove_store(daemons[i].directory);
        }
}

/* The store lies in memory where that can be had: thousands of commits a second. */
static void open_engine(struct daemon *daemon)
{
        const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        (void)snprintf(daemon->directory, sizeof(daemon->directory), "%s/guichet-fuzz-XXXXXX", memory);
        require(mkdtemp(daemon->directory) != NULL);
        struct engine_options options = {
            .spec = daemon->spec,
            .instance = daemon->spec->name,
            .directory = daemon->directory,
            .config = daemon->config,
            .world = &world,
            .partition = daemon->spec == &tracking_spec ? 1 : 0,
            .map_bytes_max = MAP_BYTES,
            .signers = &signer,
            .signer_count = 1,
            .master_key = master_key,
        };
        struct err_info info = {0};
        if (engine_open(&options, &daemon->engine, &info) != 0) {
                (void)fprintf(stderr, "%s: %s\n", daemon->spec->name, info.text);
                abort();
        }
}

static void start(void)
{
        world = world_seeded(1, 1792324800000);
        require(sodium_init() >= 0 && crypto_sign_keypair(signer.public_key, secret) == 0);
        for (size_t i = 0; i < ARRAY_SIZE(daemons); i++)
                open_engine(&daemons[i]);
        require(atexit(remove_all) == 0);
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
        passport.expires_at_ms = world.now_ms(&world) + LIMIT_PASSPORT_LIFE_MS;
        return passport_sign(&passport, secret, arena);
}

static struct slice make_frame(const struct service_spec *spec, const uint8_t *choice, struct slice body,
                               struct arena *arena)
{
        const struct dispatch_row *row = &spec->dispatch[choice[0] % spec->dispatch_count];
        struct id id = id_new(&world, world.now_ms(&world), 0);
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = arena_printf(arena, "%s.%s", spec->name, row->method);
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(sign_passport(choice[1] % ROLES, arena));
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
static void run(struct daemon *daemon, struct item *item, struct arena *arena)
{
        struct err_info info;
        int err = engine_run(daemon->engine, item, &info);
        require(err == 0 || err == ERR_MAP_FULL);
        check_reply(item->reply, arena);
        item_free(daemon->engine, &item);
        if (err == ERR_MAP_FULL) {
                engine_close(daemon->engine);
                remove_store(daemon->directory);
                open_engine(daemon);
        }
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
        struct slice reply = {0};

        if (size < HEAD_BYTES)
                return 0;
        if (daemons[0].engine == NULL)
                start();
        world.now_ms_value++;
        struct daemon *daemon = &daemons[data[0] % ARRAY_SIZE(daemons)];
        struct slice rest = slice_of(data + HEAD_BYTES, size - HEAD_BYTES);
        if (data[1] == KIND_EVENTS) {
                read_events(daemon, rest);
                return 0;
        }
        struct slice frame = data[1] == KIND_FRAME ? rest : make_frame(daemon->spec, data + 2, rest, &arena);
        struct item *item = engine_accept(daemon->engine, slice_of_text("peer"), frame, &arena, &reply);
        if (item != NULL)
                run(daemon, item, &arena);
        else
                check_reply(reply, &arena);
        return 0;
}
