/* again.h: "send me my link again", and "send me a link to sign in by": the address that somebody types is passed on
 * to who knows addresses, notifications or accounts. The page answers at once and always the same, before anybody
 * knows what comes of it. For the loop thread. */
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

enum again_what {
        AGAIN_LINKS,   /* those that wait for an answer, of an address that an organisation subscribed with */
        AGAIN_SIGN_IN, /* of an address of an account */
};
/* Where too many are under way it is dropped: who waits in vain asks again. */
void agains_pass_on(struct agains *agains, enum again_what what, const char *email);
bool again_is_address(const char *text); /* whether it can be one at all */

/* Whether one more from this network is taken now: AGAIN_OF_SOURCE in AGAIN_WINDOW_MS. */
bool agains_take(struct agains *agains, struct id network, int64_t now_ms);

#endif
