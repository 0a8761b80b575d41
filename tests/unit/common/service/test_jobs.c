/* What is done when an instant comes: in order, once, through moves, restarts, full disks and clocks that jump; tried
 * again, parked, played again; a million of them; and on real threads. */
#include "tests/unit/common/service/calendar.h"

#include <stdio.h>

#include "common/service/writer.h"
#include "tests/unit/common/service/toy.h"

enum { MINUTE = 60 * 1000, DAY = 24 * 60 * MINUTE, FIRED_MAX = 4096 };
#define YEAR (365 * (int64_t)DAY)

/* A daemon without sockets: what its jobs have written waits until write_all(). */
struct scene {
        struct fixture *f;
        uv_loop_t loop;
        struct jobs *jobs;
        struct {
                void (*fn)(struct work *work, void *of);
                void (*done)(void *of, int err);
                void *of;
        } writes[JOBS_AT_ONCE_MAX];
        size_t write_count;
};
static struct scene scene;

static void take_write(void *argument, void (*fn)(struct work *work, void *of), void (*done)(void *of, int err),
                       void *of)
{
        (void)argument;
        assert_true(scene.write_count < ARRAY_SIZE(scene.writes));
        scene.writes[scene.write_count].fn = fn;
        scene.writes[scene.write_count].done = done;
        scene.writes[scene.write_count++].of = of;
}

static void start_jobs(void)
{
        struct jobs_options options = {
                .kinds = &calendar_jobs, .engine = scene.f->engine, .loop = &scene.loop, .write = take_write};
        scene.jobs = jobs_new(&options);
}

static void stop_jobs(void)
{
        jobs_quit(scene.jobs);
        assert_int_equal(uv_run(&scene.loop, UV_RUN_DEFAULT), 0);
        jobs_free(scene.jobs);
        scene.jobs = NULL;
        scene.write_count = 0; /* a crash takes what was not committed */
}

static int setup(void **state)
{
        (void)fixture_open_in_memory(state, &calendar_spec, NULL);
        scene = (struct scene){.f = *state};
        atomic_store(&parcels_carried, 0);
        assert_int_equal(uv_loop_init(&scene.loop), 0);
        start_jobs();
        return 0;
}

static int teardown(void **state)
{
        stop_jobs();
        assert_int_equal(uv_loop_close(&scene.loop), 0);
        return fixture_close(state);
}

/* The writer's turn: in the order in which it was asked. */
static void write_some(size_t count)
{
        for (size_t i = 0; i < count; i++) {
                int err = calendar_write(scene.f->engine, scene.writes[i].fn, scene.writes[i].of);
                scene.writes[i].done(scene.writes[i].of, err);
        }
        scene.write_count -= count;
        memmove(scene.writes, scene.writes + count, scene.write_count * sizeof(scene.writes[0]));
}

static void write_all(void)
{
        write_some(scene.write_count);
}

static uint32_t under_way(void)
{
        return jobs_figures(scene.jobs, REMINDER).under_way + jobs_figures(scene.jobs, PARCEL).under_way;
}

/* Until the workers have nothing left; what they did is not recorded yet. */
static void turn_until_written(size_t count)
{
        while (scene.write_count < count)
                (void)uv_run(&scene.loop, UV_RUN_ONCE);
}

/* Does all that is due by the clock of the test. */
static void settle(void)
{
        jobs_look(scene.jobs);
        while (under_way() > 0) {
                turn_until_written(1);
                write_all();
        }
}

static void settle_at(int64_t now_ms)
{
        scene.f->world.now_ms_value = now_ms;
        settle();
}

/* What was done, in its order. */
static size_t fired(struct id ids[FIRED_MAX])
{
        struct txn *txn = txn_begin_read(engine_store(scene.f->engine), NULL);
        struct scan scan = scan_prefix(txn, T_FIRED, slice_of(NULL, 0));
        size_t count = 0;
        while (scan_next(&scan)) {
                assert_true(count < FIRED_MAX);
                ids[count++] = key_read_id(scan.value, 0);
        }
        scan_end(&scan);
        txn_end_read(txn);
        return count;
}

