/* api_links.h: the pages of links (links/links.h) as routes: the token is in the address, and nowhere else. */
#ifndef SERVICES_GATEWAY_FRONT_API_LINKS_H
#define SERVICES_GATEWAY_FRONT_API_LINKS_H

#include "services/gateway/front/visit.h"

void api_link_show(struct visit *visit);
void api_link_act(struct visit *visit);
void api_link_again(struct visit *visit); /* "send me my link again" */
void api_about(struct visit *visit);      /* GET /a-propos/{page}: legal.h */

#endif
