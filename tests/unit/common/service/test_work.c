#include "tests/unit/common/service/toy.h"

#include <signal.h>
#include <sys/wait.h>

#include "common/base/limits.h"
#include "common/service/engine_inside.h"

static void a_refusal_says_code_field_and_text(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct work work = {.arena = &arena};
        struct reply reply =
                reply_refuse(&work, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id", "fini depuis %d jours", 3);
        assert_null(reply.body);
        assert_int_equal(reply.refusal->code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(reply.refusal->field, "placementId");
        assert_string_equal(reply.refusal->text, "fini depuis 3 jours");
}

/* What work_record() wrote: numbered, dated and signed by who acted. */
static void records_carry_who_when_and_why(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&toy_source);
        int64_t before_ms = toy->world.now_ms(&toy->world);
        toy_tell(toy, 1);
        struct slice bytes = engine_events_after(toy->engine, 0, 0, &toy->arena);
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, bytes, &toy->arena);
        const Wire__EventRecord *record =
                pb_decode(&wire__event_record__descriptor, pb_slice(batch->records[0]), &toy->arena);
        assert_int_equal(record->number, 1);
        assert_string_equal(record->user, "anne");
        assert_int_equal(record->cause.len, sizeof(struct id));
        assert_true(record->at_ms >= before_ms && record->at_ms <= toy->world.now_ms(&toy->world));
        toy_close(toy);
}

static void the_day_is_that_of_who_acts_or_of_the_network(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&toy_source);
        char *paris_then_noumea[] = {(char *)(uintptr_t) "75", (char *)(uintptr_t) "988"};
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        int64_t at_ms = 0; /* in Paris it is the 15th at 23:30, in Nouméa the 16th */
        assert_int_equal(instant_parse("2026-01-15T22:30:00Z", &at_ms), 0);
        assert_int_equal(day_civil(work_today(toy->engine, NULL, at_ms)).day, 15);
        toy->engine->options.home = "988";
        assert_int_equal(day_civil(work_today(toy->engine, NULL, at_ms)).day, 16);
        assert_int_equal(day_civil(work_today(toy->engine, &actor, at_ms)).day, 16);
        actor.territories = paris_then_noumea;
        actor.n_territories = 2;
        assert_int_equal(day_civil(work_today(toy->engine, &actor, at_ms)).day, 15);
        toy_close(toy);
}

/* --- bugs of handlers end the process: seen from outside, in a child --- */

static struct reply record_in_a_query(struct work *work, const ProtobufCMessage *message)
{
        Notifications__Subscribe command = NOTIFICATIONS__SUBSCRIBE__INIT;
        command.organisation_name = (char *)(uintptr_t) "Mission locale";
        (void)message;
        command.territory = (char *)(uintptr_t) "31";
        return toy_subscribe(work, &command.base);
}

static struct reply refuse_after_recording(struct work *work, const ProtobufCMessage *message)
{
        (void)toy_subscribe(work, message);
        return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "", "trop tard");
}

static struct reply answer_nothing(struct work *work, const ProtobufCMessage *message)
{
        (void)message;
        return reply_ok(work, NULL);
}

static bool aborts(struct dispatch_row row)
{
        int status;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                struct service_spec spec = toy_source;
                Notifications__Subscribe command = NOTIFICATIONS__SUBSCRIBE__INIT;
                command.organisation_name = (char *)(uintptr_t) "Mission locale";
                Notifications__SubscriptionsRequest query = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
                const ProtobufCMessage *request = row.mode == MODE_QUERY ? &query.base : &command.base;
                struct engine_answer answer;
                command.territory = (char *)(uintptr_t) "31";
                spec.dispatch = &row;
                spec.dispatch_count = 1;
                struct toy *toy = toy_open(&spec);
                (void)signal(SIGABRT, SIG_DFL);
                (void)close(STDERR_FILENO); /* what require() says */
                toy_remove(toy->directory); /* the files stay open */
                _exit(engine_call(toy->engine, &toy->actor, row.method, request, NULL, &toy->arena, &answer));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void bugs_of_handlers_end_the_process(void **state)
{
        (void)state;
        struct dispatch_row row = {.method = "Subscribe", .roles = ROLE_BIT(OPERATOR)};
        row.handle = toy_subscribe;
        assert_false(aborts(row));
        row.mode = MODE_QUERY;
        row.method = "Subscriptions";
        row.handle = record_in_a_query;
        assert_true(aborts(row));
        row.mode = MODE_COMMAND;
        row.method = "Subscribe";
        row.handle = refuse_after_recording;
        assert_true(aborts(row));
        row.handle = answer_nothing;
        assert_true(aborts(row));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_refusal_says_code_field_and_text),
                cmocka_unit_test(records_carry_who_when_and_why),
                cmocka_unit_test(the_day_is_that_of_who_acts_or_of_the_network),
                cmocka_unit_test(bugs_of_handlers_end_the_process),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
