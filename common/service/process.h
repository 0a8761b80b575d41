/* process.h: a daemon's command line, made into what service.c runs: topology, instance, settings, secrets.
 *     guichet-tracking --topology run/topology.json --instance tracking-1
 *     … --check-config    reads everything, opens nothing, says what is wrong
 *     … --print-config    the settings with their defaults
 *     … --verify          replay(log) == tables, one JSON line, exit 1 where they differ (see verify.h)
 *     … --rebuild         a service of copies only (reporting): drops them, and fetches all history again */
#ifndef COMMON_SERVICE_PROCESS_H
#define COMMON_SERVICE_PROCESS_H

#include "common/service/engine.h"
#include "common/service/spec.h"
#include "common/service/topology.h"

struct runtime_config;

struct process {
        const struct service_spec *spec;
        struct topology *topology;
        const struct instance *instance;
        struct secrets *secrets;
        void *config; /* the service's struct */
        struct runtime_config *runtime;
        struct world *world;
};

/* Fills in what the topology, the settings and the keys of the instance say. 0 or ERR_CONFIG. */
int process_load(struct process *process, const char *topology, const char *instance,
                 struct err_info *info) ATTR_MUST_CHECK;
struct engine_options process_engine_options(const struct process *process);
int service_run(const struct process *process); /* service.c: until SIGTERM or SIGINT; 0 or why it could not start */

#endif
