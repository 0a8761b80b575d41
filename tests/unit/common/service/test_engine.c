/* The engine with a toy service: it keeps subscriptions, and copies the directory's organisations by id. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/service/engine.h"
#include "common/service/verify.h"
#include "common/store/eventlog.h"
#include "directory/events.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/queries.pb-c.h"
#include "runtime/queries.pb-c.h"

enum { T_SUBSCRIPTION = RUNTIME_TABLES, T_NAME };
static const struct table_spec tables[] = {{"subscription", TABLE_STATE}, {"name", TABLE_COPY}};

static struct reply handle_subscribe(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__Subscribe *cmd = (const void *)message;
        if (strcmp(cmd->territory, "971") == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory", "manque");
        Notifications__Subscribed happened = NOTIFICATIONS__SUBSCRIBED__INIT;
        happened.subscription_id = id_to(work->arena, work_new_id(work));
        happened.territory = cmd->territory;
        happened.email = cmd->email;
        work_record_sealed(work, &happened.base, slice_of_text(cmd->organisation_name));
        Notifications__SubscribeReply *reply = pb_new(&notifications__subscribe_reply__descriptor, work->arena);
        reply->subscription_id = happened.subscription_id;
        return reply_ok(work, reply);
}

static size_t row_bytes; /* of each row of a list of its own; 0: the list is of what was subscribed */

static struct reply long_subscriptions(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__SubscriptionsRequest *request = (const void *)message;
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, work->arena);
        char *text = arena_zalloc(work->arena, row_bytes + 1);
        memset(text, 'x', row_bytes);
        reply->n_subscriptions = request->page == NULL ? LIMIT_PAGE_DEFAULT : request->page->limit;
        reply->subscriptions = arena_alloc(work->arena, reply->n_subscriptions * sizeof(void *));
        for (size_t i = 0; i < reply->n_subscriptions; i++) {
                reply->subscriptions[i] = pb_new(&notifications__subscription_view__descriptor, work->arena);
                reply->subscriptions[i]->organisation_name = text;
        }
        reply->next = pb_bytes(slice_of_text("encore"));
        return reply_ok(work, reply);
}

static struct reply handle_subscriptions(struct work *work, const ProtobufCMessage *message)
{
        if (row_bytes > 0)
                return long_subscriptions(work, message);
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, work->arena);
        struct scan scan = scan_prefix(work->txn, T_SUBSCRIPTION, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                reply->subscriptions = pb_append(reply->subscriptions, &reply->n_subscriptions,
                                                 sizeof(*reply->subscriptions), work->arena);
                Notifications__SubscriptionView *line =
                        pb_new(&notifications__subscription_view__descriptor, work->arena);
                line->territory =
                        arena_printf(work->arena, "%.*s", (int)scan.value.size, (const char *)scan.value.data);
                reply->subscriptions[reply->n_subscriptions - 1] = line;
        }
        scan_end(&scan);
        return reply_ok(work, reply);
}

static void apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Notifications__Event *body = event->body;
        struct key key = key_of_id(id_of(body->subscribed->subscription_id));
        char *value = arena_printf(arena, "%s%.*s", body->subscribed->territory, (int)event->sealed.size,
                                   (const char *)event->sealed.data);
        txn_put(txn, T_SUBSCRIPTION, key_slice(&key), slice_of_text(value));
}

static void copy(struct txn *txn, struct arena *arena, const struct event *event)
{
        (void)arena;
        const Directory__Event *body = event->body;
        struct key key = key_of_u64(event->number);
        txn_put(txn, T_NAME, key_slice(&key), slice_of_text(body->organisation_put->organisation->name));
}

