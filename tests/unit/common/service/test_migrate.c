/* A store of the program before becomes one of today: its own tables from its log, its copies from their sources. */
#include "tests/unit/common/service/reactor.h"

#include <sys/stat.h>

#include "common/service/migrate.h"

enum { TOLD = 30 };

static struct toy *source, *toy;

static int setup(void **state)
{
        (void)state;
        source = toy_open(&toy_source);
        toy_tell(source, TOLD);
        toy = reactor_open();
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        toy_close(toy);
        toy_close(source);
        return 0;
}

static bool scratch_is_there(void)
{
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/migration", toy->directory);
        return access(path, F_OK) == 0;
}

static void own_tables_follow_from_the_log(void **state)
{
        (void)state;
        toy_tell(toy, 5);
        reactor_become(toy, &reactor_new);
        assert_int_equal(engine_position(toy->engine), 5);
        assert_int_equal(reactor_rows(toy, T_REACTOR_OWN, "new"), 5);
        assert_false(scratch_is_there());
        toy_tell(toy, 1); /* the chain goes on */
        struct verify_report report = {0};
        assert_int_equal(engine_verify(toy->engine, NULL, 0, &report, &toy->info), 0);
        assert_int_equal(report.differences, 0);
        assert_int_equal(report.events, 6);
}

static void copies_fill_again_without_a_second_reaction(void **state)
{
        (void)state;
        struct verify_report report = {0};
        assert_int_equal(reactor_hear(toy, source, 0, NULL), TOLD);
        assert_int_equal(engine_position(toy->engine), TOLD);
        reactor_become(toy, &reactor_new);
        assert_int_equal(engine_source_position(toy->engine, REACTOR_SOURCE), 0);
        assert_int_equal(reactor_rows(toy, T_REACTOR_COPY, "new"), 0);

        toy_tell(source, 3);
        assert_int_equal(reactor_hear(toy, source, 0, NULL), TOLD); /* new ones wait until all copies are there */
        assert_int_equal(engine_position(toy->engine), TOLD);
        assert_int_equal(reactor_hear(toy, source, TOLD, NULL), TOLD + 3);
        assert_int_equal(engine_position(toy->engine), TOLD + 3);
        assert_int_equal(reactor_rows(toy, T_REACTOR_COPY, "new"), TOLD + 3);
        assert_int_equal(reactor_rows(toy, T_REACTOR_MORE, "new"), TOLD + 3);
        assert_int_equal(reactor_rows(toy, T_REACTOR_OWN, "new"), TOLD + 3);

        struct verify_source one = {REACTOR_SOURCE, "notifications", engine_store(source->engine)};
        assert_int_equal(engine_verify(toy->engine, &one, 1, &report, &toy->info), 0);
        assert_int_equal(report.differences, 0);
}

static void answers_that_were_given_are_still_known(void **state)
{
        (void)state;
        struct id key = id_new(&toy->world, toy->world.now_ms(&toy->world), 0);
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = (char *)(uintptr_t) "Mission locale";
        struct engine_answer first, again;
        request.territory = (char *)(uintptr_t) "31";
        assert_int_equal(engine_call(toy->engine, &toy->actor, "Subscribe", &request.base, &key, &toy->arena, &first),
                         0);
        reactor_become(toy, &reactor_new);
        assert_int_equal(engine_call(toy->engine, &toy->actor, "Subscribe", &request.base, &key, &toy->arena, &again),
                         0);
        assert_true(again.repeated_key);
        assert_int_equal(engine_position(toy->engine), 1);
}

static int faults_from; /* commits that go well before the disk is full */

static int fault_after_some(struct world *world)
{
        (void)world;
        return faults_from-- > 0 ? 0 : ENOSPC;
}

static int open_with(const struct service_spec *spec)
{
        struct engine_options options = {
                .spec = spec, .instance = "notifications-1", .directory = toy->directory, .world = &toy->world};
        engine_close(toy->engine);
        toy->engine = NULL;
        return engine_open(&options, &toy->engine, &toy->info);
}

/* Wherever it stops, the old store is whole, and the next start goes through. */
static void a_disk_that_fills_up_leaves_the_old_store(void **state)
{
        (void)state;
        toy_tell(toy, 5);
        toy->world.commit_fault = fault_after_some;
        size_t failed = 0;
        for (int commits = 0;; commits++) {
                faults_from = commits;
                int err = open_with(&reactor_new);
                if (err == 0)
                        break;
                assert_int_equal(err, ERR_DISK_FULL);
                assert_false(scratch_is_there());
                failed++;
                faults_from = 1000;
                err = open_with(&reactor_old);
                if (err == ERR_STORE_NEWER)
                        continue; /* it stopped just after the new one had taken its place */
                assert_int_equal(err, 0);
                assert_int_equal(reactor_rows(toy, T_REACTOR_OWN, "old"), 5);
        }
        assert_true(failed >= 4);
        toy->world.commit_fault = toy_commit_fault;
        assert_int_equal(reactor_rows(toy, T_REACTOR_OWN, "new"), 5);
}

static void what_a_kill_left_behind_is_in_nobodys_way(void **state)
{
        (void)state;
        char path[128];
        toy_tell(toy, 5);
        (void)snprintf(path, sizeof(path), "%s/migration", toy->directory);
        assert_int_equal(mkdir(path, 0700), 0);
        (void)snprintf(path, sizeof(path), "%s/migration/data.mdb", toy->directory);
        FILE *half = fopen(path, "we");
        assert_non_null(half);
        assert_true(fputs("half a store", half) >= 0);
        assert_int_equal(fclose(half), 0);
        assert_int_equal(open_with(&reactor_old), 0); /* removed even where nothing is to be migrated */
        assert_false(scratch_is_there());
        reactor_become(toy, &reactor_new);
        assert_int_equal(reactor_rows(toy, T_REACTOR_OWN, "new"), 5);
}

static void a_store_beyond_the_first_map_is_migrated(void **state)
{
        (void)state;
        struct store_room room;
        toy_tell_many(toy, 200000);
        store_room(engine_store(toy->engine), &room);
        assert_true(room.used_bytes > 16 << 20);
        reactor_become(toy, &reactor_new);
        assert_int_equal(reactor_rows(toy, T_REACTOR_OWN, "new"), 200000);
        toy_tell(toy, 1); /* and grows on */
}

static void an_event_that_is_not_known_is_named(void **state)
{
        (void)state;
        toy_tell(toy, 2);
        toy_tell_unknown(toy);
        assert_int_equal(open_with(&reactor_new), ERR_STORE_NEWER);
        assert_non_null(strstr(toy->info.text, "event 3"));
        assert_false(scratch_is_there());
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(own_tables_follow_from_the_log),
                TEST(copies_fill_again_without_a_second_reaction),
                TEST(answers_that_were_given_are_still_known),
                TEST(a_disk_that_fills_up_leaves_the_old_store),
                TEST(what_a_kill_left_behind_is_in_nobodys_way),
                TEST(a_store_beyond_the_first_map_is_migrated),
                TEST(an_event_that_is_not_known_is_named),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
