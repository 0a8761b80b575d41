/* posted.h: a form as it comes by HTTP, from a page of ours. */
#ifndef SERVICES_GATEWAY_LINKS_POSTED_H
#define SERVICES_GATEWAY_LINKS_POSTED_H

#include "services/gateway/door/http.h"
#include "services/gateway/links/form.h"

/* Whether a browser says that the form is of a page of ours. `site` is Sec-Fetch-Site, which decides where it is there;
 * a page without Referer has the origin "null". NULL: the header is not there. */
bool posted_is_ours(const char *site, const char *origin, const char *host);

/* False once it has been answered. */
bool form_of_request(struct http_request *request, struct form *ret);

#endif
