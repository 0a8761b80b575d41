/* From a frame to an answer or to a piece of work: what test_engine.c does not ask. */
#include "tests/unit/common/service/toy.h"

#include "common/service/engine_inside.h"
#include "runtime/queries.pb-c.h"

static const Wire__Reply *answer_to(struct toy *toy, const char *method, struct slice body, struct slice passport)
{
        static const uint8_t id[sizeof(struct id)] = {5};
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        struct slice reply = {0};
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(slice_of(id, sizeof(id)));
        envelope.body = pb_bytes(body);
        envelope.passport = pb_bytes(passport);
        struct slice frame = pb_encode(&envelope, &toy->arena);
        assert_null(engine_accept(toy->engine, slice_of("p", 1), frame, &toy->arena, &reply));
        const Wire__Reply *message = pb_decode(&wire__reply__descriptor, reply, &toy->arena);
        assert_non_null(message);
        assert_true(slice_equal(pb_slice(message->id), slice_of(id, sizeof(id)))); /* whoever asked can tell */
        return message;
}

static void events_after_is_answered_without_a_passport(void **state)
{
        struct toy *toy = *state;
        Runtime__EventsAfterRequest request = RUNTIME__EVENTS_AFTER_REQUEST__INIT;
        toy_tell(toy, 5);
        request.after = 3;
        struct slice body = pb_encode(&request, &toy->arena);
        const Wire__Reply *reply = answer_to(toy, "runtime.EventsAfter", body, slice_of(NULL, 0));
        assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_BODY);
        const Runtime__EventsAfterReply *events =
                pb_decode(&runtime__events_after_reply__descriptor, pb_slice(reply->body), &toy->arena);
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, pb_slice(events->batch), &toy->arena);
        assert_int_equal(batch->head, 5);
        assert_int_equal(batch->n_records, 2);
}

static void what_a_stranger_learns_is_nothing(void **state)
{
        struct toy *toy = *state;
        static const char *const methods[] = {"notifications.Subscribe", "notifications.NoSuchThing", "runtime.Health",
                                              "runtime.EventsBefore", ""};
        for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
                const Wire__Reply *reply = answer_to(toy, methods[i], slice_of(NULL, 0), slice_of(NULL, 0));
                assert_int_equal(reply->refusal->code, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED);
        }
        const Wire__Reply *reply =
                answer_to(toy, "runtime.EventsAfter", slice_of("\377", 1), slice_of(NULL, 0)); /* cannot be read */
        assert_int_equal(reply->refusal->code, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED);
        assert_int_equal(engine_figures(toy->engine).refusals, ARRAY_SIZE(methods) + 1); /* but we know of them */
}

static struct slice describe(void *argument, bool metrics, struct arena *arena)
{
        (void)argument;
        return slice_of_text(arena_text(arena, metrics ? "m" : "h"));
}

static void health_and_metrics_are_the_process_own(void **state)
{
        struct toy *toy = *state;
        toy->engine->options.describe = describe;
        static const char *const methods[] = {"runtime.Health", "runtime.Metrics"};
        for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
                const Wire__Reply *reply = answer_to(toy, methods[i], slice_of(NULL, 0), slice_of(NULL, 0));
                assert_true(slice_equal(pb_slice(reply->body), slice_of_text(i == 0 ? "h" : "m")));
        }
}

static void a_query_is_answered_at_once_a_command_is_queued(void **state)
{
        struct toy *toy = *state;
        struct slice reply = {0}, passport = passport_sign(&toy->actor, toy->secret, &toy->arena);
        assert_int_equal(answer_to(toy, "notifications.Subscriptions", slice_of(NULL, 0), passport)->outcome_case,
                         WIRE__REPLY__OUTCOME_BODY);
        struct item *item = engine_accept(toy->engine, slice_of("peer", 4), toy_frame(toy, "31"), &toy->arena, &reply);
        assert_non_null(item);
        assert_int_equal(reply.size, 0);
        assert_true(slice_equal(item->peer, slice_of("peer", 4)));
        assert_string_equal(item->actor->user, "anne");
        assert_int_equal(engine_position(toy->engine), 0); /* nothing was done yet */
        item_free(toy->engine, &item);
        assert_null(item);
}

