/* hooks.h: what the runtime calls: start, which reads the words of lists, the trades and the communes, and stop; and
 * the settings that start() is given. ERR_NOT_FOUND, ERR_CONFIG: words or trades are not there, or one of all three is
 * not well formed; the daemon does not start. Without a table of communes it does, and says so in its log. */
#ifndef SERVICES_DIRECTORY_HOOKS_H
#define SERVICES_DIRECTORY_HOOKS_H

#include "common/service/spec.h"

struct directory_config {
        const char *rules;    /* directory of the dated rules; "": see config_rules_directory() */
        const char *communes; /* file of communes.h */
};

enum { DIRECTORY_CONFIG_COUNT = 2 };
extern const struct config_row directory_config_rows[DIRECTORY_CONFIG_COUNT];

int directory_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info);
void directory_stop(void *context);

#endif
