/* toy.h: two small services for the runtime's tests, under names that the protocol knows. `toy_source` (notifications)
 * takes subscriptions and tells of them; `toy_follower` (reporting) copies what it tells, one row an event. A toy is an
 * engine of one of them on a store of its own, in the real world, with a disk that toy_disk_fails() makes fail. */
#ifndef TESTS_UNIT_COMMON_SERVICE_TOY_H
#define TESTS_UNIT_COMMON_SERVICE_TOY_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <ftw.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/service/engine_inside.h"
#include "common/service/verify.h"
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/queries.pb-c.h"

enum { T_TOY = RUNTIME_TABLES };

static inline struct reply toy_subscribe(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__Subscribe *command = (const void *)message;
        if (strcmp(command->territory, "971") == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory", "manque");
        Notifications__Subscribed happened = NOTIFICATIONS__SUBSCRIBED__INIT;
        happened.subscription_id = id_to(work->arena, work_new_id(work));
        happened.territory = command->territory;
        work_record(work, &happened.base);
        Notifications__SubscribeReply *reply = pb_new(&notifications__subscribe_reply__descriptor, work->arena);
        reply->subscription_id = happened.subscription_id;
        return reply_ok(work, reply);
}

static inline struct reply toy_subscriptions(struct work *work, const ProtobufCMessage *message)
{
        (void)message;
        return reply_ok(work, pb_new(&notifications__subscriptions_reply__descriptor, work->arena));
}

static inline void toy_put(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Notifications__Event *body = event->body;
        struct key key = key_of_u64(event->number);
        (void)arena;
        txn_put(txn, T_TOY, key_slice(&key),
                slice_of_text(body->subscribed != NULL ? body->subscribed->territory : ""));
}

static const struct table_spec toy_state_tables[] = {{"toy", TABLE_STATE}};
static const struct table_spec toy_copy_tables[] = {{"toy", TABLE_COPY}};
static const struct dispatch_row toy_dispatch[] = {
        {.method = "Subscribe", .mode = MODE_COMMAND, .roles = ROLE_BIT(OPERATOR), .handle = toy_subscribe},
        {.method = "Subscriptions", .mode = MODE_QUERY, .roles = ROLE_BIT(OPERATOR), .handle = toy_subscriptions},
};
static const struct right_row toy_right_rows[] = {
        {"Subscribe", "organisation_id", RIGHT_NONE, NULL, "a toy's"},
        {"Subscribe", "territory", RIGHT_NONE, NULL, "a toy's"},
        {"Subscriptions", "organisation_id", RIGHT_NONE, NULL, "a toy's"},
};
static const struct rights toy_rights = {toy_right_rows, ARRAY_SIZE(toy_right_rows)};
static const struct subscription toy_subscriptions_of[] = {
        {.service = "notifications", .event = &notifications__event__descriptor, .copy = toy_put},
};

struct toy_config {
        const char *greeting;
        int64_t pages;
};
static const struct config_row toy_config_rows[] = {
        {"greeting", CONFIG_TEXT, offsetof(struct toy_config, greeting), "bonjour", 0, 0, 0, "what it says"},
        {"pages", CONFIG_NUMBER, offsetof(struct toy_config, pages), NULL, 3, 1, 9, "how many"},
};

static const struct service_spec toy_source = {
        .name = "notifications",
        .store_version = 1,
        .tables = toy_state_tables,
        .table_count = ARRAY_SIZE(toy_state_tables),
        .dispatch = toy_dispatch,
        .dispatch_count = ARRAY_SIZE(toy_dispatch),
        .rights = &toy_rights,
        .event = &notifications__event__descriptor,
        .apply = toy_put,
        .config = toy_config_rows,
        .config_count = ARRAY_SIZE(toy_config_rows),
        .config_size = sizeof(struct toy_config),
};
static const struct service_spec toy_follower = {
        .name = "reporting",
        .store_version = 1,
        .tables = toy_copy_tables,
        .table_count = ARRAY_SIZE(toy_copy_tables),
        .subscriptions = toy_subscriptions_of,
        .subscription_count = ARRAY_SIZE(toy_subscriptions_of),
};

/* --- directories --- */

static inline int toy_remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status;
        (void)type;
        (void)place;
        return remove(path);
}