static size_t fired_count(void)
{
        static struct id ids[FIRED_MAX];
        return fired(ids);
}

static bool waits(struct id id, struct due *ret)
{
        struct txn *txn = txn_begin_read(engine_store(scene.f->engine), NULL);
        bool found = due_find(txn, &calendar_due, calendar_name(id), ret);
        txn_end_read(txn);
        return found;
}

static bool is_parked(struct id id, struct parked *ret)
{
        struct txn *txn = txn_begin_read(engine_store(scene.f->engine), NULL);
        bool found = parked_find(txn, &calendar_due, calendar_name(id), ret);
        txn_end_read(txn);
        return found;
}

static struct id reminder(uint32_t number)
{
        return calendar_id(REMINDER, 0, number);
}

/* --- order, moves ------------------------------------------------------------------------------------------------ */

/* More than are done at once, set in an order of their own; those of one instant by their ids. */
static void test_in_order_and_once(void **state)
{
        enum { MANY = 100 };
        static struct id ids[FIRED_MAX];
        struct fixture *f = *state;
        for (uint32_t i = 0; i < MANY; i++)
                calendar_set(f, reminder(i), FIXTURE_NOW_MS + 1000 + (int64_t)((i * 37) % MANY / 2) * 1000);
        settle();
        assert_int_equal(fired_count(), 0);
        settle_at(FIXTURE_NOW_MS + 999);
        assert_int_equal(fired_count(), 0);
        settle_at(FIXTURE_NOW_MS + 1000);
        assert_int_equal(fired_count(), 2);
        settle_at(FIXTURE_NOW_MS + MANY * 1000);
        assert_int_equal(fired(ids), MANY);
        int64_t before = -1;
        for (size_t i = 0; i < MANY; i++) {
                uint32_t number;
                memcpy(&number, ids[i].b + 12, sizeof(number));
                int64_t order = (int64_t)((number * 37) % MANY / 2) * MANY + number;
                assert_true(order > before);
                before = order;
        }
        settle();
        assert_int_equal(fired_count(), MANY);
        assert_int_equal(jobs_figures(scene.jobs, REMINDER).done, MANY);
}

static void test_moved_and_cancelled(void **state)
{
        struct fixture *f = *state;
        struct due due;
        for (uint32_t i = 1; i <= 3; i++)
                calendar_set(f, reminder(i), FIXTURE_NOW_MS + DAY);
        calendar_set(f, reminder(1), FIXTURE_NOW_MS + 3 * YEAR);
        calendar_call_off(f, reminder(2));
        settle_at(FIXTURE_NOW_MS + DAY);
        assert_int_equal(fired_count(), 1);
        assert_true(waits(reminder(1), &due));
        assert_int_equal(due.at_ms, FIXTURE_NOW_MS + 3 * YEAR);
        calendar_set(f, reminder(1), FIXTURE_NOW_MS + 2 * DAY); /* nearer again */
        settle_at(FIXTURE_NOW_MS + 2 * DAY);
        assert_int_equal(fired_count(), 2);
        settle_at(FIXTURE_NOW_MS + 4 * YEAR);
        assert_int_equal(fired_count(), 2);
}

/* Between the run and its record: nothing of it is recorded. */
static void test_moved_while_under_way(void **state)
{
        struct fixture *f = *state;
        struct id moved = calendar_id(PARCEL, GOES, 1), cancelled = calendar_id(PARCEL, GOES, 2);
        calendar_set(f, moved, FIXTURE_NOW_MS);
        calendar_set(f, cancelled, FIXTURE_NOW_MS);
        calendar_set(f, reminder(3), FIXTURE_NOW_MS);
        jobs_look(scene.jobs);
        turn_until_written(3);
        calendar_set(f, moved, FIXTURE_NOW_MS + DAY);
        calendar_call_off(f, cancelled);
        calendar_call_off(f, reminder(3));
        write_all();
        assert_int_equal(fired_count(), 0);
        assert_int_equal(under_way(), 0);
        assert_int_equal(jobs_figures(scene.jobs, PARCEL).done, 0);
        settle_at(FIXTURE_NOW_MS + DAY);
        assert_int_equal(fired_count(), 1);
        assert_int_equal(atomic_load(&parcels_carried), 3);
}