static void fields_that_are_not_known_are_refused_on_commands(void **state)
{
        struct toy *toy = *state;
        struct slice passport = passport_sign(&toy->actor, toy->secret, &toy->arena);
        const uint8_t unknown[] = {0xf8, 0x7f, 1}; /* field 2047, a number */
        const Wire__Reply *reply =
                answer_to(toy, "notifications.Subscribe", slice_of(unknown, sizeof(unknown)), passport);
        assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
        assert_int_equal(engine_position(toy->engine), 0);
}

static struct slice batch_with(struct toy *toy, struct slice record)
{
        Wire__EventBatch batch = WIRE__EVENT_BATCH__INIT;
        ProtobufCBinaryData bytes = pb_bytes(record);
        batch.head = 9;
        batch.records = &bytes;
        batch.n_records = 1;
        return pb_encode(&batch, &toy->arena);
}

static void events_that_cannot_be_read_are_told_whose_they_are(void **state)
{
        struct toy *toy = *state;
        const struct subscription *subscription = &toy_subscriptions_of[0];
        Wire__EventRecord record = WIRE__EVENT_RECORD__INIT;
        static const uint8_t cause[sizeof(struct id)];
        record.number = 1;
        struct slice no_cause = pb_encode(&record, &toy->arena);
        record.cause = pb_bytes(slice_of(cause, sizeof(cause)));
        record.body = pb_bytes(slice_of("\377", 1));
        struct slice bad_body = pb_encode(&record, &toy->arena);
        struct slice batches[] = {slice_of("\377\377", 2), batch_with(toy, slice_of("\377", 1)),
                                  batch_with(toy, no_cause), batch_with(toy, bad_body)};
        for (size_t i = 0; i < ARRAY_SIZE(batches); i++) {
                assert_null(engine_accept_events(toy->engine, subscription, "notifications-1", batches[i], &toy->info));
                assert_int_equal(toy->info.code, ERR_MALFORMED);
                assert_non_null(strstr(toy->info.text, "notifications-1"));
        }
        struct item *empty = engine_accept_events(toy->engine, subscription, "notifications-1", slice_of("\10\7", 2),
                                                  &toy->info); /* a heartbeat: head 7 */
        assert_non_null(empty);
        assert_int_equal(empty->event_count, 0);
        assert_int_equal(empty->head, 7);
        item_free(toy->engine, &empty);
}

static void a_row_for_a_method_that_proto_does_not_know_is_found_at_the_start(void **state)
{
        struct toy *toy = *state;
        struct dispatch_row row = {.method = "NoSuchThing", .handle = toy_subscribe};
        struct service_spec spec = toy_source;
        struct engine *engine = NULL;
        spec.dispatch = &row;
        spec.dispatch_count = 1;
        struct engine_options options = toy->engine->options;
        options.spec = &spec;
        assert_int_not_equal(engine_open(&options, &engine, &toy->info), 0);
        assert_null(engine);
        assert_non_null(strstr(toy->info.text, "NoSuchThing"));
}

static int setup(void **state)
{
        *state = toy_open(&toy_source);
        return 0;
}

static int teardown(void **state)
{
        toy_close(*state);
        return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(events_after_is_answered_without_a_passport),
                TEST(what_a_stranger_learns_is_nothing),
                TEST(health_and_metrics_are_the_process_own),
                TEST(a_query_is_answered_at_once_a_command_is_queued),
                TEST(fields_that_are_not_known_are_refused_on_commands),
                TEST(events_that_cannot_be_read_are_told_whose_they_are),
                TEST(a_row_for_a_method_that_proto_does_not_know_is_found_at_the_start),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
