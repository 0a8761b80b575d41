#include "common/service/engine.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/engine_inside.h"
#include "common/service/migrate.h"
#include "common/service/verify.h"
#include "common/store/dedup.h"
#include "common/store/shed.h"

enum { DEDUP_PRUNE_EVERY_MS = 60000, DEDUP_PRUNE_AT_ONCE = 256 };
enum { RUNS_MAX = 8 };

/* --- life -------------------------------------------------------------------------------------------------------- */

struct missing_keys engine_missing_keys(struct engine *engine, uint64_t max)
{
        struct missing_keys missing = {0};
        struct vault_keys *keys = engine->vault == NULL ? NULL : vault_keys_of(engine->vault, NULL);
        struct txn *txn = keys == NULL ? NULL : txn_begin_read(engine->store, NULL);
        if (txn != NULL) {
                missing = keys_missing(engine->spec, txn, keys, max);
                txn_end_read(txn);
        }
        vault_keys_close(keys);
        return missing;
}

/* The keys lie in the store's directory, in a store of their own: see vault.h. */
static int vault_options_of(const struct engine_options *options, char names[2][4096], struct vault_options *ret,
                            struct err_info *info)
{
        if (options->master_key == NULL)
                return err_set(info, ERR_CONFIG, "%s seals what it knows of persons and needs a master key",
                               options->spec->name);
        int size = snprintf(names[0], sizeof(names[0]), "%s/keys", options->directory);
        if (size < 0 || (size_t)size >= sizeof(names[0]))
                return err_set(info, ERR_CONFIG, "store %s: path too long", options->directory);
        (void)snprintf(names[1], sizeof(names[1]), "%s-keys", options->spec->name);
        *ret = (struct vault_options){
                .service = names[1],
                .directory = names[0],
                .master_key = options->master_key,
                .partition = options->partition,
                .world = options->world,
                .must_exist = options->keys_must_exist,
        };
        return 0;
}

static int open_vault(struct engine *engine, struct err_info *info)
{
        struct vault_options vault;
        char names[2][4096];
        if (!engine->spec->seals)
                return 0;
        int err = vault_options_of(&engine->options, names, &vault, info);
        return err != 0 ? err : vault_open(&vault, &engine->vault, info);
}

static int open_blobs(struct engine *engine, struct err_info *info)
{
        char directory[4096];
        if (engine->spec->blobs == NULL)
                return 0;
        require(engine->vault != NULL);
        int size = snprintf(directory, sizeof(directory), "%s/blobs", engine->options.directory);
        if (size < 0 || (size_t)size >= sizeof(directory))
                return err_set(info, ERR_CONFIG, "store %s: path too long", engine->options.directory);
        const struct blobs_options blobs = {directory, engine->vault, engine->options.world};
        return blobs_open(&blobs, &engine->blobs, info);
}

/* A territory goes on while the keys of some are sought: said at the start, and by --verify of all. */
static void look_for_keys(struct engine *engine)
{
        char text[KEYS_TEXT_SIZE];
        struct missing_keys missing = engine_missing_keys(engine, KEYS_LOOKED_AT_AT_START);
        if (missing.missing == 0)
                return;
        keys_tell(&missing, engine->options.instance, text);
        log_line(LOG_ERROR, "keys.missing", "%s", text);
}

int engine_check_keys(const struct engine_options *options, struct err_info *info)
{
        struct vault_options vault;
        char names[2][4096];
        if (!options->spec->seals)
                return 0;
        int err = vault_options_of(options, names, &vault, info);
        return err != 0 ? err : vault_check(&vault, info);
}

/* A store of an older program is made one of today first. */
static bool note_left_key(void *argument, struct id id)
{
        struct engine *engine = argument;
        if (vault_has_key(engine->vault, id))
                erasures_add(&engine->erasures, id);
        return true;
}

/* Their events are committed. On a full disk they wait for the next batch; where the daemon dies, for its next start.
 */
static int erase_keys(struct engine *engine, struct err_info *info)
{
        struct erasures *erasures = &engine->erasures;
        for (size_t i = 0; i < erasures->committed; i++)
                vault_destroy_key(engine->vault, erasures->ids[i]);
        int err = vault_flush(engine->vault, info);
        if (err == 0)
                erasures->count = erasures->committed = 0;
        if (err != ERR_DISK_FULL && err != ERR_MAP_FULL)
                return err;
        log_line(LOG_ERROR, "erasure.waits", "%zu keys of erased persons are not destroyed yet: %s",
                 erasures->committed, info->text);
        return 0;
}

