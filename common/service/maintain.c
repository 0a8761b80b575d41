#include "common/service/maintain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/migrate.h"
#include "common/service/verify.h"
#include "common/store/position.h"

enum { SOURCES_MAX = 64 };

static int open_source(const struct instance *instance, struct store **ret, struct err_info *info)
{
        static const struct table_spec runtime[] = {RUNTIME_TABLE_SPECS};
        struct store_spec spec = {.tables = runtime, .table_count = ARRAY_SIZE(runtime)};
        return store_open_readonly(&spec, instance->store, ret, info);
}

static bool read_to_its_end(const struct instance *instance)
{
        struct err_info info = {0};
        struct store *store = NULL;
        uint64_t count;
        if (open_source(instance, &store, &info) != 0)
                return false;
        return log_verify_store(store, &count, &info) == 0;
}

/* Another's log is read by a child first: what a damaged page does to its reader, it does there, and this store is not
 * blamed for it. */
static bool can_be_read(const struct instance *instance)
{
        int status = 0;
        pid_t child = fork();
        if (child == 0)
                _exit(read_to_its_end(instance) ? 0 : 1);
        while (child > 0 && waitpid(child, &status, 0) < 0)
                ; /* interrupted by a signal */
        return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The logs of all that this daemon copies from. A source that was never started has no store, and nothing was copied.
 * One that is there and cannot be read is named in *ret_unread. */
static size_t open_sources(const struct process *process, struct verify_source *ret_sources, const char **ret_unread)
{
        struct err_info info = {0};
        size_t count = 0;
        for (size_t s = 0; s < process->spec->subscription_count; s++) {
                const struct subscription *subscription = &process->spec->subscriptions[s];
                const struct instance *at;
                for (size_t n = 0; subscription->copy != NULL &&
                                   (at = topology_of_service(process->topology, subscription->service, n)) != NULL;
                     n++) {
                        struct verify_source source = {at->name, at->service, NULL};
                        require(count < SOURCES_MAX);
                        if (access(at->store, F_OK) != 0)
                                continue;
                        if (can_be_read(at) && open_source(at, &source.store, &info) == 0)
                                ret_sources[count++] = source;
                        else
                                *ret_unread = at->name;
                }
        }
        return count;
}

/* One line of JSON, for guichetctl. */
static void tell_report(const char *instance, const struct verify_report *report, bool ok, const char *unread,
                        const char *detail)
{
        json_t *text = json_string(detail);
        json_t *told = json_pack("{s:s, s:b, s:I, s:I, s:I, s:I, s:I, s:s, s:o}", "instance", instance, "ok", ok,
                                 "events", (json_int_t)report->events, "rows", (json_int_t)report->rows, "differences",
                                 (json_int_t)report->differences, "documents", (json_int_t)report->documents, "orphans",
                                 (json_int_t)report->orphans, "unread", unread, "detail",
                                 text != NULL ? text : json_string("damaged bytes where a text should be"));
        require(told != NULL && json_dumpf(told, stdout, JSON_COMPACT) == 0);
        (void)putchar('\n');
        json_decref(told);
}

static int open_keys(const struct process *process, struct vault_keys **ret, struct err_info *info)
{
        char directory[4096], service[64];
        if (!process->spec->seals)
                return 0;
        (void)snprintf(directory, sizeof(directory), "%s/keys", process->instance->store);
        (void)snprintf(service, sizeof(service), "%s-keys", process->spec->name);
        struct vault_options options = {.service = service,
                                        .directory = directory,
                                        .partition = process->instance->partition,
                                        .must_exist = true};
        return vault_keys_open(&options, ret, info);
}

int process_verify(const struct process *process)
{
        struct err_info info = {0};
        struct table_spec tables[SPEC_TABLES_MAX];
        struct store_spec spec = {
                .service = process->spec->name,
                .version = process->spec->store_version,
                .partition = process->instance->partition,
                .tables = tables,
                .table_count = spec_tables(process->spec, tables),
        };
        struct store *store = NULL;
        struct verify_source sources[SOURCES_MAX];
        struct verify_report report = {0};
        char scratch[4096], blobs[4096];

        const char *unread = "";
        size_t source_count = open_sources(process, sources, &unread);
        (void)snprintf(scratch, sizeof(scratch), "%s.verify.%d", process->instance->store, (int)uv_os_getpid());
        (void)snprintf(blobs, sizeof(blobs), "%s/blobs", process->instance->store);
        int err = store_open_readonly(&spec, process->instance->store, &store, &info);
        struct vault_keys *keys = NULL;
        if (err == 0)
                err = open_keys(process, &keys, &info);
        if (err == 0) {
                struct verify_request request = {process->spec,
                                                 store,
                                                 scratch,
                                                 sources,
                                                 unread[0] == '\0' ? source_count : 0,
                                                 keys,
                                                 process->spec->blobs != NULL ? blobs : NULL};
                err = verify_store(&request, &report, &info);
        }
        vault_keys_close(keys);
        store_close(store);
        for (size_t i = 0; i < source_count; i++)
                store_close(sources[i].store);

        bool ok = err == 0 && report.differences == 0;
        tell_report(process->instance->name, &report, ok, unread, ok ? "" : info.text);
        return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* What only copies begins anew with any history that its source has by now. Who also reacted holds on to the history
 * that it reacted to. */
static void forget_history(const struct process *process, struct txn *txn)
{
        for (size_t s = 0; s < process->spec->subscription_count; s++) {
                const struct subscription *subscription = &process->spec->subscriptions[s];
                const struct instance *at;
                for (size_t n = 0; subscription->react == NULL &&
                                   (at = topology_of_service(process->topology, subscription->service, n)) != NULL;
                     n++) {
                        struct position position = position_get(txn, at->name);
                        memset(position.taken.hash, 0, sizeof(position.taken.hash));
                        position_put(txn, at->name, &position);
                }
        }
}

static int clear_copies(const struct process *process, struct store *store, struct err_info *info)
{
        int err;
        do {
                struct txn *txn = txn_begin_write(store, info);
                if (txn == NULL)
                        return ERR_STORE;
                migrate_copies(process->spec, txn);
                forget_history(process, txn);
                err = txn_commit(txn, info);
        } while (err == ERR_MAP_FULL && store_grow(store, info) == 0);
        return err;
}

int process_rebuild(const struct process *process, struct err_info *info)
{
        struct engine_options options = process_engine_options(process);
        struct engine *engine = NULL;
        int err = engine_open(&options, &engine, info);
        if (err == 0)
                err = clear_copies(process, engine_store(engine), info);
        engine_close(engine);
        return err;
}