/* --- clocks and restarts ------------------------------------------------------------------------------------------ */

static void test_the_clock_jumps(void **state)
{
        struct fixture *f = *state;
        calendar_set(f, reminder(1), FIXTURE_NOW_MS + 5000);
        jobs_look(scene.jobs);
        assert_in_range(jobs_look_in_ms(scene.jobs), 1, 5000);
        calendar_set(f, reminder(1), FIXTURE_NOW_MS + YEAR);
        calendar_set(f, reminder(2), FIXTURE_NOW_MS + 2 * YEAR);
        jobs_look(scene.jobs);
        assert_in_range(jobs_look_in_ms(scene.jobs), 1, JOBS_LOOK_AGAIN_MS); /* whatever the clock does meanwhile */

        settle_at(FIXTURE_NOW_MS + YEAR + DAY); /* forward */
        assert_int_equal(fired_count(), 1);
        settle_at(FIXTURE_NOW_MS); /* and back */
        assert_int_equal(fired_count(), 1);
        calendar_set(f, reminder(3), FIXTURE_NOW_MS + MINUTE);
        settle_at(FIXTURE_NOW_MS + MINUTE);
        assert_int_equal(fired_count(), 2);
        settle_at(FIXTURE_NOW_MS + 3 * YEAR);
        assert_int_equal(fired_count(), 3);
}

/* It goes back between the run and the record: done is done; what failed is tried again by the clock that is. */
static void test_the_clock_jumps_while_under_way(void **state)
{
        struct fixture *f = *state;
        struct id fails = calendar_id(PARCEL, FAILS_ONCE, 1);
        struct due due;
        calendar_set(f, reminder(1), FIXTURE_NOW_MS + DAY);
        calendar_set(f, fails, FIXTURE_NOW_MS + DAY);
        f->world.now_ms_value = FIXTURE_NOW_MS + DAY;
        jobs_look(scene.jobs);
        turn_until_written(2);
        f->world.now_ms_value = FIXTURE_NOW_MS;
        write_all();
        assert_int_equal(fired_count(), 1);
        assert_true(waits(fails, &due));
        assert_int_equal(due.at_ms, FIXTURE_NOW_MS + 1000);
        settle_at(FIXTURE_NOW_MS + 1000);
        assert_int_equal(fired_count(), 2);
}

static void restart(void)
{
        stop_jobs();
        fixture_reopen(scene.f);
        start_jobs();
}

static void test_through_restarts(void **state)
{
        struct fixture *f = *state;
        struct id parcel = calendar_id(PARCEL, GOES, 1);
        calendar_set(f, parcel, FIXTURE_NOW_MS);
        calendar_set(f, reminder(1), FIXTURE_NOW_MS);
        calendar_set(f, reminder(2), FIXTURE_NOW_MS + 2 * YEAR);
        jobs_look(scene.jobs);
        turn_until_written(2);
        restart(); /* what was done is not recorded: it is done again */
        settle();
        assert_int_equal(fired_count(), 2);
        assert_int_equal(atomic_load(&parcels_carried), 2);
        restart(); /* what is recorded is not */
        settle();
        assert_int_equal(fired_count(), 2);
        assert_int_equal(atomic_load(&parcels_carried), 2);
        restart();
        settle_at(FIXTURE_NOW_MS + 2 * YEAR);
        assert_int_equal(fired_count(), 3);
}

