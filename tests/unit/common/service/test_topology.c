/* Every complaint of the loader names the place in the file; a right file gives what the header promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/service/topology.h"

#define KEY  "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define HEX  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define HEAD "\"public_key\":\"" KEY "\","
#define TRACKING_1                                                                                                     \
        "{" HEAD "\"name\":\"tracking-1\",\"service\":\"tracking\",\"partition\":1,\"territories\":[\"31\",\"82\"],"   \
        "\"endpoint\":\"tcp://127.0.0.1:7412\",\"events\":\"tcp://127.0.0.1:7413\",\"store\":\"stores/t1\"}"
#define GATEWAY                                                                                                        \
        "{" HEAD "\"signing_key\":\"" HEX                                                                              \
        "\",\"name\":\"gateway-1\",\"service\":\"gateway\",\"http\":\"127.0.0.1:0\","                                  \
        "\"endpoint\":\"ipc:///tmp/x\",\"store\":\"/var/g\"}"
#define CTL                     "{" HEAD "\"name\":\"ctl\",\"signing_key\":\"" HEX "\"}"
#define CONTRACTS               "\"name\":\"a\",\"service\":\"contracts\",\"endpoint\":\"tcp://h:7\""
#define WHOLE(instances, peers) "{\"network\":\"n\",\"instances\":[" instances "],\"peers\":[" peers "]}"

static char directory[] = "/tmp/guichet-topology-XXXXXX";
static char path[sizeof(directory) + sizeof("/topology.json")];

static int load(const char *text, struct topology **ret, struct err_info *info)
{
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
        return topology_load(path, ret, info);
}

static void test_right_file(void **state)
{
        (void)state;
        struct topology *topology;
        struct err_info info = {0};
        assert_int_equal(load(WHOLE(TRACKING_1 "," GATEWAY, CTL), &topology, &info), 0);

        assert_string_equal(topology->network, "n");
        assert_int_equal(topology->instance_count, 2);
        assert_int_equal(topology->peer_count, 1);
        const struct instance *tracking = topology_instance(topology, "tracking-1");
        assert_non_null(tracking);
        assert_int_equal(tracking->partition, 1);
        assert_string_equal(tracking->public_key, KEY);
        assert_string_equal(tracking->territories[1], "82");
        assert_null(tracking->territories[2]);
        assert_string_equal(json_string_value(json_object_get(tracking->settings, "territories")), "31,82");
        assert_memory_equal(tracking->store, topology->directory, strlen(topology->directory));
        assert_string_equal(tracking->store + strlen(topology->directory), "/stores/t1");
        const struct instance *gateway = topology_of_service(topology, "gateway", 0);
        assert_string_equal(gateway->store, "/var/g");
        assert_null(gateway->settings);
        assert_null(gateway->events);
        assert_int_equal(topology->signer_count, 2);
        assert_string_equal(topology->signers[0].name, "gateway-1");
        assert_int_equal(topology->signers[1].public_key[31], 0x1f);
        topology_free(topology);
}

/* Who may change it says who is let in. */
static void test_others_may_change_it(void **state)
{
        (void)state;
        static const mode_t modes[] = {0664, 0646};
        struct topology *topology;
        struct err_info info = {0};
        for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
                assert_int_equal(load(WHOLE(TRACKING_1, CTL), &topology, &info), 0);
                topology_free(topology);
                assert_int_equal(chmod(path, modes[i]), 0);
                assert_int_equal(topology_load(path, &topology, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, "chmod go-w"));
                assert_int_equal(chmod(path, 0644), 0);
        }
}

static void test_finders(void **state)
{
        (void)state;
        struct topology *topology;
        struct err_info info = {0};
        assert_int_equal(load(WHOLE(TRACKING_1 "," GATEWAY, CTL), &topology, &info), 0);

        assert_null(topology_instance(topology, "tracking-2"));
        assert_null(topology_of_service(topology, "tracking", 1));
        assert_ptr_equal(topology_of_partition(topology, "tracking", 1), &topology->instances[0]);
        assert_null(topology_of_partition(topology, "tracking", 2));
        assert_ptr_equal(topology_of_territory(topology, "tracking", "82"), &topology->instances[0]);
        assert_null(topology_of_territory(topology, "tracking", "75"));
        assert_ptr_equal(topology_of_territory(topology, "gateway", "75"), &topology->instances[1]);
        topology_free(topology);
}

