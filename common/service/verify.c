#include "common/service/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/service/keys.h"
#include "common/service/replay.h"
#include "common/store/blobs.h"
#include "common/store/eventlog.h"
#include "common/store/key.h"
#include "common/store/position.h"
#include "common/store/replace.h"

/* --- differences -------------------------------------------------------------------------------------------------- */

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

/* --- logs that are replayed --------------------------------------------------------------------------------------- */

enum { TRACKS_MAX = 64, ROWS_PER_SLICE = 4096, EVENTS_BEHIND_MAX = 256, CHASES_MAX = 16 };

/* One log on its way into the scratch store: the store's own, or that of a source. */
struct track {
        struct replay replay;
        const struct verify_source *source; /* NULL: its own */
};

struct verification {
        const struct verify_request *request;
        struct store *scratch;
        struct track tracks[TRACKS_MAX];
        size_t track_count;
        struct verify_report report;
};

static void add_track(struct verification *verification, const struct track *track)
{
        require(verification->track_count < TRACKS_MAX);
        verification->tracks[verification->track_count++] = *track;
}

/* What was moved from one source to another is replayed in that order, wherever both are looked at. */
static bool is_its_turn(void *argument, const struct event *event)
{
        const struct verification *verification = argument;
        for (size_t i = 0; event->after_source != NULL && i < verification->track_count; i++) {
                const struct track *track = &verification->tracks[i];
                if (track->source != NULL && strcmp(track->source->instance, event->after_source) == 0)
                        return track->replay.taken >= event->after_number;
        }
        return true;
}

static void add_tracks(struct verification *verification)
{
        const struct verify_request *request = verification->request;
        const struct service_spec *spec = request->spec;
        struct track own = {{verification->scratch, TABLE_STATE, spec->event, "", spec->apply}, NULL};
        if (spec->apply != NULL)
                add_track(verification, &own);
        for (size_t s = 0; s < spec->subscription_count; s++) {
                const struct subscription *at = &spec->subscriptions[s];
                for (size_t i = 0; at->copy != NULL && i < request->source_count; i++) {
                        const struct verify_source *source = &request->sources[i];
                        struct track track = {
                                {verification->scratch, TABLE_COPY, at->event, source->instance, at->copy}, source};
                        track.replay.is_its_turn = is_its_turn;
                        track.replay.argument = verification;
                        if (strcmp(source->service, at->service) == 0)
                                add_track(verification, &track);
                }
        }
}

/* How far each log is to be replayed for its tables to be those of this snapshot. How much of that is left to do. */
static int aim(struct verification *verification, struct txn *look, uint64_t *ret_behind, struct err_info *info)
{
        *ret_behind = 0;
        for (size_t i = 0; i < verification->track_count; i++) {
                struct track *track = &verification->tracks[i];
                struct replay *replay = &track->replay;
                replay->last = track->source == NULL ? log_read_head(look).number
                                                     : position_get(look, track->source->instance).copied.number;
                if (replay->last < replay->taken)
                        return err_set(info, ERR_STORE,
                                       "the store went back while it was looked at (put back, or "
                                       "rebuilt): verify it once more");
                *ret_behind += replay->last - replay->taken;
        }
        return txn_error(look);
}

/* Each log in turn, again as long as one waits for another. `look` NULL: each slice has a snapshot of its own.
 * What waits for what is not there is not replayed: the tables then differ. */
static int replay_all(struct verification *verification, struct txn *look, struct err_info *info)
{
        bool waits = true, moved = true;
        int err = 0;
        while (err == 0 && waits && moved) {
                waits = moved = false;
                for (size_t i = 0; err == 0 && i < verification->track_count; i++) {
                        struct track *track = &verification->tracks[i];
                        uint64_t before = track->replay.taken;
                        if (track->source == NULL && look != NULL)
                                err = replay_log(&track->replay, look, info);
                        else
                                err = replay_store(&track->replay,
                                                   track->source == NULL ? verification->request->store
                                                                         : track->source->store,
                                                   info);
                        moved = moved || track->replay.taken != before;
                        waits = waits || track->replay.taken < track->replay.last;
                }
        }
        return err;
}

/* Long, and without a snapshot that lasts: nothing of a log ever changes. */
static int chase(struct verification *verification, struct err_info *info)
{
        return replay_all(verification, NULL, info);
}

