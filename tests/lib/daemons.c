#include "tests/lib/daemons.h"

#include <fcntl.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/service/verify.h"
#include "services/accounts/dispatch.h"
#include "services/accounts/settings.h"
#include "services/contracts/dispatch.h"
#include "services/directory/dispatch.h"
#include "services/gateway/dispatch.h"
#include "services/gateway/settings.h"
#include "services/notifications/config.h"
#include "services/notifications/dispatch.h"
#include "services/reporting/dispatch.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/dispatch.h"

static const struct tracking_config tracking_config = {.territories = "", .rules = "deploy/rules"};
static const struct notifications_config notifications_config = {.smtp_url = "",
                                                                 .mail_from = "",
                                                                 .smtp_user = "",
                                                                 .smtp_password_file = "",
                                                                 .smtp_tls = "try",
                                                                 .public_address = ""};
static const struct gateway_settings gateway_settings = {.web = ""};
static const struct accounts_settings accounts_settings = {.token_life_days = TOKEN_DAYS_DEFAULT};

struct daemon daemons[DAEMONS] = {
        {.spec = &contracts_spec},
        {.spec = &tracking_spec, .config = &tracking_config},
        {.spec = &directory_spec},
        {.spec = &reporting_spec},
        {.spec = &notifications_spec, .config = &notifications_config},
        {.spec = &accounts_spec, .config = &accounts_settings},
        {.spec = &gateway_spec, .config = &gateway_settings},
};
struct world daemons_world;

static uint64_t map_bytes;
static uint8_t secret[SIGNING_SECRET_SIZE];
static uint8_t master_key[32];
static struct signer signer = {.name = "ctl"};

/* ---- stores */

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *place)
{
        (void)info;
        (void)type;
        (void)place;
        return remove(path);
}

