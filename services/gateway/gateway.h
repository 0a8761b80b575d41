/* gateway.h: the running gateway: its HTTP server, its page, its sessions, and the hooks that the runtime calls.
 * Everything here is for the loop thread, but start() and stop(). */
#ifndef SERVICES_GATEWAY_GATEWAY_H
#define SERVICES_GATEWAY_GATEWAY_H

#include "common/service/service.h"
#include "services/gateway/pages.h"
#include "services/gateway/session.h"
#include "services/gateway/settings.h"

struct gateway;

int gateway_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void gateway_stop(void *context);
int gateway_serve(struct service *service, void *context, struct err_info *info);
void gateway_quit(struct service *service, void *context);
size_t gateway_metrics(void *context, char *ret_text, size_t size);

const struct gateway_settings *gateway_settings_of(const struct gateway *gateway);
struct service *gateway_service(struct gateway *gateway);
const struct pages *gateway_pages(const struct gateway *gateway);
/* Who is behind an Authorization header (may be NULL); NULL: nobody. Lives until the next call. */
const struct session *gateway_session(struct gateway *gateway, const char *authorization);
/* The same, only to know: nobody is counted as a stranger. */
bool gateway_knows(void *gateway, const char *authorization);
/* Who renewed the token of this header with the command of this key, and asks for its answer again (session.h). */
const struct session *gateway_session_again(struct gateway *gateway, const char *authorization, const char *key);
void gateway_count_request(struct gateway *gateway);
void gateway_count_timeout(struct gateway *gateway);

#endif