static const struct dispatch_row dispatch[] = {
        {.method = "Subscribe", .mode = MODE_COMMAND, .roles = ROLE_BIT(PRESCRIBER), .handle = handle_subscribe},
        {.method = "Subscriptions", .mode = MODE_QUERY, .roles = ROLE_BIT(PRESCRIBER), .handle = handle_subscriptions},
};
static const struct right_row right_rows[] = {
        {"Subscribe", "organisation_id", RIGHT_NONE, NULL, "nothing is decided here"},
        {"Subscribe", "territory", RIGHT_NONE, NULL, "nothing is decided here"},
        {"Subscriptions", "organisation_id", RIGHT_NONE, NULL, "nothing is decided here"},
};
static const struct rights rights = {right_rows, ARRAY_SIZE(right_rows)};
static const struct subscription subscriptions[] = {
        {.service = "directory", .event = &directory__event__descriptor, .copy = copy}};
static const struct service_spec spec = {.name = "notifications",
                                         .store_version = 1,
                                         .tables = tables,
                                         .table_count = ARRAY_SIZE(tables),
                                         .dispatch = dispatch,
                                         .dispatch_count = ARRAY_SIZE(dispatch),
                                         .rights = &rights,
                                         .subscriptions = subscriptions,
                                         .subscription_count = ARRAY_SIZE(subscriptions),
                                         .event = &notifications__event__descriptor,
                                         .apply = apply};

struct bench {
        struct world world;
        char directory[64];
        struct engine *engine;
        struct arena arena;
        struct err_info info;
        Wire__Passport actor;
        uint8_t secret[SIGNING_SECRET_SIZE];
        struct signer signer;
};

static void open_engine(struct bench *bench, uint64_t map_bytes_max)
{
        struct engine_options options = {.spec = &spec,
                                         .instance = "notifications-1",
                                         .directory = bench->directory,
                                         .world = &bench->world,
                                         .partition = 5,
                                         .map_bytes_max = map_bytes_max,
                                         .signers = &bench->signer,
                                         .signer_count = 1};
        assert_int_equal(engine_open(&options, &bench->engine, &bench->info), 0);
}

static int setup(void **state)
{
        struct bench *bench = calloc(1, sizeof(*bench));
        bench->world = world_seeded(7, 1763800000000);
        (void)snprintf(bench->directory, sizeof(bench->directory), "/tmp/guichet-test-engine-XXXXXX");
        assert_non_null(mkdtemp(bench->directory));
        assert_int_equal(crypto_sign_keypair(bench->signer.public_key, bench->secret), 0);
        bench->signer.name = "gateway-1";
        wire__passport__init(&bench->actor);
        bench->actor.user = (char *)(uintptr_t) "anne";
        bench->actor.role = TYPES__ROLE__PRESCRIBER;
        bench->actor.signer = (char *)(uintptr_t) "gateway-1";
        bench->actor.expires_at_ms = bench->world.now_ms_value + 300000;
        open_engine(bench, 0);
        *state = bench;
        return 0;
}

static int teardown(void **state)
{
        struct bench *bench = *state;
        char path[128];
        engine_close(bench->engine);
        arena_fini(&bench->arena);
        (void)snprintf(path, sizeof(path), "%s/data.mdb", bench->directory);
        (void)remove(path);
        (void)snprintf(path, sizeof(path), "%s/lock.mdb", bench->directory);
        (void)remove(path);
        int failed = remove(bench->directory);
        free(bench);
        return failed;
}

static struct engine_answer subscribe(struct bench *bench, const char *territory, const struct id *key)
{
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        struct engine_answer answer;
        request.territory = (char *)(uintptr_t)territory;
        request.organisation_name = (char *)(uintptr_t) "secret";
        assert_int_equal(
                engine_call(bench->engine, &bench->actor, "Subscribe", &request.base, key, &bench->arena, &answer), 0);
        return answer;
}

static size_t count_subscriptions(struct bench *bench)
{
        Notifications__SubscriptionsRequest request = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        struct engine_answer answer;
        assert_int_equal(
                engine_call(bench->engine, &bench->actor, "Subscriptions", &request.base, NULL, &bench->arena, &answer),
                0);
        return ((const Notifications__SubscriptionsReply *)(const void *)answer.body)->n_subscriptions;
}

