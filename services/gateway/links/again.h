/* again.h: "send me my link again": what somebody types is passed on to notifications, which alone knows addresses. The
 * page answers at once and always the same, before anybody knows what comes of it. For the loop thread. */
#ifndef SERVICES_GATEWAY_LINKS_AGAIN_H
#define SERVICES_GATEWAY_LINKS_AGAIN_H

#include "common/service/service.h"
#include "services/gateway/door/http.h"

enum { AGAIN_OF_SOURCE = 20, AGAIN_WINDOW_MS = 10 * 60 * 1000 };

struct agains;
struct agains *agains_new(struct service *service);
void agains_free(struct agains *agains); /* accepts NULL; once the service asks nobody any more */

void again_show(struct http_request *request);
void again_ask(struct agains *agains, struct http_request *request);

/* Whether one more from this network is taken now: AGAIN_OF_SOURCE in AGAIN_WINDOW_MS. */
bool agains_take(struct agains *agains, struct id network, int64_t now_ms);

#endif