/* Until few events are left; where the writer is the faster of the two, they are many in the end. */
static int come_close(struct verification *verification, struct err_info *info)
{
        uint64_t behind = UINT64_MAX;
        for (int i = 0; i < CHASES_MAX && behind > EVENTS_BEHIND_MAX; i++) {
                struct txn *look = txn_begin_read(verification->request->store, info);
                if (look == NULL)
                        return ERR_STORE;
                int err = aim(verification, look, &behind, info);
                txn_end_read(look);
                if (err == 0 && behind > EVENTS_BEHIND_MAX)
                        err = chase(verification, info);
                if (err != 0)
                        return err;
        }
        return 0;
}

/* The few events that are left: the scratch store is as the snapshot should be. The own log is read in that snapshot;
 * a source's has all that was taken in of it. */
static int catch_up(struct verification *verification, struct txn *look, struct err_info *info)
{
        uint64_t behind;
        int err = aim(verification, look, &behind, info);
        return err != 0 || behind == 0 ? err : replay_all(verification, look, info);
}

static int check_positions(struct verification *verification, struct err_info *info)
{
        struct txn *look = txn_begin_read(verification->request->store, info);
        if (look == NULL)
                return ERR_STORE;
        for (size_t i = 0; i < verification->track_count; i++) {
                const struct verify_source *source = verification->tracks[i].source;
                struct txn *log = source == NULL ? NULL : txn_begin_read(source->store, info);
                if (source != NULL && log == NULL) {
                        txn_end_read(look);
                        return ERR_STORE;
                }
                if (log == NULL)
                        continue;
                check_position(look, log, source->instance, &verification->report, info);
                txn_end_read(log);
        }
        txn_end_read(look);
        return 0;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Where the comparison of a table stands: all keys up to this one are done. */
struct place {
        uint8_t key[KEY_SIZE_MAX];
        size_t size; /* 0: at its beginning */
};

/* The first row behind the place. */
static bool begin_behind(struct scan *scan, const struct place *place)
{
        bool more = scan_next(scan);
        if (more && place->size > 0 && slice_equal(scan->key, slice_of(place->key, place->size)))
                more = scan_next(scan);
        return more;
}

static int order_of(bool more_a, struct slice a, bool more_b, struct slice b)
{
        if (!more_a || !more_b)
                return more_b - more_a;
        int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
        return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/* Rows of a damaged page may come in any order, and would lead back to where the slice began. */
static bool goes_on(const struct place *place, struct slice key)
{
        return place->size == 0 || order_of(true, slice_of(place->key, place->size), true, key) < 0;
}

static void move(struct place *place, struct slice key)
{
        require(key.size <= sizeof(place->key));
        place->size = key.size;
        memcpy(place->key, key.data, key.size);
}

/* Both tables are walked side by side, like a merge. Whether there is more behind the slice; nothing where keys do not
 * come in their order: told as a difference.
 * tidy: many because there are two of everything, and the last three are where it goes on and the result goes */
static bool compare_slice(struct txn *held, struct txn *replayed, size_t table, const char *name, struct place *place,
                          struct verify_report *report, struct err_info *info)
{
        struct place from = *place;
        struct scan a = scan_from(held, table, slice_of(NULL, 0), slice_of(from.key, from.size));
        struct scan b = scan_from(replayed, table, slice_of(NULL, 0), slice_of(from.key, from.size));
        bool more_a = begin_behind(&a, &from), more_b = begin_behind(&b, &from);

        for (size_t i = 0; i < ROWS_PER_SLICE && (more_a || more_b); i++) {
                int order = order_of(more_a, a.key, more_b, b.key);
                struct slice key = order <= 0 ? a.key : b.key;
                if (!goes_on(place, key)) {
                        differs(report, name, key, "out of order: the store is damaged", info);
                        more_a = more_b = false;
                        break;
                }
                report->rows++;
                move(place, key);
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
        return more_a || more_b;
}

/* One snapshot of the store: the replay is brought to its position, then some rows are compared. */
static int verify_slice(struct verification *verification, size_t table, struct place *place, bool *ret_more,
                        struct err_info *info)
{
        const struct verify_request *request = verification->request;
        int err = come_close(verification, info);
        struct txn *look = err == 0 ? txn_begin_read(request->store, info) : NULL;
        if (look == NULL)
                return err != 0 ? err : ERR_STORE;
        err = catch_up(verification, look, info);
        struct txn *replayed = err == 0 ? txn_begin_read(verification->scratch, info) : NULL;
        if (err == 0 && replayed == NULL)
                err = ERR_STORE;
        if (err == 0) {
                *ret_more = compare_slice(look, replayed, RUNTIME_TABLES + table, request->spec->tables[table].name,
                                          place, &verification->report, info);
                err = txn_error(look);
                txn_end_read(replayed);
        }
        txn_end_read(look);
        return err;
}

static int compare(struct verification *verification, struct err_info *info)
{
        const struct verify_request *request = verification->request;
        for (size_t i = 0; i < request->spec->table_count; i++) {
                struct place place = {.size = 0};
                bool more = request->spec->tables[i].kind == TABLE_STATE || request->source_count > 0;
                while (more) {
                        int err = verify_slice(verification, i, &place, &more, info);
                        if (err != 0)
                                return err;
                }
        }
        return 0;
}

/* Looked at twice: a key that a daemon destroyed meanwhile is missing only in the older snapshot. */
static int check_keys(const struct verify_request *request, struct verify_report *report, struct err_info *info)
{
        char text[KEYS_TEXT_SIZE];
        struct missing_keys missing = {.missing = request->keys != NULL};
        for (int i = 0; i < 2 && missing.missing > 0; i++) {
                struct txn *look = txn_begin_read(request->store, info);
                if (look == NULL)
                        return ERR_STORE;
                missing = keys_missing(request->spec, look, request->keys, UINT64_MAX);
                txn_end_read(look);
        }
        if (missing.missing > 0 && report->differences == 0) {
                keys_tell(&missing, request->spec->name, text);
                (void)err_set(info, 0, "%s", text);
        }
        report->differences += missing.missing;
        return 0;
}

/* --- documents ---------------------------------------------------------------------------------------------------- */

enum { BLOBS_PER_SLICE = 256 };

static void check_blob(const struct verify_request *request, const struct blob *blob, struct verify_report *report,
                       struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        struct slice file;
        struct err_info why = {0};
        report->documents++;
        if (blob_load(request->blobs, blob->address, &arena, &file, &why) == 0)
                return;
        if (report->differences++ == 0)
                (void)err_set(info, 0, "%s", why.text);
}

/* Names of one snapshot, which is given up before their files are read. */
static int check_some_blobs(const struct verify_request *request, struct key *after, bool *ret_more,
                            struct verify_report *report, struct err_info *info)
{
        struct blob blobs[BLOBS_PER_SLICE];
        size_t count = 0;
        struct walk walk;
        struct txn *look = txn_begin_read(request->store, info);
        if (look == NULL)
                return ERR_STORE;
        blob_names_walk(look, *request->spec->blobs, key_slice(after), &walk);
        while (count < BLOBS_PER_SLICE && blob_names_next(&walk, &blobs[count])) {
                struct slice here = walk_cursor(&walk);
                *after = key_empty();
                key_bytes(after, here);
                count++;
        }
        walk_end(&walk);
        int err = txn_error(look);
        txn_end_read(look);
        for (size_t i = 0; i < count; i++)
                check_blob(request, &blobs[i], report, info);
        *ret_more = count == BLOBS_PER_SLICE;
        return err;
}

struct orphans {
        const struct verify_request *request;
        uint64_t count;
};

static void see_file(void *argument, struct blob_address address)
{
        struct orphans *orphans = argument;
        struct txn *look = txn_begin_read(orphans->request->store, NULL);
        if (look == NULL)
                return;
        orphans->count += !blob_is_named(look, *orphans->request->spec->blobs, address);
        txn_end_read(look);
}

/* Nothing is collected meanwhile, so what a snapshot names stays. */
static int check_blobs(const struct verify_request *request, struct verify_report *report, struct err_info *info)
{
        scoped(blobs_let_go) int hold = -1;
        struct orphans orphans = {request, 0};
        struct key after = key_empty();
        bool more = request->blobs != NULL;
        int err = more ? blobs_hold(request->blobs, &hold, info) : 0;
        while (err == 0 && more)
                err = check_some_blobs(request, &after, &more, report, info);
        if (err == 0 && request->blobs != NULL && blobs_each(request->blobs, see_file, &orphans) != 0)
                err = err_set(info, ERR_STORE, "documents: %s cannot be read", request->blobs);
        report->orphans = orphans.count;
        return err;
}

static int verify_in(const struct verify_request *request, struct store *scratch, struct verify_report *report,
                     struct err_info *info)
{
        struct verification verification = {.request = request, .scratch = scratch};
        uint64_t count;
        int err = log_verify_store(request->store, &count, info);
        add_tracks(&verification);
        if (err == 0)
                err = check_positions(&verification, info);
        if (err == 0)
                err = compare(&verification, info);
        if (err == 0)
                err = check_keys(request, &verification.report, info);
        if (err == 0)
                err = check_blobs(request, &verification.report, info);
        for (size_t i = 0; i < verification.track_count; i++)
                verification.report.events += verification.tracks[i].replay.replayed;
        *report = verification.report;
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
