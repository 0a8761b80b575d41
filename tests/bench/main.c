/* The benchmarks' program; scripts/bench builds it, starts a PostgreSQL of its own, and runs it. */
#include <getopt.h>
#include <stdbool.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

struct benchmark {
        const char *name;
        json_t *(*run)(const struct harness *context);
        const char *says;
};

static const struct benchmark benchmarks[] = {
        {"commands", bench_commands,
         "validated, durable submissions of hours a second, against PostgreSQL and raw LMDB"},
        {"queries", bench_queries,
         "a read by id against a bare ZeroMQ echo, idle and beside 10,000 writes a second; the worst of all queries"},
        {"month", bench_month,
         "the sheet of a month of 5,000 placements, 100 lines a page, against a bare ZeroMQ echo"},
        {"loop", bench_loop,
         "the longest that a query holds its daemon's loop, of all queries, with 100,000 obligations"},
        {"alert", bench_alert, "from a need's commit to the committed inbox entries, 500 needs a second"},
        {"replay", bench_replay, "reporting rebuilt from the logs, events a second"},
        {"footprint", bench_footprint, "memory of the idle network with the demo region, and its start"},
        {"door", bench_door,
         "200 requests a second of signed-in users, alone and beside floods of connections that hold the door"},
        {"crowd", bench_crowd,
         "500 requests a second, alone and beside 10,000 idle connections and 200 that send a byte a second"},
        {"streams", bench_streams, "5,000 open event streams: their memory, and an event that reaches all of them"},
        {"http", bench_http,
         "a durable insert and a read by id over HTTP, against Fastify + pg on PostgreSQL, best of 1 to 4 workers"},
        {"facts", bench_facts,
         "a contract's page of facts with 60,000 contracts in the store, against the same rows from PostgreSQL"},
        {"find-person", bench_find_person,
         "a person looked up among 1,000,000 in 8 partitions, by a name as it is written"},
        {"partitions", bench_partitions,
         "processor time a command with 1, 2, 4 and 8 partitions; latencies beside a rebuild of reporting"},
        {"deadlines", bench_deadlines,
         "notifications with 1,000,000 deadlines: its start, its memory, and those that are due told in order, once"},
        {"day", bench_day, "what waits for somebody, among 100,000 items, against the same rows from raw LMDB"},
        {"import-hours", bench_import_hours,
         "360,000 rows of hours from CSV files to the disk, against the same checks set-wise in PostgreSQL"},
        {"import-decp", bench_import_decp,
         "100,000 published contracts from files to the disk, against a Node script that COPYs them into PostgreSQL"},
};

static const struct benchmark *find(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(benchmarks); i++)
                if (strcmp(benchmarks[i].name, name) == 0)
                        return &benchmarks[i];
        return NULL;
}

static void usage(void)
{
        (void)fputs("usage: guichet-bench NAME --dir DIR --bin DIR [--postgresql URL] [--seconds N] [--json]\n"
                    "       guichet-bench --list\n",
                    stderr);
}

static void list(void)
{
        for (size_t i = 0; i < ARRAY_SIZE(benchmarks); i++)
                (void)printf("%-12s %s\n", benchmarks[i].name, benchmarks[i].says);
}

static void print_flat(const json_t *object, const char *indent)
{
        const char *key;
        json_t *value;
        json_object_foreach ((json_t *)(uintptr_t)object, key, value) {
                if (json_is_object(value)) {
                        (void)printf("%s%s\n", indent, key);
                        print_flat(value, "  ");
                } else {
                        (void)printf("%s%-24s %.15g\n", indent, key, json_number_value(value));
                }
        }
}

int main(int argc, char **argv)
{
        static const struct option options[] = {
                {"dir", required_argument, NULL, 'd'},
                {"bin", required_argument, NULL, 'b'},
                {"postgresql", required_argument, NULL, 'p'},
                {"seconds", required_argument, NULL, 's'},
                {"json", no_argument, NULL, 'j'},
                {"list", no_argument, NULL, 'l'},
                {NULL, 0, NULL, 0},
        };
        struct harness context = {.seconds = 5};
        bool json = false;
        int option;
        while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
                switch (option) {
                case 'd': context.directory = optarg; break;
                case 'b': context.bin = optarg; break;
                case 'p': context.postgresql = optarg; break;
                case 's': context.seconds = (uint32_t)strtoul(optarg, NULL, 10); break;
                case 'j': json = true; break;
                case 'l': list(); return EXIT_SUCCESS;
                default: usage(); return 2;
                }
        }
        const struct benchmark *benchmark = optind < argc ? find(argv[optind]) : NULL;
        if (benchmark == NULL || context.directory == NULL || context.bin == NULL || sodium_init() < 0) {
                usage();
                return 2;
        }
        json_t *result = benchmark->run(&context);
        if (json)
                (void)json_dumpf(result, stdout, JSON_COMPACT | JSON_REAL_PRECISION(10));
        else
                print_flat(result, "");
        (void)putchar('\n');
        json_decref(result);
        return EXIT_SUCCESS;
}