static void a_command_is_done_once_whatever_its_sender_repeats(void **state)
{
        struct bench *bench = *state;
        struct id key = id_new(&bench->world, bench->world.now_ms_value, 0);
        struct engine_answer first = subscribe(bench, "31", &key), again = subscribe(bench, "31", &key);
        assert_false(first.repeated_key);
        assert_true(again.repeated_key);
        struct id a = id_of(((const Notifications__SubscribeReply *)(const void *)first.body)->subscription_id);
        struct id b = id_of(((const Notifications__SubscribeReply *)(const void *)again.body)->subscription_id);
        assert_true(id_equal(a, b));
        assert_int_equal(id_partition(a), 5);
        assert_int_equal(count_subscriptions(bench), 1);
        assert_int_equal(engine_position(bench->engine), 1);

        struct engine_answer other = subscribe(bench, "32", &key);
        assert_int_equal(other.refusal->code, TYPES__REFUSAL_CODE__KEY_REUSED);
        assert_int_equal(count_subscriptions(bench), 1);

        /* the same person in another of her roles: what she was answered then is not that role's to read */
        Types__Id membership = TYPES__ID__INIT;
        uint8_t bytes[sizeof(struct id)] = {7};
        membership.value = (ProtobufCBinaryData){sizeof(bytes), bytes};
        bench->actor.membership = &membership;
        other = subscribe(bench, "31", &key);
        bench->actor.membership = NULL;
        assert_int_equal(other.refusal->code, TYPES__REFUSAL_CODE__KEY_REUSED);

        /* What happened meanwhile the asker has not read: the position is that of the first answer. */
        (void)subscribe(bench, "33", NULL);
        again = subscribe(bench, "31", &key);
        assert_true(again.repeated_key);
        assert_int_equal(first.position, 1);
        assert_int_equal(again.position, 1);
}

static void a_refusal_writes_nothing(void **state)
{
        struct bench *bench = *state;
        struct id key = id_new(&bench->world, bench->world.now_ms_value, 0);
        struct engine_answer answer = subscribe(bench, "971", &key);
        assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(answer.refusal->field, "territory");
        assert_int_equal(engine_position(bench->engine), 0);
        assert_int_equal(engine_figures(bench->engine).commits, 0);
        assert_non_null(subscribe(bench, "31", &key).body); /* the key is still free */
}

static void a_full_disk_is_told_and_overcome(void **state)
{
        struct bench *bench = *state;
        struct id key = id_new(&bench->world, bench->world.now_ms_value, 0);
        bench->world.commits_until_fault = 0;
        bench->world.fault_errno = ENOSPC;
        assert_int_equal(subscribe(bench, "31", &key).refusal->code, TYPES__REFUSAL_CODE__UNAVAILABLE);
        assert_int_equal(engine_position(bench->engine), 0);
        bench->world.commits_until_fault = -1;
        struct engine_answer answer = subscribe(bench, "31", &key);
        assert_non_null(answer.body);
        assert_false(answer.repeated_key);
        assert_int_equal(count_subscriptions(bench), 1);
}

static void a_failing_disk_is_no_answer_at_all(void **state)
{
        struct bench *bench = *state;
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        struct engine_answer answer;
        request.territory = (char *)(uintptr_t) "31";
        bench->world.commits_until_fault = 0;
        bench->world.fault_errno = EIO;
        assert_int_equal(
                engine_call(bench->engine, &bench->actor, "Subscribe", &request.base, NULL, &bench->arena, &answer),
                ERR_STORE);
        bench->world.commits_until_fault = -1;
}

static void replay_gives_the_same_bytes_and_the_chain_holds(void **state)
{
        struct bench *bench = *state;
        struct verify_report report;
        for (int i = 0; i < 100; i++) {
                bench->world.now_ms_value += 1000;
                (void)subscribe(bench, "31", NULL);
        }
        assert_int_equal(engine_verify(bench->engine, NULL, 0, &report, &bench->info), 0);
        assert_int_equal(report.events, 100);
        assert_int_equal(report.rows, 100);
        assert_int_equal(report.differences, 0);
}

