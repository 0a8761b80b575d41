/* daemon.h: what the notifications daemon keeps in memory besides its store: its checked settings and the mail on its
 * way. The hooks of its spec; called by the runtime. */
#ifndef SERVICES_NOTIFICATIONS_DAEMON_H
#define SERVICES_NOTIFICATIONS_DAEMON_H

#include <stdbool.h>

#include "common/service/spec.h"

struct daemon;

int daemon_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void daemon_stop(void *context);
int daemon_serve(struct service *service, void *context, struct err_info *info);
void daemon_committed(struct service *service, void *context);
void daemon_quit(struct service *service, void *context);
size_t daemon_metrics(void *context, char *ret_text, size_t size);

/* Is there a mail server? Where there is none, notices are told in inboxes only. */
bool daemon_sends_mail(const struct daemon *daemon);

#endif
