#include "common/service/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/service/replay.h"
#include "common/store/eventlog.h"
#include "common/store/position.h"
#include "common/store/replace.h"

size_t spec_tables(const struct service_spec *spec, struct table_spec ret_tables[SPEC_TABLES_MAX])
{
        static const struct table_spec runtime[] = {RUNTIME_TABLE_SPECS};
        require(spec->table_count + RUNTIME_TABLES <= SPEC_TABLES_MAX);
        memcpy(ret_tables, runtime, sizeof(runtime));
        for (size_t i = 0; i < spec->table_count; i++)
                ret_tables[RUNTIME_TABLES + i] = spec->tables[i];
        return RUNTIME_TABLES + spec->table_count;
}

/* tidy: many because the parts of an entry come from three places: the log, the source's name, the spec */
bool event_of_entry(const ProtobufCMessageDescriptor *type, const char *source, struct slice record,
                    struct slice sealed, struct arena *arena, struct event *ret)
{
        Wire__EventRecord *entry = pb_decode(&wire__event_record__descriptor, record, arena);
        if (entry == NULL || entry->cause.len != sizeof(struct id) ||
            (entry->account.len != 0 && entry->account.len != sizeof(struct id)))
                return false;
        void *body = pb_decode(type, pb_slice(entry->body), arena);
        if (body == NULL)
                return false;

        char name[128];
        int size = snprintf(name, sizeof(name), "%s/%llu", source, (unsigned long long)entry->number);
        *ret = (struct event){
                .number = entry->number,
                .at_ms = entry->at_ms,
                .user = entry->user,
                .source = source,
                .body = body,
                .sealed = sealed,
                .record = record,
                .previous_hash = pb_slice(entry->previous_hash),
        };
        memcpy(ret->cause.b, entry->cause.data, sizeof(ret->cause.b));
        if (entry->account.len != 0)
                memcpy(ret->account.b, entry->account.data, sizeof(ret->account.b));
        if (source[0] != '\0')
                ret->id = id_derived(entry->at_ms, slice_of(name, (size_t)size));
        return true;
}

static int replay_own(const struct verify_request *request, struct store *scratch, struct txn *look,
                      struct verify_report *report, struct err_info *info)
{
        if (request->spec->apply == NULL)
                return 0;
        struct replay replay = {
                .into = scratch,
                .kind = TABLE_STATE,
                .type = request->spec->event,
                .source = "",
                .put = request->spec->apply,
                .last = UINT64_MAX,
        };
        int err = replay_log(&replay, look, info);
        report->events += replay.replayed;
        return err;
}

static void differs(struct verify_report *report, const char *table, struct slice key, const char *how,
                    struct err_info *info)
{
        char hex[2 * 24 + 1] = "";
        for (size_t i = 0; i < key.size && i < 24; i++)
                (void)snprintf(hex + 2 * i, 3, "%02x", key.data[i]);
        if (report->differences++ == 0)
                (void)err_set(info, 0, "table %s, key %s: %s", table, hex, how);
}

/* A position is a promise: that far, this very history was taken in. */
static void check_position(struct txn *look, struct txn *log, const char *source, struct verify_report *report,
                           struct err_info *info)
{
        struct position_mark taken = position_get(look, source).taken;
        struct log_entry entry;

        if (taken.number == 0)
                return;
        if (!log_get(log, taken.number, &entry)) {
                differs(report, "positions", slice_of_text(source), "past the end of its source's log", info);
                return;
        }
        struct position_mark there = position_mark_of(taken.number, entry.record);
        if (!position_is_followed_by(&taken, slice_of(there.hash, sizeof(there.hash))))
                differs(report, "positions", slice_of_text(source), "of another history than its source's log", info);
}

