/* take, put_back, put_back_store and lost together: what goes in comes out, or it is told why not. */
#include "tests/unit/services/ctl/backup/toy_network.h"

#include <jansson.h>

#include "services/ctl/backup/lost.h"
#include "services/ctl/backup/moment.h"
#include "services/ctl/backup/put_back.h"
#include "services/ctl/backup/take.h"

static struct manifest take(struct toy *toy)
{
        struct manifest manifest;
        struct take request = {.topology = toy->topology, .recovery = &toy->recovery};
        if (repository_open(toy->place, &toy->recovery, "essai", &request.repository, &toy->info) != 0 ||
            take_backup(&request, &toy->arena, &manifest, &toy->info) != 0)
                fail_msg("%s", toy->info.text);
        repository_close(request.repository);
        return manifest;
}

static int restore(struct toy *toy, const struct manifest *manifest)
{
        struct put_back request = {.manifest = manifest, .directory = toy->neuf};
        assert_int_equal(repository_open(toy->place, &toy->recovery, NULL, &request.repository, &toy->info), 0);
        int err = put_back(&request, &toy->info);
        repository_close(request.repository);
        return err;
}

static void assert_restored(struct toy *toy, const struct manifest *manifest)
{
        if (restore(toy, manifest) != 0)
                fail_msg("%s", toy->info.text);
}

/* Every row of every table of the two environments. */
static void assert_same_store(struct toy *toy, const char *below)
{
        struct moment_store a = {.directory = arena_printf(&toy->arena, "%s/stores/%s", toy->run, below)};
        struct moment_store b = {.directory = arena_printf(&toy->arena, "%s/stores/%s", toy->neuf, below)};
        assert_int_equal(moment_store_open(&a, &toy->arena, &toy->info), 0);
        assert_int_equal(moment_store_open(&b, &toy->arena, &toy->info), 0);
        assert_int_equal(moment_renew(&a, &toy->info), 0);
        assert_int_equal(moment_renew(&b, &toy->info), 0);
        assert_int_equal(a.table_count, b.table_count);
        for (size_t t = 0; t < a.table_count; t++) {
                assert_string_equal(a.tables[t].name, b.tables[t].name);
                assert_int_equal(txn_count(a.txn, t), txn_count(b.txn, t));
                struct scan left = scan_prefix(a.txn, t, slice_of(NULL, 0));
                struct scan right = scan_prefix(b.txn, t, slice_of(NULL, 0));
                while (scan_next(&left)) {
                        assert_true(scan_next(&right));
                        assert_true(slice_equal(left.key, right.key) && slice_equal(left.value, right.value));
                }
                scan_end(&left);
                scan_end(&right);
        }
        moment_release(&a);
        moment_release(&b);
        store_close(a.store);
        store_close(b.store);
}

static void what_goes_in_comes_out(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest = take(toy);
        assert_restored(toy, &manifest);
        assert_same_store(toy, "source-1");
        assert_same_store(toy, "follower-1");
        assert_same_store(toy, "source-1/keys");

        struct topology *topology = NULL;
        assert_int_equal(topology_load(arena_printf(&toy->arena, "%s/topology.json", toy->neuf), &topology, &toy->info),
                         0);
        const struct instance *source = topology_instance(topology, "source-1");
        assert_string_equal(source->store, arena_printf(&toy->arena, "%s/stores/source-1", toy->neuf));
        assert_string_equal(json_string_value(json_object_get(source->settings, "rules")),
                            arena_printf(&toy->arena, "%s/rules", toy->neuf));
        struct secrets secrets;
        assert_int_equal(secrets_load(topology, "source-1", &secrets, &toy->info), 0);
        topology_free(topology);
}

static void the_next_one_writes_what_is_new(void **state)
{
        struct toy *toy = *state;
        struct manifest first = take(toy), second;
        toy_grow(toy, "source-1", 50, 2000000);
        struct take request = {.topology = toy->topology, .recovery = &toy->recovery};
        assert_int_equal(repository_open(toy->place, &toy->recovery, "essai", &request.repository, &toy->info), 0);
        assert_int_equal(take_backup(&request, &toy->arena, &second, &toy->info), 0);
        struct repository_figures figures = repository_figures(request.repository);
        repository_close(request.repository);
        assert_string_equal(second.previous, first.name);
        assert_true(figures.chunks_new <= 4); /* the end of the log, the head, the end of the rows */
        assert_true(figures.chunks_kept > 5);
        assert_restored(toy, &second);
        assert_same_store(toy, "source-1");
}

static void an_older_one_can_be_restored_too(void **state)
{
        struct toy *toy = *state;
        struct manifest first = take(toy);
        struct lost *lost;
        size_t count;
        toy_grow(toy, "source-1", 50, 2000000);
        (void)take(toy);
        assert_restored(toy, &first);

        lost_since(&first, toy->run, &toy->arena, &lost, &count);
        assert_int_equal(count, 2);
        assert_string_equal(lost[0].instance, "follower-1");
        assert_true(lost[0].last == lost[0].kept);
        assert_string_equal(lost[1].instance, "source-1");
        assert_true(lost[1].kept == 5000 && lost[1].last == 5050 && !lost[1].other_history && lost[1].told_by == NULL);
        assert_true(lost[1].first_ms == 2000000 && lost[1].last_ms == 2000049);
}

