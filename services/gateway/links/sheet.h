/* sheet.h: the pages of links, in French, without a script: what is at stake, what is asked, who acts, "it is not
 * me". */
#ifndef SERVICES_GATEWAY_LINKS_SHEET_H
#define SERVICES_GATEWAY_LINKS_SHEET_H

#include "services/gateway/links/held.h"

/* Each answers the request. */
void sheet_form(const struct held *held);
void sheet_used(struct http_request *request, const struct link_page *page, const char *what, int64_t at_ms);
/* A link that opens nothing, whatever the reason: nobody learns whether it ever did. */
void sheet_closed(struct http_request *request);
void sheet_disowned(struct http_request *request);
/* Nothing was done, and why; what to do now. */
void sheet_sorry(struct http_request *request, int status, const char *text);
void sheet_again(struct http_request *request, const char *wrong); /* "send me my link again"; NULL: nothing is wrong */
void sheet_again_done(struct http_request *request);
void sheet_away(struct http_request *request, const char *address); /* come back by GET */

#endif