/* What was done is kept until it can be recorded, in its order, and is not done again. */
static void test_a_full_disk(void **state)
{
        static struct id ids[FIRED_MAX];
        struct fixture *f = *state;
        for (uint32_t i = 1; i <= 4; i++)
                calendar_set(f, reminder(5 - i), FIXTURE_NOW_MS + i);
        f->world.now_ms_value = FIXTURE_NOW_MS + 3;
        jobs_look(scene.jobs);
        write_some(1); /* the slot of the first is the fourth's then, which is the last of them all the same */
        f->world.now_ms_value = FIXTURE_NOW_MS + 4;
        calendar_set(f, calendar_id(PARCEL, GOES, 9), FIXTURE_NOW_MS + 4);
        jobs_look(scene.jobs);
        turn_until_written(4);
        f->world.commits_until_fault = 0;
        f->world.fault_errno = ENOSPC;
        write_all();
        assert_int_equal(fired_count(), 1);
        assert_int_equal(under_way(), 4);
        jobs_look(scene.jobs); /* is no reason to do it again */
        assert_int_equal(scene.write_count, 0);
        assert_in_range(jobs_look_in_ms(scene.jobs), 1, JOBS_RECORD_AGAIN_MS);
        f->world.commits_until_fault = -1;
        calendar_set(f, reminder(0), FIXTURE_NOW_MS + 4);
        jobs_look(scene.jobs); /* nobody overtakes those that wait */
        assert_int_equal(scene.write_count, 0);
        settle();
        assert_int_equal(fired(ids), 6);
        for (uint32_t i = 0; i < 4; i++)
                assert_true(id_equal(ids[i], reminder(4 - i)));
        assert_true(id_equal(ids[5], reminder(0)));
        assert_int_equal(atomic_load(&parcels_carried), 1);
}

/* --- failures ----------------------------------------------------------------------------------------------------- */

static void test_tried_again_and_parked(void **state)
{
        struct fixture *f = *state;
        struct id once = calendar_id(PARCEL, FAILS_ONCE, 1), always = calendar_id(PARCEL, FAILS, 2),
                  at_once = calendar_id(PARCEL, FAILS_FOR_GOOD, 3);
        struct due due;
        struct parked parked;
        calendar_set(f, once, FIXTURE_NOW_MS);
        calendar_set(f, always, FIXTURE_NOW_MS);
        calendar_set(f, at_once, FIXTURE_NOW_MS);
        settle();
        assert_int_equal(fired_count(), 0);
        assert_true(waits(once, &due) && due.at_ms == FIXTURE_NOW_MS + 1000 && due.attempts == 1);
        assert_true(is_parked(at_once, &parked));
        assert_int_equal(parked.attempts, 1);
        assert_string_equal(parked.reason, "nobody at home");
        settle_at(FIXTURE_NOW_MS + 1000);
        assert_int_equal(fired_count(), 1);
        assert_true(waits(always, &due) && due.at_ms == FIXTURE_NOW_MS + 3000 && due.attempts == 2);
        settle_at(FIXTURE_NOW_MS + 3000);
        assert_false(waits(always, &due));
        assert_true(is_parked(always, &parked));
        assert_int_equal(parked.attempts, 3);
        assert_int_equal(parked.at_ms, FIXTURE_NOW_MS + 3000);
        settle_at(FIXTURE_NOW_MS + YEAR);
        assert_int_equal(atomic_load(&parcels_carried), 2 + 3 + 1);
        assert_int_equal(jobs_figures(scene.jobs, PARCEL).failed, 1 + 3 + 1);
}