static void a_row_that_was_tampered_with_shows(void **state)
{
        struct bench *bench = *state;
        struct verify_report report;
        (void)subscribe(bench, "31", NULL);
        struct txn *txn = txn_begin_write(engine_store(bench->engine), &bench->info);
        txn_allow(txn, TABLE_STATE);
        txn_put(txn, T_SUBSCRIPTION, slice_of_text("x"), slice_of_text("y"));
        assert_int_equal(txn_commit(txn, &bench->info), 0);
        assert_int_equal(engine_verify(bench->engine, NULL, 0, &report, &bench->info), 0);
        assert_int_equal(report.differences, 1);
}

static void an_event_that_was_tampered_with_shows(void **state)
{
        struct bench *bench = *state;
        struct verify_report report;
        struct log_entry entry;
        uint8_t bytes[1024] = {0};
        for (int i = 0; i < 3; i++)
                (void)subscribe(bench, "31", NULL);
        struct key second = key_of_u64(2);
        struct slice row;
        struct txn *txn = txn_begin_write(engine_store(bench->engine), &bench->info);
        assert_true(log_get(txn, 2, &entry));
        assert_true(txn_get(txn, RUNTIME_LOG, key_slice(&second), &row));
        memcpy(bytes, row.data, row.size);
        bytes[row.size - 1] ^= 1; /* the sealed part */
        txn_put(txn, RUNTIME_LOG, key_slice(&second), slice_of(bytes, row.size));
        assert_int_equal(txn_commit(txn, &bench->info), 0);
        assert_int_equal(engine_verify(bench->engine, NULL, 0, &report, &bench->info), ERR_FORGED);
        assert_non_null(strstr(bench->info.text, "event 2"));
}

static void what_is_sealed_is_not_published(void **state)
{
        struct bench *bench = *state;
        (void)subscribe(bench, "31", NULL);
        struct slice batch = engine_events_after(bench->engine, 0, 0, &bench->arena);
        assert_null(memmem(batch.data, batch.size, "secret", 6));
        assert_non_null(memmem(batch.data, batch.size, "31", 2));
}

static int feed(struct bench *bench, uint64_t number)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        organisation.name = (char *)(uintptr_t) "Chantier";
        put.organisation = &organisation;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        return engine_feed(bench->engine, "directory-1", number, &event.base);
}

static void foreign_events_are_taken_once_and_in_order(void **state)
{
        struct bench *bench = *state;
        assert_int_equal(feed(bench, 1), 0);
        assert_int_equal(feed(bench, 1), 0);             /* taken before: no effect */
        assert_int_equal(feed(bench, 3), ERR_NOT_FOUND); /* a hole */
        assert_int_equal(engine_source_position(bench->engine, "directory-1"), 1);
        assert_int_equal(feed(bench, 2), 0);
        assert_int_equal(feed(bench, 3), 0);
        struct txn *txn = txn_begin_read(engine_store(bench->engine), &bench->info);
        assert_int_equal(txn_count(txn, T_NAME), 3);
        txn_end_read(txn);
}

/* --- frames ----------------------------------------------------------------------------------------------------------
 */

static const Wire__Reply *deliver(struct bench *bench, struct slice frame)
{
        struct slice reply;
        struct item *item = engine_accept(bench->engine, slice_of("p", 1), frame, &bench->arena, &reply);
        if (item != NULL) {
                assert_int_equal(engine_run(bench->engine, item, &bench->info), 0);
                reply = arena_copy_slice(&bench->arena, item->reply);
                item_free(bench->engine, &item);
        }
        const Wire__Reply *message = pb_decode(&wire__reply__descriptor, reply, &bench->arena);
        assert_non_null(message);
        return message;
}

