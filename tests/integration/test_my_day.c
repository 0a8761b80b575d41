/* What waits for whom, over real daemons: it comes from two partitions of tracking, goes with the act that settles it,
 * survives kills and a rebuild; and ten thousand deadlines whose daemon is killed while it tells them are told in
 * order, each once. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/codec/types.h"
#include "notifications/queries.pb-c.h"
#include "tests/lib/pathway.h"
#include "tests/lib/run_ctl.h"
#include "tests/lib/waits.h"

enum { MANY = 10000, KILLS = 4 };

static struct net_home home;
static struct net *net;
static struct pathway pathways[PATHWAYS];

#define RUN(...) CTL_RUN(net->directory, __VA_ARGS__)

static void follow(void)
{
        static const char *const sources[] = {"contracts-1", "tracking-1", "tracking-2", "directory-1"};
        for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
                net_wait_followed(net, "notifications-1", sources[i]);
}

static const Notifications__MyDayReply *my_day(struct arena *arena)
{
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        return net_ask(net, "notifications.MyDay", &query.base, arena); /* a facilitator of the whole region */
}

static bool waits(Notifications__WaitKind kind, struct id thing)
{
        struct arena arena scoped(arena_fini) = {0};
        const Notifications__MyDayReply *day = my_day(&arena);
        for (size_t i = 0; i < day->n_items; i++)
                if (day->items[i]->kind == kind && id_equal(id_of(day->items[i]->thing_id), thing))
                        return true;
        return false;
}

#define SILENT(N) waits(NOTIFICATIONS__WAIT_KIND__WAIT_CONTACT, pathways[N].placement)

static void record_contact(size_t n)
{
        char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        id_format(pathways[n].person, person);
        id_format(pathways[n].placement, placement);
        day_format(pathway_today(), day);
        ctl_done(RUN("followup", "contact", person, "--on", day, "--kind", "CALL", "--placement", placement, "--text",
                     "tout va bien"));
}

static void test_it_goes_with_the_act_that_settles_it(void **state)
{
        (void)state;
        follow();
        for (size_t i = 0; i < PATHWAYS; i++)
                assert_true(SILENT(i)); /* nothing was heard of either for more than a year */
        record_contact(0);
        follow();
        assert_false(SILENT(0));
        assert_true(SILENT(1));
}

static void test_it_survives(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        (void)state;
        follow();
        size_t before = my_day(&arena)->n_items;
        assert_true(before > 0);
        net_kill_instance(net, "notifications-1");
        net_start_instance(net, "notifications-1", NULL);
        net_wait_serving(net, "notifications-1");
        assert_int_equal(my_day(&arena)->n_items, before);
        assert_true(SILENT(1));
        net_stop_instance(net, "notifications-1");
        net_start_instance(net, "notifications-1",
                           "--rebuild"); /* its copies are taken in again, nothing is told anew */
        net_wait_serving(net, "notifications-1");
        follow();
        assert_int_equal(my_day(&arena)->n_items, before);
        record_contact(1);
        follow();
        assert_false(SILENT(1));
        ctl_done(RUN("verify"));
}

static void test_to_each_its_own(void **state)
{
        (void)state;
        ctl_done(RUN("call", "notifications", "MyDay", "{}", "--as", "FACILITATOR", "--territory", "65"));
        ctl_said("\"today\"");
        assert_null(strstr(ctl_output(), "\"waitId\""));
        assert_int_equal(RUN("call", "notifications", "MyDay", "{}", "--as", "AUDITOR", "--territory", "*"), 3);
        assert_int_equal(RUN("call", "notifications", "MyDay", "{}", "--as", "OPERATOR", "--territory", "*"), 3);
}

/* --- killed in the middle --- */

static int64_t began_ms;

static void say_due(size_t number, Notifications__Wait *wait, struct arena *arena)
{
        int64_t at_ms = began_ms - 1 - (int64_t)(number * 7919 % 4000);
        wait->step = NOTIFICATIONS__WAIT_STEP__WAIT_HIDDEN;
        wait->shows_at = instant_to(arena, at_ms);
        wait->tells_at = instant_to(arena, at_ms);
}

static size_t told_so_far(void)
{
        return (size_t)net_metric(net, "notifications-1", "guichet_events_total");
}

static void test_killed_while_it_tells(void **state)
{
        struct world world = world_real();
        const struct waits_filling filling = {MANY, say_due};
        (void)state;
        net_stop_instance(net, "notifications-1");
        struct engine *engine = waits_open_store(net, &world);
        began_ms = world.now_ms(&world);
        waits_fill(engine, &filling);
        uint64_t head = engine_position(engine);
        engine_close(engine);
        for (size_t i = 0; i < KILLS; i++) {
                net_start_instance(net, "notifications-1", NULL);
                net_wait_serving(net, "notifications-1");
                while (told_so_far() < 200) /* events since its start */
                        harness_pause_ms(1);
                net_kill_instance(net, "notifications-1");
        }
        net_start_instance(net, "notifications-1", NULL);
        net_wait_serving(net, "notifications-1");
        struct arena arena scoped(arena_fini) = {0};
        uint32_t shown = 0;
        while (shown < MANY) {
                const Notifications__MyDayReply *day = my_day(&arena);
                shown = 0;
                for (size_t i = 0; i < day->n_totals; i++)
                        shown += day->totals[i]->items;
                arena_reset(&arena);
                harness_pause_ms(5);
        }
        net_stop_instance(net, "notifications-1");
        engine = waits_open_store(net, &world);
        assert_int_equal(waits_told_in_order(engine, head), MANY);
        assert_int_equal(engine_position(engine) - head, 2 * MANY); /* a notice each, and nothing else */
        engine_close(engine);
        net_start_instance(net, "notifications-1", NULL);
        net_wait_serving(net, "notifications-1");
        ctl_done(RUN("verify"));
}

static int group_setup(void **state)
{
        (void)state;
        net = net_open(&home, "my-day");
        if (net == NULL)
                return -1;
        pathways_prepare(net, pathways);
        return 0;
}

static int group_teardown(void **state)
{
        (void)state;
        net_close(&home, net);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_it_goes_with_the_act_that_settles_it),
                cmocka_unit_test(test_it_survives),
                cmocka_unit_test(test_to_each_its_own),
                cmocka_unit_test(test_killed_while_it_tells),
        };
        return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