static inline void toy_remove(const char *directory)
{
        assert_int_equal(nftw(directory, toy_remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* --- an engine --- */

static atomic_int toy_fault; /* the errno with which commits fail; 0: they do not */

static inline int toy_commit_fault(struct world *world)
{
        (void)world;
        return toy_fault;
}

struct toy {
        struct world world;
        char directory[64];
        struct engine *engine;
        struct arena arena;
        struct err_info info;
        uint8_t secret[SIGNING_SECRET_SIZE];
        struct signer signer;
        Wire__Passport actor;
};

static inline void toy_open_engine(struct toy *toy, const struct service_spec *spec)
{
        struct engine_options options = {.spec = spec,
                                         .instance = spec->name,
                                         .directory = toy->directory,
                                         .world = &toy->world,
                                         .map_bytes_max = (uint64_t)256 << 20,
                                         .signers = &toy->signer,
                                         .signer_count = 1};
        if (engine_open(&options, &toy->engine, &toy->info) != 0)
                fail_msg("%s", toy->info.text);
}

static inline struct toy *toy_open(const struct service_spec *spec)
{
        struct toy *toy = calloc(1, sizeof(*toy));
        assert_non_null(toy);
        toy_fault = 0;
        toy->world = world_real();
        toy->world.commit_fault = toy_commit_fault;
        (void)snprintf(toy->directory, sizeof(toy->directory), "/tmp/guichet-test-toy-XXXXXX");
        assert_non_null(mkdtemp(toy->directory));
        assert_int_equal(crypto_sign_keypair(toy->signer.public_key, toy->secret), 0);
        toy->signer.name = "ctl";
        wire__passport__init(&toy->actor);
        toy->actor.user = (char *)(uintptr_t) "anne";
        toy->actor.role = TYPES__ROLE__OPERATOR;
        toy->actor.signer = (char *)(uintptr_t) "ctl";
        toy->actor.expires_at_ms = toy->world.now_ms(&toy->world) + LIMIT_PASSPORT_LIFE_MS;
        toy_open_engine(toy, spec);
        return toy;
}

static inline void toy_close(struct toy *toy)
{
        engine_close(toy->engine);
        arena_fini(&toy->arena);
        toy_remove(toy->directory);
        free(toy);
}

/* A frame that asks for a subscription of an organisation. */
static inline struct slice toy_frame_named(struct toy *toy, const char *territory, const char *name)
{
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t)name;
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        struct id id = id_new(&toy->world, toy->world.now_ms(&toy->world), 0);
        request.territory = (char *)(uintptr_t)territory;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t) "notifications.Subscribe";
        envelope.id = pb_bytes(arena_copy_slice(&toy->arena, id_slice(&id)));
        envelope.passport = pb_bytes(passport_sign(&toy->actor, toy->secret, &toy->arena));
        envelope.body = pb_bytes(pb_encode(&request, &toy->arena));
        return pb_encode(&envelope, &toy->arena);
}

/* 971 is refused. */
static inline struct slice toy_frame(struct toy *toy, const char *territory)
{
        return toy_frame_named(toy, territory, "Mission locale");
}

/* Subscribes at once, without a writer thread. */
static inline void toy_tell(struct toy *toy, size_t count)
{
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        request.territory = (char *)(uintptr_t) "31";
        for (size_t i = 0; i < count; i++) {
                struct engine_answer answer;
                assert_int_equal(
                        engine_call(toy->engine, &toy->actor, "Subscribe", &request.base, NULL, &toy->arena, &answer),
                        0);
                assert_non_null(answer.body);
        }
        arena_reset(&toy->arena);
}

static inline void toy_record_many(struct work *work, void *argument)
{
        Notifications__Subscribed happened = NOTIFICATIONS__SUBSCRIBED__INIT;
        happened.territory = (char *)(uintptr_t) "31";
        for (size_t left = *(size_t *)argument; left > 0; left--)
                work_record(work, &happened.base);
}

/* An event of a kind that no program of today knows. */
static inline void toy_record_unknown(struct work *work, void *argument)
{
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT; /* what it decodes to */
        (void)argument;
        work_record_event(work, &event, slice_of(NULL, 0));
}

static inline void toy_tell_unknown(struct toy *toy)
{
        struct item *item = item_new(toy->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = toy_record_unknown;
        assert_int_equal(engine_run(toy->engine, item, &toy->info), 0);
        item_free(toy->engine, &item);
}

/* The same in one commit, for many. */
static inline void toy_tell_many(struct toy *toy, size_t count)
{
        struct item *item = item_new(toy->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = toy_record_many;
        item->argument = &count;
        assert_int_equal(engine_run(toy->engine, item, &toy->info), 0);
        item_free(toy->engine, &item);
}

static inline uint64_t toy_rows(struct toy *toy)
{
        struct txn *txn = txn_begin_read(engine_store(toy->engine), NULL);
        assert_non_null(txn);
        uint64_t count = txn_count(txn, T_TOY);
        txn_end_read(txn);
        return count;
}

#endif