static void remove_all(const char *directory)
{
        if (directory[0] != '\0')
                (void)nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void close_one(struct daemon *daemon)
{
        engine_close(daemon->engine);
        daemon->engine = NULL;
        remove_all(daemon->directory);
}

static void make_directory(char ret[64])
{
        const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        (void)snprintf(ret, 64, "%s/guichet-daemon-XXXXXX", memory);
        require(mkdtemp(ret) != NULL);
}

static void open_there(struct daemon *daemon)
{
        struct engine_options options = {
                .spec = daemon->spec,
                .instance = daemon->spec->name,
                .directory = daemon->directory,
                .config = daemon->config,
                .world = &daemons_world,
                .partition = daemon->spec == &tracking_spec ? 1 : 0,
                .map_bytes_max = map_bytes,
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

static void open_one(struct daemon *daemon)
{
        make_directory(daemon->directory);
        open_there(daemon);
}

void daemons_open(uint64_t map_bytes_max)
{
        map_bytes = map_bytes_max;
        daemons_world = world_seeded(1, 1792324800000); /* 2026-10-18 */
        require(sodium_init() >= 0 && crypto_sign_keypair(signer.public_key, secret) == 0);
        for (size_t i = 0; i < DAEMONS; i++)
                open_one(&daemons[i]);
}

void daemons_close(void)
{
        for (size_t i = 0; i < DAEMONS; i++)
                close_one(&daemons[i]);
        for (size_t i = 0; i < DAEMONS; i++)
                remove_all(daemons[i].kept);
}

int daemons_setup(void **state)
{
        (void)state;
        daemons_open(DAEMONS_MAP_BYTES);
        return 0;
}

int daemons_teardown(void **state)
{
        (void)state;
        daemons_close();
        return 0;
}

void daemon_renew(struct daemon *daemon)
{
        close_one(daemon);
        open_one(daemon);
}

static struct {
        const char *from, *to;
} copied; /* by the walk that goes on */

static int copy_one(const char *path, const struct stat *info, int type, struct FTW *place)
{
        char to[256], bytes[64 * 1024];
        ssize_t size;
        (void)place;
        (void)snprintf(to, sizeof(to), "%s%s", copied.to, path + strlen(copied.from));
        if (type == FTW_D) {
                require(mkdir(to, info->st_mode & 0777) == 0 || access(to, W_OK) == 0);
                return 0;
        }
        int in = open(path, O_RDONLY | O_CLOEXEC);
        int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, info->st_mode & 0777);
        require(in >= 0 && out >= 0);
        while ((size = read(in, bytes, sizeof(bytes))) > 0)
                require(write(out, bytes, (size_t)size) == size);
        require(size == 0 && close(in) == 0 && close(out) == 0);
        return 0;
}

static void copy_all(const char *from, const char *to)
{
        copied.from = from;
        copied.to = to;
        require(nftw(from, copy_one, 8, FTW_PHYS) == 0);
}

void daemon_keep(struct daemon *daemon)
{
        make_directory(daemon->kept);
        copy_all(daemon->directory, daemon->kept);
}

void daemon_return(struct daemon *daemon)
{
        close_one(daemon);
        make_directory(daemon->directory);
        copy_all(daemon->kept, daemon->directory);
        open_there(daemon);
}

struct daemon *daemon_named(const char *service)
{
        for (size_t i = 0; i < DAEMONS; i++)
                if (strcmp(daemons[i].spec->name, service) == 0)
                        return &daemons[i];
        return NULL;
}

/* ---- asking */

enum { MINUTE_MS = 60000 };

struct slice daemons_passport_of(const Wire__Passport *actor, struct arena *arena)
{
        static char name[] = "ctl";
        Wire__Passport passport = *actor;
        passport.signer = name;
        passport.expires_at_ms = daemons_world.now_ms_value / MINUTE_MS * MINUTE_MS + 5 * MINUTE_MS;
        return passport_sign(&passport, secret, arena);
}

struct slice daemons_passport(Types__Role role, const struct id *organisation, struct arena *arena)
{
        static char user[] = "essai", everywhere[] = "*";
        char *territories[] = {everywhere};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = user;
        passport.role = role;
        passport.organisation = organisation == NULL ? NULL : id_to(arena, *organisation);
        passport.territories = territories;
        passport.n_territories = 1;
        return daemons_passport_of(&passport, arena);
}

struct slice daemons_frame(const char *method, struct slice passport, struct slice body, struct arena *arena)
{
        struct id id = id_new(&daemons_world, daemons_world.now_ms(&daemons_world), 0);
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(passport);
        envelope.body = pb_bytes(body);
        return pb_encode(&envelope, arena);
}

int daemon_ask(struct daemon *daemon, struct slice frame, struct arena *arena, const Wire__Reply **ret)
{
        struct err_info info;
        struct slice bytes = {0};
        int err = 0;
        struct item *item = engine_accept(daemon->engine, slice_of_text("peer"), frame, arena, &bytes);

        if (item != NULL) {
                err = engine_run(daemon->engine, item, &info);
                bytes = arena_copy_slice(arena, item->reply);
                item_free(daemon->engine, &item);
        }
        *ret = pb_decode(&wire__reply__descriptor, bytes, arena);
        return err;
}

void daemons_check_reply(const Wire__Reply *reply)
{
        require(reply != NULL && reply->outcome_case != WIRE__REPLY__OUTCOME__NOT_SET);
        if (reply->outcome_case != WIRE__REPLY__OUTCOME_REFUSAL)
                return;
        const Types__Refusal *refusal = reply->refusal;
        require(refusal->code != TYPES__REFUSAL_CODE__REFUSAL_NONE);
        require(refusal->text[0] != '\0' && utf8_valid(refusal->text, strlen(refusal->text)));
}

/* ---- following */

static const struct subscription *subscription_to(const struct daemon *daemon, const struct daemon *source)
{
        for (size_t i = 0; i < daemon->spec->subscription_count; i++)
                if (strcmp(daemon->spec->subscriptions[i].service, source->spec->name) == 0)
                        return &daemon->spec->subscriptions[i];
        return NULL;
}

/* One batch. Whether there was one. */
static bool follow(struct daemon *daemon, struct daemon *source)
{
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        const struct subscription *subscription = subscription_to(daemon, source);
        if (subscription == NULL)
                return false;
        uint64_t position = engine_source_position(daemon->engine, source->spec->name);
        if (position >= engine_position(source->engine))
                return false;
        struct slice batch = engine_events_after(source->engine, position, LIMIT_EVENT_BATCH_BYTES, &arena);
        struct item *item = engine_accept_events(daemon->engine, subscription, source->spec->name, batch, &info);
        require(item != NULL);
        require(engine_run(daemon->engine, item, &info) == 0);
        require(item->taken > position);
        item_free(daemon->engine, &item);
        return true;
}

void daemons_follow(void)
{
        bool more;
        do {
                more = false;
                for (size_t to = 0; to < DAEMONS; to++)
                        for (size_t from = 0; from < DAEMONS; from++)
                                more |= follow(&daemons[to], &daemons[from]);
        } while (more);
}

bool daemon_verify(struct daemon *daemon)
{
        struct verify_source sources[DAEMONS];
        struct verify_report report = {0};
        struct err_info info = {0};
        size_t count = 0;
        for (size_t from = 0; from < DAEMONS; from++)
                if (subscription_to(daemon, &daemons[from]) != NULL)
                        sources[count++] = (struct verify_source){daemons[from].spec->name, daemons[from].spec->name,
                                                                  engine_store(daemons[from].engine)};
        if (engine_verify(daemon->engine, sources, count, &report, &info) == 0 && report.differences == 0)
                return true;
        (void)fprintf(stderr, "%s: %llu rows differ: %s\n", daemon->spec->name, (unsigned long long)report.differences,
                      info.text);
        return false;
}

bool daemons_verify(void)
{
        bool holds = true;
        for (size_t i = 0; i < DAEMONS; i++)
                holds &= daemon_verify(&daemons[i]);
        return holds;
}