struct wrong {
        const char *text;
        const char *said; /* must be in the complaint */
};

static const struct wrong wrongs[] = {
        {"", "line 1"},
        {"[]", "JSON object"},
        {"{\"instances\":[],\"peers\":[]}", "network: is missing"},
        {"{\"network\":\"n\",\"peers\":[]}", "instances: must be a list"},
        {WHOLE("", ""), "instances: is empty"},
        {"{\"network\":\"n\",\"instances\":[" TRACKING_1 "]}", "peers: must be a list"},
        {"{\"network\":\"n\",\"network\":\"n\",\"instances\":[],\"peers\":[]}", "duplicate"},
        {"{\"network\":\"n\",\"instances\":[],\"peers\":[],\"colour\":1}", "colour: unknown member"},
        {WHOLE("3", ""), "instances[0]: must be a JSON object"},
        {WHOLE("{}", ""), "instances[0].name: is missing"},
        {WHOLE("{\"name\":\"A b\"}", ""), "instances[0].name: use 1 to 32"},
        {WHOLE("{\"name\":\"a\",\"service\":\"runtime\"}", ""), "instances[0].service: no such service"},
        {WHOLE("{\"name\":\"a\",\"service\":\"contracts\",\"endpoint\":\"tcp://:7\"}", ""),
         "instances[0].endpoint: write"},
        {WHOLE("{\"name\":\"a\",\"service\":\"contracts\",\"endpoint\":\"tcp://h:70000\"}", ""),
         "instances[0].endpoint: write"},
        {WHOLE("{" CONTRACTS ",\"events\":\"udp\"}", ""), "instances[0].events: write"},
        {WHOLE("{" CONTRACTS "}", ""), "instances[0].store: is missing"},
        {WHOLE("{" CONTRACTS ",\"store\":\"s\"}", ""), "instances[0].public_key: is missing; `guichetctl init`"},
        {WHOLE("{" CONTRACTS ",\"store\":\"s\",\"public_key\":\"k\"}", ""), "instances[0].public_key: must be the 40"},
        {WHOLE("{" HEAD "\"name\":\"a\",\"service\":\"gateway\",\"endpoint\":\"tcp://h:7\",\"store\":\"s\"}", ""),
         "instances[0].http: a gateway needs it"},
        {WHOLE("{" HEAD
               "\"name\":\"a\",\"service\":\"gateway\",\"endpoint\":\"tcp://h:7\",\"store\":\"s\",\"http\":\"x\"}",
               ""),
         "instances[0].http: write"},
        {WHOLE("{" HEAD "\"signing_key\":\"zz\"," CONTRACTS ","
               "\"store\":\"s\"}",
               ""),
         "instances[0].signing_key: must be 64"},
        {WHOLE("{" HEAD "\"partition\":4096,\"name\":\"a\",\"service\":\"tracking\",\"endpoint\":\"tcp://h:7\","
               "\"store\":\"s\"}",
               ""),
         "instances[0].partition: must be a number"},
        {WHOLE("{" HEAD "\"territories\":[\"31\"],\"name\":\"a\",\"service\":\"tracking\",\"endpoint\":\"tcp://h:7\","
               "\"store\":\"s\"}",
               ""),
         "instances[0].territories: only a partition"},
        {WHOLE("{" HEAD "\"partition\":1,\"territories\":[\"99\"],\"name\":\"a\",\"service\":\"tracking\","
               "\"endpoint\":\"tcp://h:7\",\"store\":\"s\"}",
               ""),
         "instances[0].territories: each must be"},
        {WHOLE("{" HEAD "\"partition\":1,\"territories\":\"31\",\"name\":\"a\",\"service\":\"tracking\","
               "\"endpoint\":\"tcp://h:7\",\"store\":\"s\"}",
               ""),
         "instances[0].territories: must be a list"},
        {WHOLE("{" HEAD "\"settings\":[]," CONTRACTS ","
               "\"store\":\"s\"}",
               ""),
         "instances[0].settings: must be a JSON object"},
        {WHOLE("{" HEAD CONTRACTS ",\"events\":\"tcp://h:7\","
               "\"store\":\"s\"}",
               ""),
         "instances[0].events: must not be the endpoint"},
        {WHOLE(TRACKING_1 "," TRACKING_1, ""), "instances[1].name: an earlier instance"},
        {WHOLE(TRACKING_1 ",{" HEAD "\"name\":\"b\",\"service\":\"contracts\",\"endpoint\":\"tcp://127.0.0.1:7413\","
                          "\"store\":\"s\"}",
               ""),
         "instances[1].endpoint: an earlier instance"},
        {WHOLE(TRACKING_1 ",{" HEAD "\"name\":\"b\",\"service\":\"contracts\",\"endpoint\":\"tcp://h:1\","
                          "\"events\":\"tcp://127.0.0.1:7412\",\"store\":\"s\"}",
               ""),
         "instances[1].events: an earlier instance"},
        {WHOLE(TRACKING_1 ",{" HEAD "\"name\":\"b\",\"service\":\"contracts\",\"endpoint\":\"tcp://h:1\","
                          "\"store\":\"stores/t1\"}",
               ""),
         "instances[1].store: an earlier instance"},
        {WHOLE(TRACKING_1 ",{" HEAD "\"name\":\"b\",\"service\":\"tracking\",\"endpoint\":\"tcp://h:1\","
                          "\"store\":\"s\"}",
               ""),
         "instances[1].partition: either all"},
        {WHOLE(TRACKING_1 ",{" HEAD "\"name\":\"b\",\"service\":\"tracking\",\"partition\":1,"
                          "\"endpoint\":\"tcp://h:1\",\"store\":\"s\"}",
               ""),
         "instances[1].partition: an earlier instance"},
        {WHOLE(TRACKING_1 ",{" HEAD "\"name\":\"b\",\"service\":\"tracking\",\"partition\":2,"
                          "\"territories\":[\"82\"],\"endpoint\":\"tcp://h:1\",\"store\":\"s\"}",
               ""),
         "instances[1].territories: a territory belongs"},
        {WHOLE(TRACKING_1, "{" HEAD "\"name\":\"tracking-1\"}"), "peers[0].name: an instance has"},
        {WHOLE(TRACKING_1, CTL "," CTL), "peers[1].name: an earlier peer"},
        {WHOLE(TRACKING_1, "{\"name\":\"ctl\",\"rank\":1}"), "peers[0].rank: unknown member"},
};

static void test_each_complaint(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(wrongs); i++) {
                struct topology *topology = NULL;
                struct err_info info = {0};
                assert_int_equal(load(wrongs[i].text, &topology, &info), ERR_CONFIG);
                assert_null(topology);
                if (strstr(info.text, wrongs[i].said) == NULL)
                        fail_msg("case %zu: \"%s\" does not say \"%s\"", i, info.text, wrongs[i].said);
                assert_memory_equal(info.text, path, strlen(path));
        }
}

static void test_no_file(void **state)
{
        (void)state;
        struct topology *topology;
        struct err_info info = {0};
        assert_int_equal(topology_load("/nonexistent/topology.json", &topology, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "guichetctl init"));
}

static int make_directory(void **state)
{
        (void)state;
        if (mkdtemp(directory) == NULL)
                return -1;
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        return 0;
}

static int remove_directory(void **state)
{
        (void)state;
        return unlink(path) == 0 && rmdir(directory) == 0 ? 0 : -1;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_right_file), cmocka_unit_test(test_others_may_change_it),
                cmocka_unit_test(test_finders),    cmocka_unit_test(test_each_complaint),
                cmocka_unit_test(test_no_file),
        };
        return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