static Wire__Envelope envelope_of(struct bench *bench, const char *method, const ProtobufCMessage *body)
{
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        struct id id = id_new(&bench->world, bench->world.now_ms_value, 0);
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(arena_copy_slice(&bench->arena, id_slice(&id)));
        envelope.passport = pb_bytes(passport_sign(&bench->actor, bench->secret, &bench->arena));
        envelope.body = pb_bytes(pb_encode(body, &bench->arena));
        return envelope;
}

static Types__RefusalCode code_of(struct bench *bench, const Wire__Envelope *envelope)
{
        const Wire__Reply *reply = deliver(bench, pb_encode(envelope, &bench->arena));
        return reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL ? reply->refusal->code
                                                                   : TYPES__REFUSAL_CODE__REFUSAL_NONE;
}

static void a_frame_is_authenticated_authorised_and_read(void **state)
{
        struct bench *bench = *state;
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        request.territory = (char *)(uintptr_t) "31";
        Wire__Envelope good = envelope_of(bench, "notifications.Subscribe", &request.base);
        assert_int_equal(code_of(bench, &good), TYPES__REFUSAL_CODE__REFUSAL_NONE);

        Wire__Envelope bad = envelope_of(bench, "notifications.Subscribe", &request.base);
        bad.passport.data[bad.passport.len - 1] ^= 1;
        assert_int_equal(code_of(bench, &bad), TYPES__REFUSAL_CODE__NOT_AUTHENTICATED);
        bad = envelope_of(bench, "notifications.Subscribe", &request.base);
        bad.passport.len = 0;
        assert_int_equal(code_of(bench, &bad), TYPES__REFUSAL_CODE__NOT_AUTHENTICATED);
        bad = envelope_of(bench, "notifications.Unsubscribe", &request.base);
        assert_int_equal(code_of(bench, &bad), TYPES__REFUSAL_CODE__UNKNOWN_METHOD);
        bad = envelope_of(bench, "notifications.Subscribe", &request.base);
        bad.version = 2;
        assert_int_equal(code_of(bench, &bad), TYPES__REFUSAL_CODE__MALFORMED);
        bad = envelope_of(bench, "notifications.Subscribe", &request.base);
        bad.body = pb_bytes(slice_of("\xff\xff\xff", 3));
        assert_int_equal(code_of(bench, &bad), TYPES__REFUSAL_CODE__MALFORMED);
        bench->actor.role = TYPES__ROLE__BUYER;
        bad = envelope_of(bench, "notifications.Subscribe", &request.base);
        assert_int_equal(code_of(bench, &bad), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_int_equal(engine_position(bench->engine), 1);
}

static void an_expired_passport_is_refused_even_when_it_was_verified_before(void **state)
{
        struct bench *bench = *state;
        Notifications__SubscriptionsRequest request = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        Wire__Envelope envelope = envelope_of(bench, "notifications.Subscriptions", &request.base);
        assert_int_equal(code_of(bench, &envelope), TYPES__REFUSAL_CODE__REFUSAL_NONE);
        bench->world.now_ms_value += 300000;
        assert_int_equal(code_of(bench, &envelope), TYPES__REFUSAL_CODE__NOT_AUTHENTICATED);
}

static void a_key_that_may_be_forgotten_is_refused(void **state)
{
        struct bench *bench = *state;
        static const int64_t ages_ms[] = {6 * INT64_C(86400000), -86400000};
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        request.territory = (char *)(uintptr_t) "31";
        for (size_t i = 0; i < ARRAY_SIZE(ages_ms); i++) {
                Wire__Envelope envelope = envelope_of(bench, "notifications.Subscribe", &request.base);
                struct id key = id_new(&bench->world, bench->world.now_ms_value - ages_ms[i], 0);
                envelope.id = pb_bytes(id_slice(&key));
                assert_int_equal(code_of(bench, &envelope), TYPES__REFUSAL_CODE__INVALID_FIELD);
                key = id_new(&bench->world, bench->world.now_ms_value - ages_ms[i] * 9 / 10, 0);
                assert_int_equal(code_of(bench, &envelope), TYPES__REFUSAL_CODE__REFUSAL_NONE);
        }
}

static void a_request_over_the_bound_is_refused_by_name(void **state)
{
        struct bench *bench = *state;
        static char text[300 * 1024];
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        memset(text, 'x', sizeof(text) - 1);
        request.territory = text;
        Wire__Envelope envelope = envelope_of(bench, "notifications.Subscribe", &request.base);
        assert_int_equal(code_of(bench, &envelope), TYPES__REFUSAL_CODE__TOO_LARGE);
}

static void hostile_frames_are_answered_and_forgotten(void **state)
{
        struct bench *bench = *state;
        uint8_t bytes[512];
        for (size_t i = 0; i < 2000; i++) {
                size_t size = i % sizeof(bytes);
                for (size_t at = 0; at < size; at += 32)
                        bench->world.random(&bench->world, bytes + at, size - at < 32 ? size - at : 32);
                assert_int_equal(deliver(bench, slice_of(bytes, size))->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
        }
        assert_int_equal(engine_position(bench->engine), 0);
}

/* Every truncation of a good frame: refused, or (cut inside nothing that matters) understood; never a crash. */
static void truncated_frames_do_no_harm(void **state)
{
        struct bench *bench = *state;
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        request.territory = (char *)(uintptr_t) "31";
        Wire__Envelope good = envelope_of(bench, "notifications.Subscribe", &request.base);
        struct slice frame = pb_encode(&good, &bench->arena);
        for (size_t size = 0; size < frame.size; size++) {
                struct slice cut = arena_copy_slice(&bench->arena, slice_of(frame.data, size));
                assert_int_equal(deliver(bench, cut)->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
        }
        assert_int_equal(engine_position(bench->engine), 0);
}

static void a_batch_is_one_commit_and_a_full_map_grows_under_it(void **state)
{
        struct bench *bench = *state;
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        static char text[4000];
        memset(text, '3', sizeof(text) - 1);
        request.territory = (char *)(uintptr_t) "31";
        for (int round = 0; round < 3; round++) {
                struct item *first = NULL, **end = &first;
                for (int i = 0; i < 1000; i++) {
                        Wire__Envelope envelope = envelope_of(bench, "notifications.Subscribe", &request.base);
                        struct slice reply;
                        *end = engine_accept(bench->engine, slice_of("p", 1), pb_encode(&envelope, &bench->arena),
                                             &bench->arena, &reply);
                        assert_non_null(*end);
                        ((Notifications__Subscribe *)(void *)(*end)->message)->territory = text; /* beyond its bound */
                        end = &(*end)->next;
                }
                assert_int_equal(engine_run(bench->engine, first, &bench->info), 0);
                while (first != NULL) {
                        struct item *item = first;
                        first = item->next;
                        item_free(bench->engine, &item);
                }
                arena_reset(&bench->arena);
        }
        assert_int_equal(engine_figures(bench->engine).commits, 3);
        assert_int_equal(engine_position(bench->engine), 3000); /* 3 x 1000 x 2 x 4 kB: more than the first 16 MiB */
}

static void a_clock_that_jumps_back_stops_nothing(void **state)
{
        struct bench *bench = *state;
        struct verify_report report;
        assert_non_null(subscribe(bench, "31", NULL).body);
        bench->world.now_ms_value -= 86400000;
        assert_non_null(subscribe(bench, "31", NULL).body);
        bench->world.now_ms_value += 10 * (int64_t)86400000;
        assert_non_null(subscribe(bench, "31", NULL).body);
        assert_int_equal(engine_verify(bench->engine, NULL, 0, &report, &bench->info), 0);
        assert_int_equal(report.differences, 0);
        assert_int_equal(count_subscriptions(bench), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* What no peer could take would cost everybody behind it the connection. */
static void a_reply_is_never_larger_than_its_bound(void **state)
{
        struct bench *bench = *state;
        Notifications__SubscriptionsRequest request = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        Types__Page page = {.base = PROTOBUF_C_MESSAGE_INIT(&types__page__descriptor), .limit = 500};
        request.page = &page;
        for (row_bytes = 100; row_bytes <= LIMIT_EVENT_BYTES; row_bytes *= 10) {
                Wire__Envelope envelope = envelope_of(bench, "notifications.Subscriptions", &request.base);
                struct slice frame = pb_encode(&envelope, &bench->arena), bytes;
                assert_null(engine_accept(bench->engine, slice_of(NULL, 0), frame, &bench->arena, &bytes));
                assert_true(bytes.size <= LIMIT_REPLY_BYTES);
                const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, bytes, &bench->arena);
                const Notifications__SubscriptionsReply *list = pb_decode(
                        &notifications__subscriptions_reply__descriptor, pb_slice(reply->body), &bench->arena);
                assert_in_range(list->n_subscriptions, 1, 500);
                assert_true(list->n_subscriptions == 500 || bytes.size > LIMIT_REPLY_BYTES / 8);
                assert_int_equal(list->next.len, strlen("encore")); /* the rest can be asked for */
        }
        row_bytes = LIMIT_REPLY_BYTES; /* one row alone */
        page.limit = 20;
        Wire__Envelope envelope = envelope_of(bench, "notifications.Subscriptions", &request.base);
        assert_int_equal(code_of(bench, &envelope), TYPES__REFUSAL_CODE__TOO_LARGE);
        row_bytes = 0;
}

/* For an hour the machine believes that it is a week later. What was done just before is not done again after. */
static void a_clock_that_was_ahead_forgets_no_key_that_is_still_taken(void **state)
{
        enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };
        struct bench *bench = *state;
        struct id keys[7];
        for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
                keys[i] = id_new(&bench->world, bench->world.now_ms_value, 0);
                assert_non_null(subscribe(bench, "31", &keys[i]).body);
                bench->world.now_ms_value += DAY_MS;
        }
        engine_close(bench->engine);
        open_engine(bench, 0);
        bench->world.clock_error_ms = 7 * (int64_t)DAY_MS;
        for (int minute = 0; minute < 60; minute++) {
                assert_non_null(subscribe(bench, "32", NULL).body);
                bench->world.now_ms_value += 60000;
        }
        bench->world.clock_error_ms = 0;
        for (size_t i = 1; i < ARRAY_SIZE(keys); i++) /* the first is seven days old */
                assert_true(subscribe(bench, "31", &keys[i]).repeated_key);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_command_is_done_once_whatever_its_sender_repeats),
                TEST(a_refusal_writes_nothing),
                TEST(a_full_disk_is_told_and_overcome),
                TEST(a_failing_disk_is_no_answer_at_all),
                TEST(replay_gives_the_same_bytes_and_the_chain_holds),
                TEST(a_row_that_was_tampered_with_shows),
                TEST(an_event_that_was_tampered_with_shows),
                TEST(what_is_sealed_is_not_published),
                TEST(foreign_events_are_taken_once_and_in_order),
                TEST(a_frame_is_authenticated_authorised_and_read),
                TEST(an_expired_passport_is_refused_even_when_it_was_verified_before),
                TEST(a_key_that_may_be_forgotten_is_refused),
                TEST(a_request_over_the_bound_is_refused_by_name),
                TEST(hostile_frames_are_answered_and_forgotten),
                TEST(truncated_frames_do_no_harm),
                TEST(a_batch_is_one_commit_and_a_full_map_grows_under_it),
                TEST(a_clock_that_jumps_back_stops_nothing),
                TEST(a_reply_is_never_larger_than_its_bound),
                TEST(a_clock_that_was_ahead_forgets_no_key_that_is_still_taken),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
