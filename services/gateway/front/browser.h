/* browser.h: what accounts is told of the browser that somebody signs in from, so that its holder knows it again. */
#ifndef SERVICES_GATEWAY_FRONT_BROWSER_H
#define SERVICES_GATEWAY_FRONT_BROWSER_H

#include "accounts/sign_in.pb-c.h"
#include "services/gateway/door/http.h"

enum { BROWSER_NAME_SIZE = 48 };

/* "Firefox, Windows", of a User-Agent header (NULL: none). Pure: few are told apart, whatever else it says. */
void browser_name(const char *user_agent, char ret[BROWSER_NAME_SIZE]);

struct world;
/* In the request's arena. *ret_cookie: a cookie that it is to keep; NULL: it has one. */
Accounts__Browser *browser_of(struct http_request *request, struct world *world, const char **ret_cookie);

#endif
