/* hooks.h: what the runtime calls: start, which reads the words of lists, and stop; and the setting that start() is
 * given. ERR_NOT_FOUND, ERR_CONFIG: the words are not there, or not well formed; the daemon does not start. */
#ifndef SERVICES_DIRECTORY_HOOKS_H
#define SERVICES_DIRECTORY_HOOKS_H

#include "common/service/spec.h"

struct directory_config {
        const char *rules; /* directory of the dated rules; "": see config_rules_directory() */
};

enum { DIRECTORY_CONFIG_COUNT = 1 };
extern const struct config_row directory_config_rows[DIRECTORY_CONFIG_COUNT];

int directory_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info);
void directory_stop(void *context);

#endif
