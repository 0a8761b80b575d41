#include "common/service/process.h"

#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/guard.h"
#include "common/service/made.h"

/* A daemon whose entry says nothing of the dated rules reads those of its network: an entry may be older than the
 * daemon's first rule. */
static void share_rules(struct process *process)
{
        const struct topology *topology = process->topology;
        const char *rules = NULL;
        for (size_t i = 0; i < topology->instance_count && rules == NULL; i++)
                rules = json_string_value(json_object_get(topology->instances[i].settings, "rules"));
        for (size_t i = 0; i < process->spec->config_count && rules != NULL; i++) {
                const struct config_row *row = &process->spec->config[i];
                const char **value = (const char **)(void *)((char *)process->config + row->offset);
                if (strcmp(row->key, "rules") == 0 && row->type == CONFIG_TEXT && (*value)[0] == '\0')
                        *value = rules;
        }
}

static int read_settings(struct process *process, struct err_info *info)
{
        struct config_table own = {process->spec->config, process->spec->config_count};
        struct config_table runtime = {runtime_config_rows, runtime_config_count};
        int err = config_read(process->instance->settings, &own, &runtime, process->config, info);
        return err != 0 ? err : config_read(process->instance->settings, &runtime, &own, process->runtime, info);
}

int process_load(struct process *process, const char *topology, const char *instance, struct err_info *info)
{
        int err = topology_load(topology, &process->topology, info);
        if (err != 0)
                return err;
        process->instance = topology_instance(process->topology, instance);
        if (process->instance == NULL || strcmp(process->instance->service, process->spec->name) != 0)
                return err_set(info, ERR_CONFIG, "%s has no instance \"%s\" of service %s", topology, instance,
                               process->spec->name);
        err = read_settings(process, info);
        if (err != 0)
                return err;
        share_rules(process);
        err = secrets_load(process->topology, process->instance->name, process->secrets, info);
        if (err != 0 || process->spec->shared_key == NULL)
                return err;
        return secrets_load_shared(process->topology->directory, process->spec->shared_key, process->secrets, info);
}

struct engine_options process_engine_options(const struct process *process)
{
        return (struct engine_options){
                .spec = process->spec,
                .instance = process->instance->name,
                .directory = process->instance->store,
                .config = process->config,
                .world = process->world,
                .partition = process->instance->partition,
                .home = topology_home(process->topology),
                .map_bytes_max = (uint64_t)process->runtime->map_mib_max << 20,
                .signers = process->topology->signers,
                .signer_count = process->topology->signer_count,
                .master_key = process->secrets->master_key,
                .shared_key = process->secrets->has_shared_key ? process->secrets->shared_key : NULL,
                .own_secret = process->secrets->signing_secret, /* of its two halves the first */
                /* one that takes no command has no truth to lose: its store is made anew from what it follows */
                .must_exist = process->spec->dispatch_count > 0 &&
                              made_before(process->topology, process->instance->name, MADE_STORE),
                .keys_must_exist = made_before(process->topology, process->instance->name, MADE_KEYS),
        };
}