/* Of those who were erased when this daemon died between the event and the key. */
static int finish_erasures(struct engine *engine, struct err_info *info)
{
        if (engine->vault == NULL || engine->spec->each_erased == NULL)
                return 0;
        struct txn *txn = txn_begin_read(engine->store, info);
        if (txn == NULL)
                return ERR_STORE;
        engine->spec->each_erased(txn, note_left_key, engine);
        txn_end_read(txn);
        engine->erasures.committed = engine->erasures.count;
        return engine->erasures.count > 0 ? erase_keys(engine, info) : 0;
}

/* Where somebody was erased since the last start, her sealed bytes go from the freed pages; a store that has no room
 * for it is shed at a later start. */
static int shed_store(struct engine *engine, const struct store_spec *spec, struct err_info *info)
{
        struct err_info why = {0};
        struct txn *txn = txn_begin_read(engine->store, info);
        if (txn == NULL)
                return ERR_STORE;
        bool wants = log_wants_shed(txn);
        txn_end_read(txn);
        if (!wants)
                return 0;
        if (!store_shed(spec, engine->options.directory, &engine->store, &why)) {
                log_line(LOG_ERROR, "store.not_shed", "%s", why.text);
                return engine->store != NULL ? 0 : err_set(info, why.code, "%s", why.text);
        }
        txn = txn_begin_write(engine->store, info);
        if (txn == NULL)
                return ERR_STORE;
        txn_allow(txn, TABLE_RUNTIME);
        log_was_shed(txn);
        return txn_commit(txn, info) == ERR_STORE ? ERR_STORE : 0;
}

static int open_store(struct engine *engine, struct err_info *info)
{
        const struct engine_options *options = &engine->options;
        struct store_spec today = {
                .service = options->spec->name,
                .version = options->spec->store_version,
                .partition = options->partition,
                .tables = engine->tables,
                .table_count = spec_tables(options->spec, engine->tables),
                .must_exist = options->must_exist,
                .map_bytes_max = options->map_bytes_max != 0 ? options->map_bytes_max : (uint64_t)1 << 36,
        };
        migrate_tidy(options->directory);
        int err = store_open(&today, options->directory, options->world, &engine->store, info);
        if (err == ERR_STORE_OLDER) {
                err = migrate_store(options->spec, &today, options->directory, options->world, info);
                if (err == 0)
                        err = store_open(&today, options->directory, options->world, &engine->store, info);
        }
        return err != 0 ? err : shed_store(engine, &today, info);
}

int engine_open(const struct engine_options *options, struct engine **ret, struct err_info *info)
{
        struct engine *engine = calloc(1, sizeof(*engine));
        require(engine != NULL);
        engine->spec = options->spec;
        engine->options = *options;
        engine_bound_queries(engine, LIMIT_QUERY_ROWS, LIMIT_QUERY_ROWS_MAX);

        int err = options->spec->event == NULL ? 0 : event_kinds_differ(options->spec->event, info);
        if (err == 0)
                err = engine_find_methods(engine, info);
        if (err == 0)
                err = open_store(engine, info);
        if (err == 0)
                err = open_vault(engine, info);
        if (err == 0)
                err = open_blobs(engine, info);
        if (err == 0)
                err = finish_erasures(engine, info);
        if (err == 0)
                look_for_keys(engine);
        if (err == 0)
                engine->passports = passport_cache_new(options->signers, options->signer_count);
        if (err == 0 && options->spec->start != NULL)
                err = options->spec->start(engine, options->config, &engine->context, info);
        if (err != 0) {
                engine_close(engine);
                return err;
        }
        *ret = engine;
        return 0;
}

void engine_bound_queries(struct engine *engine, uint32_t page, uint32_t most)
{
        engine->query_rows = page;
        engine->query_rows_max = most;
}

void engine_close(struct engine *engine)
{
        if (engine == NULL)
                return;
        if (engine->spec->stop != NULL && engine->context != NULL)
                engine->spec->stop(engine->context);
        while (engine->spare != NULL) {
                struct item *item = engine->spare;
                engine->spare = item->next;
                arena_fini(&item->arena);
                free(item);
        }
        passport_cache_free(engine->passports);
        blobs_close(engine->blobs);
        vault_close(engine->vault);
        store_close(engine->store);
        arena_fini(&engine->names);
        free(engine->erasures.ids);
        free(engine);
}