static void who_followed_a_lost_store_knows_how_far_it_was(void **state)
{
        struct toy *toy = *state;
        struct manifest first = take(toy);
        struct lost *lost;
        size_t count;
        toy_grow(toy, "source-1", 50, 2000000);
        toy_follow(toy, 5030);
        assert_int_equal(remove(arena_printf(&toy->arena, "%s/stores/source-1/data.mdb", toy->run)), 0);
        lost_since(&first, toy->run, &toy->arena, &lost, &count);
        assert_true(lost[1].last == 5030);
        assert_string_equal(lost[1].told_by, "follower-1");
}

static void what_is_there_is_not_touched(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest = take(toy);
        assert_int_equal(mkdir(toy->neuf, 0700), 0);
        assert_restored(toy, &manifest); /* empty: as good as none */
        assert_int_equal(restore(toy, &manifest), ERR_CONFIG);
        assert_non_null(strstr(toy->info.text, "n'est pas vide"));
}

static void dawdle(const char *what, uint64_t bytes)
{
        struct world world = world_real();
        uint64_t until_us = world.monotonic_us(&world) + 3000;
        (void)what;
        (void)bytes;
        while (world.monotonic_us(&world) < until_us)
                ;
}

/* A snapshot that is held for long makes the store grow: it is given up, and what was read is not read in vain. */
static void a_snapshot_is_not_held_for_ever(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest;
        struct take request = {
                .topology = toy->topology, .recovery = &toy->recovery, .snapshot_ms_max = 2, .progress = dawdle};
        assert_int_equal(repository_open(toy->place, &toy->recovery, "essai", &request.repository, &toy->info), 0);
        assert_int_equal(take_backup(&request, &toy->arena, &manifest, &toy->info), ERR_TIMEOUT);
        assert_non_null(strstr(toy->info.text, "Relancez"));
        assert_true(repository_figures(request.repository).chunks_new > 0);
        request.snapshot_ms_max = 0;
        assert_int_equal(take_backup(&request, &toy->arena, &manifest, &toy->info), 0);
        assert_true(repository_figures(request.repository).chunks_kept > 0);
        repository_close(request.repository);
}

static char *first_chunk(struct toy *toy, const struct kept_chunks *chunks)
{
        char text[CHUNK_NAME_TEXT_SIZE];
        chunk_name_format(chunks->names[0], text);
        return arena_printf(&toy->arena, "%s/chunks/%.2s/%s", toy->place, text, text);
}

static void a_damaged_chunk_stops_it_before_anything_is_in_place(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest = take(toy);
        char *path = first_chunk(toy, &manifest.stores[1].tables[RUNTIME_LOG].chunks);
        assert_int_equal(truncate(path, 1000), 0);
        assert_int_equal(restore(toy, &manifest), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "abîmé"));
        assert_int_not_equal(access(toy->neuf, F_OK), 0);

        /* The network is still there: a backup mends it, and the restore goes on where it was. */
        (void)take(toy);
        assert_restored(toy, &manifest);
        assert_same_store(toy, "source-1");
}

static void stores_of_two_moments_are_refused(void **state)
{
        struct toy *toy = *state;
        struct manifest first = take(toy);
        toy_grow(toy, "source-1", 50, 2000000);
        toy_follow(toy, 5050);
        struct manifest second = take(toy);
        second.stores[1] = first.stores[1]; /* an older source under a newer follower */
        assert_int_equal(restore(toy, &second), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "pas du même moment"));
        assert_int_not_equal(access(toy->neuf, F_OK), 0);
}

static void keys_of_another_network_are_refused(void **state)
{
        struct toy *toy = *state;
        struct secrets secrets;
        assert_int_equal(remove(arena_printf(&toy->arena, "%s/keys/source-1.key", toy->run)), 0);
        assert_int_equal(secrets_create(toy->run, "source-1", &secrets, &toy->info), 0);
        struct manifest manifest = take(toy);
        assert_int_equal(restore(toy, &manifest), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "source-1 : sa clé"));
}

static void another_one_begun_in_the_same_place_is_told(void **state)
{
        struct toy *toy = *state;
        struct manifest first = take(toy), second;
        char *path = first_chunk(toy, &first.stores[1].tables[RUNTIME_LOG].chunks);
        char *kept = arena_printf(&toy->arena, "%s/kept", toy->root);
        assert_int_equal(rename(path, kept), 0);
        assert_int_equal(restore(toy, &first), ERR_FORGED);
        assert_int_equal(rename(kept, path), 0);
        second = take(toy);
        assert_int_equal(restore(toy, &second), ERR_CONFIG);
        assert_non_null(strstr(toy->info.text, first.name));
        assert_restored(toy, &first);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(what_goes_in_comes_out),
                TEST(the_next_one_writes_what_is_new),
                TEST(an_older_one_can_be_restored_too),
                TEST(who_followed_a_lost_store_knows_how_far_it_was),
                TEST(a_snapshot_is_not_held_for_ever),
                TEST(what_is_there_is_not_touched),
                TEST(a_damaged_chunk_stops_it_before_anything_is_in_place),
                TEST(stores_of_two_moments_are_refused),
                TEST(keys_of_another_network_are_refused),
                TEST(another_one_begun_in_the_same_place_is_told),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
