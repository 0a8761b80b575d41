/* credentials.h: by what somebody shows who she is: an Authorization header, or the cookie of a session, which a
 * browser sends whoever's page asks. So a cookie counts for what changes something only where our own page asks. */
#ifndef SERVICES_GATEWAY_FRONT_CREDENTIALS_H
#define SERVICES_GATEWAY_FRONT_CREDENTIALS_H

#include <stdbool.h>

#include "common/codec/refusal.h"
#include "services/gateway/door/http.h"

struct credentials {
        const char *authorization; /* as in the header, wherever it came from; NULL: none */
        bool by_cookie;
        bool is_foreign; /* a cookie came with what another page asks: it is not looked at */
};
struct credentials credentials_of(struct http_request *request);

/* Whether a page of our own asks, as the browser says; `is_browser`: whether a browser says anything at all. */
struct asking_page {
        bool is_browser;
        bool is_own;
};
/* Of the headers Sec-Fetch-Site, Origin and Host, each NULL where it is not there. Pure. */
struct asking_page asking_page_of(const char *fetch_site, const char *origin, const char *host);

/* False with *ret_refusal: another page's form or script asks. Security: for what is asked without credentials and
 * changes something all the same: signing in and out. */
bool credentials_admit_page(const struct http_request *request, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