struct store *engine_store(struct engine *engine)
{
        return engine->store;
}
struct world *engine_world(struct engine *engine)
{
        return engine->options.world;
}
struct vault *engine_vault(struct engine *engine)
{
        return engine->vault;
}
struct blobs *engine_blobs(struct engine *engine)
{
        return engine->blobs;
}
const char *engine_directory(const struct engine *engine)
{
        return engine->options.directory;
}
uint32_t engine_partition(const struct engine *engine)
{
        return engine->options.partition;
}
const char *engine_instance(const struct engine *engine)
{
        return engine->options.instance;
}
void *engine_context(struct engine *engine)
{
        return engine->context;
}

bool engine_shared_key(const struct engine *engine, uint8_t ret[SHARED_KEY_SIZE])
{
        static const char own[] = "a shared key, of this instance alone";
        if (engine->options.shared_key != NULL) {
                memcpy(ret, engine->options.shared_key, SHARED_KEY_SIZE);
                return true;
        }
        const uint8_t *secret =
                engine->options.master_key != NULL ? engine->options.master_key : engine->options.own_secret;
        require(crypto_generichash(ret, SHARED_KEY_SIZE, (const uint8_t *)own, sizeof(own), secret,
                                   secret == NULL ? 0 : VAULT_KEY_SIZE) == 0);
        return false;
}

/* --- one batch: the writer's side ----------------------------------------------------------------------------------
 */

/* Nothing of this work may remain: the batch is run again without it. */
static void leave_out(struct engine *engine, struct item *item, const struct refusal *refusal)
{
        engine->again = item->left_out = true;
        item->err = ERR_TOO_LARGE;
        if (item->kind != ITEM_COMMAND)
                return;
        item->reply = refusal_frame(item->asked, refusal, &item->arena);
        engine->figures.refusals++;
}

/* Whether the command recorded what must not remain; it is left out then. Where it is only in the way of a neighbour
 * that must not remain either, the next run will tell; a batch is not run more than RUNS_MAX times for that. */
static bool undone(struct engine *engine, struct item *item, const struct work *work)
{
        struct refusal refusal;

        if (work->stale == NULL && !work->too_large && !work->kept_out)
                return false;
        if (!work->kept_out && work->stale != NULL && work->stale_by > engine->sound && engine->runs < RUNS_MAX)
                return true;
        if (work->kept_out)
                (void)engine_refuse_held(&refusal);
        else if (work->stale != NULL)
                refusal = *work->stale;
        else
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__TOO_LARGE, "",
                             "Ce que cette demande enregistrerait dépasse %d Kio : rien n'a été fait. Abrégez les "
                             "textes et les listes, ou partagez la demande en plusieurs.",
                             LIMIT_EVENT_BYTES / 1024);
        leave_out(engine, item, &refusal);
        if (work->began < engine->sound)
                engine->sound = work->began;
        return true;
}

/* Nobody has read what has not happened. */
static bool seen_can_be(const struct work *work, struct refusal *ret)
{
        if (work->seen == NULL || *work->seen <= work->began || *work->seen == VERSION_ANY)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "seen",
                      "Personne n'a pu lire la version %llu : donnez celle que l'écran ou la liste indique.",
                      (unsigned long long)*work->seen);
}

/* First whose, then what and how. */
static struct reply decide(const struct item *item, struct work *work)
{
        struct refusal refusal;
        if (!engine_has(work, item->message, &refusal) ||
            !rights_hold(&item->method->rights, work, item->message, &refusal) || !seen_can_be(work, &refusal))
                return reply_refusal(work, &refusal);
        return item->method->row->handle(work, item->message);
}

static void run_command(struct engine *engine, struct txn *txn, struct item *item, int64_t now_ms)
{
        if (engine_answer_again(engine, txn, item))
                return;

        struct refusal refusal;
        if (engine_refuse_while_filling(engine, &refusal)) {
                item->reply = refusal_frame(item->asked, &refusal, &item->arena);
                engine->figures.refusals++;
                return;
        }
        struct work work = work_of_item(engine, txn, item, now_ms);
        work.seen = version_in(item->message, item->method->seen);
        work.began = engine->head.number;
        struct reply reply = decide(item, &work);
        reply.body = engine_shown(item->method, reply.body, item->actor, &item->arena);
        if (undone(engine, item, &work))
                return;
        item->reply = bounded_frame(item->asked, reply_frame(item->asked, &reply, engine->head.number, &item->arena),
                                    &item->arena);
        engine->figures.commands++;
        if (reply.body == NULL)
                engine->figures.refusals++;
        if (work.recorded > 0 && !item->method->row->reply_not_kept)
                engine_keep_reply(engine, txn, item, reply.body);
}