/* One, then all: from the first attempt on. */
static void test_played_again(void **state)
{
        struct fixture *f = *state;
        struct parked parked;
        for (uint32_t i = 0; i < 5; i++)
                calendar_set(f, calendar_id(PARCEL, FAILS_FOR_GOOD, i), FIXTURE_NOW_MS);
        settle();
        assert_int_equal(atomic_load(&parcels_carried), 5);
        f->world.now_ms_value += DAY;
        calendar_play_again(f, calendar_id(PARCEL, FAILS_FOR_GOOD, 3));
        settle();
        assert_int_equal(atomic_load(&parcels_carried), 6);
        assert_true(is_parked(calendar_id(PARCEL, FAILS_FOR_GOOD, 3), &parked));
        assert_int_equal(parked.at_ms, FIXTURE_NOW_MS + DAY);
        for (uint32_t i = 0; i < 5; i++)
                calendar_play_again(f, calendar_id(PARCEL, FAILS_FOR_GOOD, i));
        settle();
        assert_int_equal(atomic_load(&parcels_carried), 11);
}

/* Its success cannot be recorded, however often: parked, and it says why. Its neighbours are not harmed. */
static void test_more_than_an_event_may_hold(void **state)
{
        struct fixture *f = *state;
        struct id large = calendar_id(PARCEL, IS_TOO_LARGE, 1);
        struct parked parked;
        calendar_set(f, large, FIXTURE_NOW_MS);
        calendar_set(f, calendar_id(PARCEL, GOES, 2), FIXTURE_NOW_MS);
        settle();
        assert_int_equal(fired_count(), 1);
        assert_true(is_parked(large, &parked));
        assert_non_null(strstr(parked.reason, "too large"));
}

static void test_metrics(void **state)
{
        struct fixture *f = *state;
        calendar_set(f, reminder(1), FIXTURE_NOW_MS);
        calendar_set(f, reminder(2), FIXTURE_NOW_MS + DAY);
        calendar_set(f, calendar_id(PARCEL, FAILS_FOR_GOOD, 3), FIXTURE_NOW_MS);
        settle();
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const char *text = jobs_metrics(scene.jobs, txn, "toy-1", &f->arena);
        txn_end_read(txn);
        assert_non_null(strstr(text, "guichet_jobs_waiting{instance=\"toy-1\"} 1\n"));
        assert_non_null(strstr(text, "guichet_jobs_parked{instance=\"toy-1\"} 1\n"));
        assert_non_null(strstr(text, "guichet_jobs_done_total{instance=\"toy-1\",kind=\"reminder\"} 1\n"));
        assert_non_null(strstr(text, "guichet_job_failures_total{instance=\"toy-1\",kind=\"parcel\"} 1\n"));
}

/* --- a million ---------------------------------------------------------------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { MILLION = 50 * 1000 };
#else
enum { MILLION = 1000 * 1000 };
#endif

/* Straight into the tables: no event of these is in the log. */
static void fill(struct fixture *f)
{
        struct err_info info;
        for (uint32_t from = 0; from < MILLION;) {
                struct txn *txn = txn_begin_write(engine_store(f->engine), &info);
                assert_non_null(txn);
                txn_allow(txn, TABLE_STATE);
                for (uint32_t i = from; i < from + 50 * 1000; i++) { /* all over thirty years */
                        int64_t minutes = 1 + (int64_t)(((uint64_t)i * UINT64_C(2654435761)) % MILLION) * 15;
                        due_set(txn, &calendar_due, calendar_name(reminder(i)), FIXTURE_NOW_MS + minutes * MINUTE);
                }
                int err = txn_commit(txn, &info);
                if (err == ERR_MAP_FULL)
                        assert_int_equal(store_grow(engine_store(f->engine), &info), 0);
                else
                        from += 50 * 1000;
                assert_true(err == 0 || err == ERR_MAP_FULL);
        }
}

