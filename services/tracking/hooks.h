/* hooks.h: what the runtime calls: start, serve, after commits, stop; and the settings that start() is given. */
#ifndef SERVICES_TRACKING_HOOKS_H
#define SERVICES_TRACKING_HOOKS_H

#include "common/service/service.h"
#include "common/service/spec.h"

enum { TRACKING_CONFIG_COUNT = 3 };
extern const struct config_row tracking_config_rows[TRACKING_CONFIG_COUNT];

int tracking_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info);
void tracking_stop(void *context);
const struct code_lists *tracking_codes(const void *context); /* as service_spec.codes */
int tracking_serve(struct service *service, void *context, struct err_info *info);
void tracking_committed(struct service *service, void *context);

void tracking_quit(struct service *service, void *context);

#endif