static void run_internal(struct engine *engine, struct txn *txn, struct item *item, int64_t now_ms)
{
        struct work work = work_of_item(engine, txn, item, now_ms);
        work.cause = id_new(engine_world(engine), now_ms, engine_partition(engine));
        item->fn(&work, item->argument);
        if (work.too_large) {
                log_line(LOG_ERROR, "work.too_large",
                         "what this daemon would record by itself is over %d KiB: it is "
                         "left out; tell the developers",
                         LIMIT_EVENT_BYTES / 1024);
                leave_out(engine, item, NULL);
        }
}

/* What is forgotten is older than LIMIT_DEDUP_DAYS by the clock, and never more of it than twice the time that this
 * process has run since its oldest key: a clock that is a week ahead for an hour costs two hours of the oldest keys,
 * and those are a day older than any key that is still taken. */
static int64_t prune_before_ms(struct engine *engine, struct txn *txn, int64_t now_ms)
{
        struct world *world = engine_world(engine);
        uint64_t now_us = world->monotonic_us(world);
        int64_t by_clock_ms = now_ms - (int64_t)LIMIT_DEDUP_DAYS * 86400000;

        if (engine->prune_from_ms == 0) {
                engine->prune_since_us = now_us;
                engine->prune_from_ms = dedup_oldest_ms(txn);
        }
        int64_t by_run_ms = engine->prune_from_ms + (int64_t)((now_us - engine->prune_since_us) / 1000 * 2);
        return by_run_ms < by_clock_ms ? by_run_ms : by_clock_ms;
}

static void prune_dedup(struct engine *engine, struct txn *txn, int64_t now_ms)
{
        if (now_ms - engine->pruned_at_ms < DEDUP_PRUNE_EVERY_MS && now_ms >= engine->pruned_at_ms)
                return;
        size_t pruned = dedup_prune(txn, prune_before_ms(engine, txn, now_ms), DEDUP_PRUNE_AT_ONCE);
        if (pruned < DEDUP_PRUNE_AT_ONCE)
                engine->pruned_at_ms = now_ms;
}

static void run_items(struct engine *engine, struct txn *txn, struct item *items, int64_t now_ms)
{
        for (struct item *item = items; item != NULL && txn_error(txn) == 0; item = item->next) {
                if (item->left_out)
                        continue;
                switch (item->kind) {
                case ITEM_COMMAND: run_command(engine, txn, item, now_ms); break;
                case ITEM_EVENTS: engine_run_events(engine, txn, item, now_ms); break;
                case ITEM_INTERNAL: run_internal(engine, txn, item, now_ms); break;
                }
        }
}

/* One attempt at the whole batch. engine->again: it must be made once more, nothing was written. */
static int run_once(struct engine *engine, struct item *items, int64_t now_ms, struct err_info *info)
{
        struct txn *txn = txn_begin_write(engine->store, info);
        if (txn == NULL)
                return info->code;

        uint64_t before = (engine->head = log_read_head(txn)).number;
        engine->wrote = engine->again = false;
        engine->sound = UINT64_MAX;
        engine->runs++;
        engine->erasures.count = engine->erasures.committed;
        run_items(engine, txn, items, now_ms);
        if ((!engine->wrote || engine->again) && txn_error(txn) == 0) {
                txn_abort(txn); /* refusals, repeats: nothing to make durable */
                return 0;
        }
        prune_dedup(engine, txn, now_ms);
        if (engine->head.number != before)
                log_write_head(txn, &engine->head);
        if (txn_error(txn) == 0 && engine->vault != NULL) {
                int err = vault_flush(engine->vault, info); /* the keys before the first thing that they seal */
                if (err != 0) {
                        txn_abort(txn);
                        return err;
                }
        }
        engine_look_whether_filled(engine, txn);
        int err = txn_commit(txn, info);
        if (err == 0) {
                if (engine->filled)
                        engine->filling = false;
                engine->erasures.committed = engine->erasures.count;
                engine->figures.commits++;
                engine->figures.events += engine->head.number - before;
        }
        return err;
}

