/* A subscription names the kinds of events that it follows: of any other, its copies and reactions would do nothing.
 * Each kind of each source is handed to them, with a body that says nothing, in a process of its own: whoever touches a
 * row, records, or falls over it, follows it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/service/event.h"
#include "common/service/spec.h"
#include "services/contracts/dispatch.h"
#include "services/notifications/dispatch.h"
#include "services/reporting/dispatch.h"
#include "services/tracking/dispatch.h"

enum { TOUCHED_AT_LEAST = 15 }; /* of those that are named: a body that says nothing hides some */

static char directory[64];
static size_t touched, named;

static uint64_t rows_of(struct txn *txn, size_t table_count)
{
        uint64_t rows = 0;
        for (size_t i = 0; i < table_count; i++)
                rows += txn_count(txn, i);
        return rows;
}

/* In the child. 0: nothing came of it. */
static int hand_over(const struct service_spec *spec, const struct subscription *subscription, const void *body)
{
        struct arena arena scoped(arena_fini) = {0};
        struct world world = world_seeded(1, 1700000000000);
        struct table_spec tables[SPEC_TABLES_MAX];
        struct store_spec of_store = {.service = spec->name,
                                      .version = spec->store_version,
                                      .tables = tables,
                                      .table_count = spec_tables(spec, tables),
                                      .map_bytes_max = 1 << 26};
        struct event event = {.number = 1, .at_ms = 1700000000000, .source = "source-1", .user = "anne", .body = body};
        struct work work = {.arena = &arena, .now_ms = event.at_ms};
        struct store *store = NULL;
        if (store_open(&of_store, directory, &world, &store, NULL) != 0)
                return 0; /* then none of those that are named is seen, and the test fails */
        work.txn = txn_begin_write(store, NULL);
        txn_allow(work.txn, TABLE_COPY);
        uint64_t before = rows_of(work.txn, of_store.table_count);
        if (subscription->copy != NULL)
                subscription->copy(work.txn, &arena, &event);
        if (subscription->react != NULL)
                subscription->react(&work, &event);
        int came = rows_of(work.txn, of_store.table_count) != before || work.recorded != 0;
        txn_abort(work.txn);
        store_close(store);
        return came;
}

static bool does_something(const struct service_spec *spec, const struct subscription *subscription,
                           const ProtobufCFieldDescriptor *kind)
{
        struct arena arena scoped(arena_fini) = {0};
        int status = 0;
        const void *body = event_of_body(subscription->event, pb_new(kind->descriptor, &arena), &arena);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                const struct rlimit none = {0, 0};
                (void)setrlimit(RLIMIT_CORE, &none);
                (void)signal(SIGSEGV, SIG_DFL); /* cmocka's, which would report here */
                (void)signal(SIGABRT, SIG_DFL);
                (void)close(STDERR_FILENO); /* what falls over may say so */
                _exit(hand_over(spec, subscription, body));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

static bool is_named(const struct subscription *subscription, uint32_t kind)
{
        for (const uint32_t *at = subscription->kinds; *at != 0; at++)
                if (*at == kind)
                        return true;
        return false;
}

static void check(const struct service_spec *spec, const struct subscription *subscription)
{
        assert_non_null(subscription->kinds);
        for (unsigned i = 0; i < subscription->event->n_fields; i++) {
                const ProtobufCFieldDescriptor *kind = &subscription->event->fields[i];
                bool follows = is_named(subscription, kind->id);
                bool does = does_something(spec, subscription, kind);
                named += follows;
                touched += does;
                if (does && !follows)
                        fail_msg("%s does something with %s of %s, which its subscription does not name", spec->name,
                                 kind->name, subscription->service);
        }
}

static void remove_store(void)
{
        static const char *const files[] = {"/data.mdb", "/lock.mdb", ""};
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                char path[96];
                (void)snprintf(path, sizeof(path), "%s%s", directory, files[i]);
                assert_int_equal(remove(path), 0);
        }
}

static void what_is_not_named_is_nothing_to_it(void **state)
{
        static const struct service_spec *const specs[] = {&contracts_spec, &tracking_spec, &reporting_spec,
                                                           &notifications_spec};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
                (void)snprintf(directory, sizeof(directory), "/tmp/guichet-test-kinds-XXXXXX");
                assert_non_null(mkdtemp(directory));
                for (size_t s = 0; s < specs[i]->subscription_count; s++)
                        check(specs[i], &specs[i]->subscriptions[s]);
                remove_store();
        }
        assert_in_range(touched, TOUCHED_AT_LEAST, named);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_not_named_is_nothing_to_it)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
