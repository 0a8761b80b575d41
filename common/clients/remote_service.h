/* remote_service.h: the ProtobufCService objects behind link_service(), one for each service block of the catalogue.
 * A call blocks until the daemon answered; the closure gets the reply, or NULL where it was refused or not answered in
 * time (link_call() tells why). The reply dies when the closure returns. Used by link.c only; one thread. */
#ifndef COMMON_CLIENTS_REMOTE_SERVICE_H
#define COMMON_CLIENTS_REMOTE_SERVICE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

struct link;
struct remote_services;

struct remote_services *remote_services_new(struct link *link); /* `link` is borrowed */
void remote_services_free(struct remote_services *services);    /* accepts NULL */
/* NULL: the catalogue has no such service, or it has no commands (no queries). */
ProtobufCService *remote_services_get(struct remote_services *services, const char *name, bool commands);

#endif
