/* links.h: what a gateway does for who holds a link instead of an account. GET shows, POST acts, nothing else does;
 * what a link opens is one command on one object (common/codec/link_purpose.h), by a passport in the link's role and
 * organisation that this gateway signs. No page has a script. For the loop thread.
 *
 * A POST: the form is read; the daemon is asked for the object as it is; what was typed is checked; accounts is told
 * that the link is about to be used, and gives the key that the act has whoever comes with it, so that it is done once;
 * the act; accounts is told what was done. Nothing is done while accounts is silent. */
#ifndef SERVICES_GATEWAY_LINKS_LINKS_H
#define SERVICES_GATEWAY_LINKS_LINKS_H

#include "common/codec/codes.h"
#include "common/service/service.h"
#include "services/gateway/door/http.h"

struct links;

struct links_options {
        struct service *service;
        const struct code_lists *codes;
        uint32_t query_timeout_ms, command_timeout_ms;
        /* Calls `then` when this gateway's copies know accounts' event of that number, or after a moment. */
        void (*when_known)(void *argument, uint64_t position, struct arena *arena, void (*then)(void *), void *its);
        void *argument;
};
struct links *links_open(const struct links_options *options);
void links_close(struct links *links); /* accepts NULL */

void links_show(struct links *links, struct http_request *request, const char *token);
void links_act(struct links *links, struct http_request *request, const char *token);
/* "Send me my link again" (again.h). */
void links_ask_again(struct links *links, struct http_request *request);
/* A link to sign in by goes to that address, if it is an account's. False: too many are asked for from there. */
bool links_ask_sign_in(struct links *links, struct http_request *request, const char *email);

#endif