/* Nothing was written: everyone who asked is told so, and may ask again with the same key. */
static void answer_unavailable(struct item *items, int err)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     err == ERR_MAP_FULL
                             ? "la base de ce service a atteint sa taille maximale : rien n'a été enregistré, "
                               "prévenez l'exploitant puis renvoyez la même demande"
                             : "le disque de ce service est plein : rien n'a été enregistré, prévenez "
                               "l'exploitant puis renvoyez la même demande");
        for (struct item *item = items; item != NULL; item = item->next) {
                item->err = err;
                item->taken = 0;
                if (item->kind == ITEM_COMMAND)
                        item->reply = refusal_frame(item->asked, &refusal, &item->arena);
        }
}

/* Between two batches, so that the table is the committed one, and nobody finishes an upload meanwhile. */
static void collect_blobs(struct engine *engine)
{
        if (engine->blobs == NULL || !blobs_want_a_look(engine->blobs))
                return;
        struct txn *txn = txn_begin_write(engine->store, NULL);
        if (txn == NULL)
                return; /* it comes by again */
        blobs_collect(engine->blobs, txn, *engine->spec->blobs);
        txn_abort(txn);
}

int engine_run(struct engine *engine, struct item *items, struct err_info *info)
{
        int64_t now_ms = engine_world(engine)->now_ms(engine_world(engine));
        int err;
        engine->runs = 0;
        do {
                err = run_once(engine, items, now_ms, info);
        } while ((err == 0 && engine->again) || (err == ERR_MAP_FULL && store_grow(engine->store, info) == 0));

        if (err == 0 && engine->erasures.committed > 0)
                err = erase_keys(engine, info);
        if (err == 0 && engine->vault != NULL)
                err = vault_shed(engine->vault, info);
        if (err == ERR_DISK_FULL || err == ERR_MAP_FULL) {
                engine->figures.disk_full++;
                answer_unavailable(items, err);
        }
        if (err == 0 || err == ERR_DISK_FULL || err == ERR_MAP_FULL)
                collect_blobs(engine);
        return err;
}

/* --- looking ----------------------------------------------------------------------------------------------------- */

struct slice engine_take_events(struct engine *engine, uint64_t *position, uint32_t bytes_max, struct arena *arena)
{
        if (bytes_max == 0)
                bytes_max = LIMIT_EVENT_BATCH_DEFAULT_BYTES;
        if (bytes_max > LIMIT_EVENT_BATCH_BYTES)
                bytes_max = LIMIT_EVENT_BATCH_BYTES;
        struct txn *txn = txn_begin_read(engine->store, NULL);
        require(txn != NULL);
        struct slice batch = log_batch(txn, position, bytes_max, arena);
        txn_end_read(txn);
        return batch;
}

struct slice engine_events_after(struct engine *engine, uint64_t after, uint32_t bytes_max, struct arena *arena)
{
        return engine_take_events(engine, &after, bytes_max, arena);
}

uint64_t engine_position(struct engine *engine)
{
        struct txn *txn = txn_begin_read(engine->store, NULL);
        require(txn != NULL);
        uint64_t number = log_read_head(txn).number;
        txn_end_read(txn);
        return number;
}

int engine_verify(struct engine *engine, const struct verify_source *sources, size_t source_count,
                  struct verify_report *ret, struct err_info *info)
{
        char scratch[4096], blobs[4096];
        (void)snprintf(scratch, sizeof(scratch), "%s.verify", engine->options.directory);
        (void)snprintf(blobs, sizeof(blobs), "%s/blobs", engine->options.directory);
        struct verify_request request = {
                .spec = engine->spec,
                .store = engine->store,
                .scratch = scratch,
                .sources = sources,
                .source_count = source_count,
                .keys = engine->vault == NULL ? NULL : vault_keys_of(engine->vault, info),
                .blobs = engine->blobs == NULL ? NULL : blobs,
        };
        int err = verify_store(&request, ret, info);
        vault_keys_close(request.keys);
        return err;
}

struct engine_figures engine_figures(const struct engine *engine)
{
        return (struct engine_figures){
                .commits = engine->figures.commits,
                .commands = engine->figures.commands,
                .refusals = engine->figures.refusals,
                .repeats = engine->figures.repeats,
                .events = engine->figures.events,
                .foreign_events = engine->figures.foreign_events,
                .disk_full = engine->figures.disk_full,
                .left_out = engine->figures.left_out,
                .looked_at_last = engine->figures.looked_at_last,
                .looked_at_most = engine->figures.looked_at_most,
        };
}
