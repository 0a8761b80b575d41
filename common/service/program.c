/* A daemon's command line (process.h). */
#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/guard.h"
#include "common/service/maintain.h"
#include "common/service/process.h"

enum { EXIT_USAGE = 2 };

struct arguments {
        const char *topology;
        const char *instance;
        bool check, print, verify, rebuild, help, version;
};

static void usage(FILE *out, const struct service_spec *spec)
{
        (void)fprintf(out,
                      "guichet-%s %s\n"
                      "usage: guichet-%s --topology FILE --instance NAME [--check-config | --verify | --rebuild]\n"
                      "       guichet-%s --print-config\n"
                      "  --check-config   reads the topology, the settings and the keys, and says what is wrong\n"
                      "  --verify         proves that the tables follow from the event logs (works while it runs)\n"
                      "  --rebuild        drops what is copied from other daemons and fetches it again\n"
                      "example: guichet-%s --topology run/topology.json --instance %s-1\n",
                      spec->name, GUICHET_VERSION, spec->name, spec->name, spec->name, spec->name);
}

static int parse(int argc, char **argv, struct arguments *ret)
{
        static const struct option options[] = {
                {"topology", required_argument, NULL, 't'},
                {"instance", required_argument, NULL, 'i'},
                {"check-config", no_argument, NULL, 'c'},
                {"print-config", no_argument, NULL, 'p'},
                {"verify", no_argument, NULL, 'v'},
                {"rebuild", no_argument, NULL, 'r'},
                {"help", no_argument, NULL, 'h'},
                {"version", no_argument, NULL, 'V'},
                {NULL, 0, NULL, 0},
        };
        int option;
        while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
                switch (option) {
                case 't': ret->topology = optarg; break;
                case 'i': ret->instance = optarg; break;
                case 'c': ret->check = true; break;
                case 'p': ret->print = true; break;
                case 'v': ret->verify = true; break;
                case 'r': ret->rebuild = true; break;
                case 'h': ret->help = true; break;
                case 'V': ret->version = true; break;
                default: return ERR_CONFIG; /* getopt said why */
                }
        }
        return optind == argc ? 0 : ERR_CONFIG;
}

static int act(struct process *process, const struct arguments *arguments)
{
        struct err_info info = {0};
        int err = process_load(process, arguments->topology, arguments->instance, &info);
        if (err != 0) {
                (void)fprintf(stderr, "guichet-%s: %s\n", process->spec->name, info.text);
                return EXIT_USAGE;
        }
        if (arguments->check) {
                struct engine_options options = process_engine_options(process);
                if (engine_check_keys(&options, &info) != 0) {
                        (void)fprintf(stderr, "guichet-%s: %s\n", process->spec->name, info.text);
                        return EXIT_USAGE;
                }
                (void)printf("%s: ok\n", process->instance->name);
                return EXIT_SUCCESS;
        }
        if (arguments->verify)
                return process_verify(process);
        log_open(process->instance->name, process->runtime->debug ? LOG_DEBUG : LOG_INFO);
        guard_store(process->instance->name, process->instance->store);
        if (arguments->rebuild && process_rebuild(process, &info) != 0) {
                (void)fprintf(stderr, "guichet-%s: %s\n", process->spec->name, info.text);
                return EXIT_FAILURE;
        }
        return service_run(process) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int service_main(const struct service_spec *spec, int argc, char **argv)
{
        struct arguments arguments = {0};
        if (parse(argc, argv, &arguments) != 0) {
                (void)fprintf(stderr, "guichet-%s --help shows what it takes\n", spec->name);
                return EXIT_USAGE;
        }
        if (arguments.help) {
                usage(stdout, spec);
                return EXIT_SUCCESS;
        }
        if (arguments.version) {
                (void)printf("guichet-%s %s\n", spec->name, GUICHET_VERSION);
                return EXIT_SUCCESS;
        }
        if (arguments.print) {
                struct config_table own = {spec->config, spec->config_count};
                struct config_table runtime = {runtime_config_rows, runtime_config_count};
                config_print(stdout, &own);
                config_print(stdout, &runtime);
                return EXIT_SUCCESS;
        }
        if (arguments.topology == NULL || arguments.instance == NULL) {
                usage(stderr, spec);
                return EXIT_USAGE;
        }
        require(sodium_init() >= 0);
        guard_secrets();
        guard_pages();
        guard_descriptors();
        guard_niceness(spec->niceness);

        struct world world = world_real();
        struct secrets secrets = {0};
        struct runtime_config runtime;
        struct process process = {.spec = spec, .secrets = &secrets, .runtime = &runtime, .world = &world};
        process.config = calloc(1, spec->config_size + 1);
        require(process.config != NULL);
        int status = act(&process, &arguments);
        sodium_memzero(&secrets, sizeof(secrets));
        free(process.config);
        topology_free(process.topology);
        return status;
}
