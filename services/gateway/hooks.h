/* hooks.h: what the runtime calls: start, serve, quit, stop, figures. */
#ifndef SERVICES_GATEWAY_HOOKS_H
#define SERVICES_GATEWAY_HOOKS_H

#include "common/service/service.h"

int gateway_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void gateway_stop(void *context);
int gateway_serve(struct service *service, void *context, struct err_info *info);
bool gateway_drain(struct service *service, void *context);
void gateway_committed(struct service *service, void *context);
void gateway_quit(struct service *service, void *context);
size_t gateway_metrics(void *context, char *ret_text, size_t size);

#endif