static long resident_kib(void)
{
        long pages = 0, resident = 0;
        FILE *file = fopen("/proc/self/statm", "re");
        assert_non_null(file);
        assert_int_equal(fscanf(file, "%ld %ld", &pages, &resident), 2);
        (void)fclose(file);
        return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void test_a_million(void **state)
{
        enum { FIRST = 1000 };
        static struct id ids[FIRED_MAX];
        struct fixture *f = *state;
        fill(f);
        stop_jobs();
        engine_close(f->engine);
        long before_kib = resident_kib();
        uint64_t start_ns = uv_hrtime();
        fixture_open_engine(f);
        start_jobs();
        uint64_t started_us = (uv_hrtime() - start_ns) / 1000;
        print_message("%d due: started in %.1f ms, %ld KiB more resident\n", MILLION, (double)started_us / 1000,
                      resident_kib() - before_kib);

        start_ns = uv_hrtime();
        settle_at(FIXTURE_NOW_MS + MINUTE + (FIRST - 1) * (int64_t)15 * MINUTE);
        uint64_t settled_us = (uv_hrtime() - start_ns) / 1000;
        assert_int_equal(fired(ids), FIRST);
        for (uint64_t i = 0; i < FIRST; i++) {
                uint32_t number;
                memcpy(&number, ids[i].b + 12, sizeof(number));
                assert_int_equal(((uint64_t)number * UINT64_C(2654435761)) % MILLION, i);
        }
        print_message("the first %d done in %.1f ms, a commit each; %ld KiB resident\n", FIRST,
                      (double)settled_us / 1000, resident_kib());

        struct txn *txn = txn_begin_write(engine_store(f->engine), NULL); /* so that the replay gives the tables */
        txn_allow(txn, TABLE_STATE);
        txn_clear_table(txn, T_DUE);
        txn_clear_table(txn, T_DUE_BY_NAME);
        assert_int_equal(txn_commit(txn, NULL), 0);
}

/* --- threads ------------------------------------------------------------------------------------------------------ */

struct house {
        struct toy *toy;
        uv_loop_t loop;
        struct writer *writer;
        struct jobs *jobs;
};

static void house_write(void *argument, void (*fn)(struct work *work, void *of), void (*done)(void *of, int err),
                        void *of)
{
        struct house *house = argument;
        struct item *item = item_new(house->toy->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = fn;
        item->done = done;
        item->argument = of;
        assert_true(writer_push(house->writer, item));
}

static void house_written(void *argument, struct item *items)
{
        struct house *house = argument;
        while (items != NULL) {
                struct item *item = items;
                items = item->next;
                if (item->done != NULL)
                        item->done(item->argument, item->err);
                item_free(house->toy->engine, &item);
        }
        if (house->jobs != NULL)
                jobs_look(house->jobs);
}

static void set_many(struct work *work, void *argument)
{
        const uint32_t *count = argument;
        for (uint32_t i = 0; i < *count; i++) {
                Notifications__Subscribed body = NOTIFICATIONS__SUBSCRIBED__INIT;
                struct id id = calendar_id(i % 2 == 0 ? PARCEL : REMINDER, GOES, i);
                body.subscription_id = id_to(work->arena, id);
                body.expires_at = instant_to(work->arena, work->now_ms);
                work_record(work, &body.base);
        }
}

/* A writer, four workers and the loop. */
static void test_on_threads(void **state)
{
        enum { MANY = 400 };
        static uint32_t many = MANY;
        struct house house = {.toy = toy_open(&calendar_spec)};
        (void)state;
        atomic_store(&parcels_carried, 0);
        assert_int_equal(uv_loop_init(&house.loop), 0);
        house.writer = writer_new(house.toy->engine, &house.loop, house_written, &house);
        struct jobs_options options = {.kinds = &calendar_jobs,
                                       .engine = house.toy->engine,
                                       .loop = &house.loop,
                                       .write = house_write,
                                       .argument = &house};
        house.jobs = jobs_new(&options);
        house_write(&house, set_many, NULL, &many);
        while (jobs_figures(house.jobs, PARCEL).done + jobs_figures(house.jobs, REMINDER).done < MANY)
                (void)uv_run(&house.loop, UV_RUN_ONCE);
        assert_int_equal(atomic_load(&parcels_carried), MANY / 2);
        jobs_quit(house.jobs);
        writer_finish(house.writer);
        assert_int_equal(uv_run(&house.loop, UV_RUN_DEFAULT), 0);
        jobs_free(house.jobs);
        assert_int_equal(uv_loop_close(&house.loop), 0);
        toy_close(house.toy);
}

/* Stopped in the middle: what no thread has begun is not begun, and nothing is lost. */
static void test_stopped_in_the_middle(void **state)
{
        struct fixture *f = *state;
        for (uint32_t i = 0; i < 20; i++)
                calendar_set(f, calendar_id(PARCEL, GOES, i), FIXTURE_NOW_MS);
        jobs_look(scene.jobs);
        assert_int_equal(under_way(), PARCELS_AT_ONCE);
        restart();
        settle();
        assert_int_equal(fired_count(), 20);
}

/* What another daemon has to say first: nobody runs before, what it denies ends there, and who stops waits for none. */
static void test_another_is_asked_first(void **state)
{
        struct fixture *f = *state;
        struct parked parked;
        calendar_asking_count = 0;
        calendar_set(f, calendar_id(PARCEL, AWAITS_ANSWER, 1), FIXTURE_NOW_MS);
        calendar_set(f, calendar_id(PARCEL, IS_DENIED, 2), FIXTURE_NOW_MS);
        jobs_look(scene.jobs);
        turn_until_written(1); /* of the one that was denied */
        write_all();
        assert_int_equal(atomic_load(&parcels_carried), 0);
        assert_true(is_parked(calendar_id(PARCEL, IS_DENIED, 2), &parked));
        assert_string_equal(parked.reason, "denied");
        assert_int_equal(jobs_figures(scene.jobs, PARCEL).under_way, 1);
        calendar_answer();
        settle();
        assert_int_equal(atomic_load(&parcels_carried), 1);
        assert_int_equal(fired_count(), 1);

        calendar_set(f, calendar_id(PARCEL, AWAITS_ANSWER, 3), FIXTURE_NOW_MS);
        calendar_set(f, calendar_id(PARCEL, AWAITS_ANSWER, 4), FIXTURE_NOW_MS);
        jobs_look(scene.jobs);
        assert_int_equal(calendar_asking_count, 2);
        calendar_asking_count = 1; /* one answer comes after all has ended, the other never */
        jobs_quit(scene.jobs);
        calendar_answer();
        assert_int_equal(uv_run(&scene.loop, UV_RUN_DEFAULT), 0);
        jobs_free(scene.jobs);
        start_jobs();
        jobs_look(scene.jobs); /* both are due still */
        assert_int_equal(calendar_asking_count, 2);
        calendar_answer();
        settle();
        assert_int_equal(fired_count(), 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_in_order_and_once, setup, teardown),
                cmocka_unit_test_setup_teardown(test_moved_and_cancelled, setup, teardown),
                cmocka_unit_test_setup_teardown(test_moved_while_under_way, setup, teardown),
                cmocka_unit_test_setup_teardown(test_the_clock_jumps, setup, teardown),
                cmocka_unit_test_setup_teardown(test_the_clock_jumps_while_under_way, setup, teardown),
                cmocka_unit_test_setup_teardown(test_through_restarts, setup, teardown),
                cmocka_unit_test_setup_teardown(test_a_full_disk, setup, teardown),
                cmocka_unit_test_setup_teardown(test_tried_again_and_parked, setup, teardown),
                cmocka_unit_test_setup_teardown(test_played_again, setup, teardown),
                cmocka_unit_test_setup_teardown(test_more_than_an_event_may_hold, setup, teardown),
                cmocka_unit_test_setup_teardown(test_metrics, setup, teardown),
                cmocka_unit_test_setup_teardown(test_a_million, setup, teardown),
                cmocka_unit_test(test_on_threads),
                cmocka_unit_test_setup_teardown(test_another_is_asked_first, setup, teardown),
                cmocka_unit_test_setup_teardown(test_stopped_in_the_middle, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