static int replay_copies(const struct verify_request *request, struct store *scratch, struct txn *look,
                         struct verify_report *report, struct err_info *info)
{
        for (size_t s = 0; s < request->spec->subscription_count; s++) {
                const struct subscription *subscription = &request->spec->subscriptions[s];
                for (size_t i = 0; subscription->copy != NULL && i < request->source_count; i++) {
                        const struct verify_source *source = &request->sources[i];
                        if (strcmp(source->service, subscription->service) != 0)
                                continue;
                        struct replay replay = {
                                .into = scratch,
                                .kind = TABLE_COPY,
                                .type = subscription->event,
                                .source = source->instance,
                                .put = subscription->copy,
                                .last = position_get(look, source->instance).copied.number,
                        };
                        struct txn *log = txn_begin_read(source->store, info);
                        if (log == NULL)
                                return ERR_STORE;
                        check_position(look, log, source->instance, report, info);
                        int err = replay_log(&replay, log, info);
                        txn_end_read(log);
                        report->events += replay.replayed;
                        if (err != 0)
                                return err;
                }
        }
        return 0;
}

/* Both tables are walked side by side, like a merge.
 * tidy: many because there are two of everything, and the last two are where the result goes */
static void compare_table(struct txn *held, struct txn *replayed, size_t table, const char *name,
                          struct verify_report *report, struct err_info *info)
{
        struct scan a = scan_prefix(held, table, slice_of(NULL, 0));
        struct scan b = scan_prefix(replayed, table, slice_of(NULL, 0));
        bool more_a = scan_next(&a), more_b = scan_next(&b);

        while (more_a || more_b) {
                size_t shorter = more_a && more_b ? (a.key.size < b.key.size ? a.key.size : b.key.size) : 0;
                int order = !more_a ? 1 : !more_b ? -1 : memcmp(a.key.data, b.key.data, shorter);
                if (order == 0 && more_a && more_b)
                        order = (a.key.size > b.key.size) - (a.key.size < b.key.size);
                report->rows++;
                if (order < 0)
                        differs(report, name, a.key, "held, but not in the replay", info);
                else if (order > 0)
                        differs(report, name, b.key, "in the replay, but not held", info);
                else if (!slice_equal(a.value, b.value))
                        differs(report, name, a.key, "another value in the replay", info);
                if (order <= 0)
                        more_a = scan_next(&a);
                if (order >= 0)
                        more_b = scan_next(&b);
        }
        scan_end(&a);
        scan_end(&b);
}

static int compare(const struct verify_request *request, struct store *scratch, struct txn *look,
                   struct verify_report *report, struct err_info *info)
{
        struct txn *replayed = txn_begin_read(scratch, info);
        if (replayed == NULL)
                return ERR_STORE;
        for (size_t i = 0; i < request->spec->table_count; i++)
                if (request->spec->tables[i].kind == TABLE_STATE || request->source_count > 0)
                        compare_table(look, replayed, RUNTIME_TABLES + i, request->spec->tables[i].name, report, info);
        txn_end_read(replayed);
        return txn_error(look);
}

static int verify_in(const struct verify_request *request, struct store *scratch, struct verify_report *report,
                     struct err_info *info)
{
        struct txn *look = txn_begin_read(request->store, info);
        if (look == NULL)
                return ERR_STORE;
        uint64_t count;
        int err = log_verify_chain(look, &count, info);
        if (err == 0)
                err = replay_own(request, scratch, look, report, info);
        if (err == 0)
                err = replay_copies(request, scratch, look, report, info);
        if (err == 0)
                err = compare(request, scratch, look, report, info);
        txn_end_read(look);
        return err;
}

int verify_store(const struct verify_request *request, struct verify_report *ret, struct err_info *info)
{
        struct world world = world_real();
        struct table_spec tables[SPEC_TABLES_MAX];
        struct store_spec spec = {
                .service = "scratch",
                .version = 1,
                .tables = tables,
                .table_count = spec_tables(request->spec, tables),
                .map_bytes_max = (uint64_t)1 << 36,
                .map_bytes_first = (uint64_t)1 << 36,
                .unsafe = true,
        };
        struct store *scratch = NULL;
        struct verify_report report = {0};

        store_remove(request->scratch);
        int err = store_open(&spec, request->scratch, &world, &scratch, info);
        if (err == 0)
                err = verify_in(request, scratch, &report, info);
        store_close(scratch);
        store_remove(request->scratch);
        if (err == 0)
                *ret = report;
        return err;
}
