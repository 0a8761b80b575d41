#include "tests/unit/services/ctl/backup/toy_network.h"

#include "services/ctl/backup/moment.h"

static void all_stores_and_key_stores_are_found(void **state)
{
        struct toy *toy = *state;
        struct moment moment = {0};
        assert_int_equal(moment_open(toy->topology, NULL, &moment, &toy->info), 0);
        assert_int_equal(moment.count, 3);
        assert_string_equal(moment.stores[0].instance->name, "follower-1"); /* before what it follows */
        assert_string_equal(moment.stores[1].instance->name, "source-1");
        assert_int_equal(moment.stores[1].head.number, 5000);
        assert_string_equal(moment.stores[2].below, "keys"); /* keys last */
        assert_false(moment.stores[2].has_log);
        moment_close(&moment);
}

static void a_follower_ahead_of_its_source_is_told(void **state)
{
        struct toy *toy = *state;
        struct moment moment = {0};
        toy_follow(toy, 5001);
        assert_int_equal(moment_open(toy->topology, NULL, &moment, &toy->info), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "follower-1 a suivi source-1 jusqu'à l'événement 5001"));
}

static void a_source_of_another_history_is_told(void **state)
{
        struct toy *toy = *state;
        struct moment moment = {0};
        char path[160];
        toy_follow(toy, 100);
        (void)snprintf(path, sizeof(path), "%s/stores/source-1", toy->run);
        assert_int_equal(nftw(path, toy_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
        toy_grow(toy, "source-1", 200, 77); /* as many events, at other times */
        assert_int_equal(moment_open(toy->topology, NULL, &moment, &toy->info), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "autre histoire"));
}

static void a_missing_store_is_no_silent_gap(void **state)
{
        struct toy *toy = *state;
        struct moment moment = {0};
        char path[160];
        (void)snprintf(path, sizeof(path), "%s/stores/follower-1", toy->run);
        assert_int_equal(nftw(path, toy_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
        assert_int_equal(moment_open(toy->topology, NULL, &moment, &toy->info), ERR_NOT_FOUND);
        assert_non_null(strstr(toy->info.text, "--without follower-1"));
        assert_int_equal(moment_open(toy->topology, "x,follower-1", &moment, &toy->info), 0);
        assert_int_equal(moment.count, 2);
        moment_close(&moment);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(all_stores_and_key_stores_are_found),
                TEST(a_follower_ahead_of_its_source_is_told),
                TEST(a_source_of_another_history_is_told),
                TEST(a_missing_store_is_no_silent_gap),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
