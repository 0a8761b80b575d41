/* gateway.h: the running gateway: its HTTP server, its page, its sessions. Made by the hooks (hooks.h); everything here
 * is for the loop thread. */
#ifndef SERVICES_GATEWAY_FRONT_GATEWAY_H
#define SERVICES_GATEWAY_FRONT_GATEWAY_H

#include "common/codec/codes.h"
#include "common/service/service.h"
#include "services/gateway/visitors/session.h"
#include "services/gateway/settings.h"
#include "services/gateway/door/http.h"
#include "services/gateway/front/allowance.h"
#include "services/gateway/front/catch_up.h"
#include "services/gateway/front/pages.h"
#include "services/gateway/front/children.h"
#include "services/gateway/oidc/oidc.h"
#include "services/gateway/links/legal.h"
#include "services/gateway/links/links.h"
#include "services/gateway/passwords/hasher.h"
#include "services/gateway/passwords/weakness.h"
#include "services/gateway/stream/streams.h"

/* A key whose use accounts was told of a moment ago (key_use.h). */
enum { TOLD_USES = 256 };
struct told_use {
        struct id key;
        int64_t at_ms;
};

struct gateway {
        struct gateway_settings settings; /* first: gateway_settings_of() */
        const char *instance;
        struct service *service;
        struct sessions *sessions;
        struct pages *pages; /* NULL: no page has been built */
        struct http_server *http;
        struct allowances *allowances;
        struct allowances *strangers_allowances; /* by address */
        struct streams *streams;
        struct oidc *oidc; /* NULL: no identity provider is configured */
        struct links *links;
        struct legal *legal;
        struct arena arena; /* of what is read at the start */
        struct catch_ups *catch_ups;
        struct told_use told_uses[TOLD_USES];
        struct transfer *transfers;  /* files on their way (api_files.h) */
        struct hasher *hasher;       /* passwords being looked at */
        struct commonest *commonest; /* passwords that are refused; NULL: the list is not on this machine */
        struct children *tables;     /* files being read */
        struct children *prints;     /* documents being printed */
        struct code_lists codes; /* of dated lists, for the description; none where the rules are not on this machine */
        uint64_t requests;
        uint64_t timeouts;
        uint64_t strangers;
        uint64_t hurried; /* requests beyond an allowance */
};

struct service *gateway_service(struct gateway *gateway);
const struct pages *gateway_pages(const struct gateway *gateway);
/* Who comes so; NULL: nobody. Lives until the next call. */
const struct session *gateway_session(struct gateway *gateway, const struct arrival *arrival);
/* The same for who listens to a stream: nobody is counted as a stranger. */
const struct session *gateway_listener(void *gateway, const char *authorization);
bool gateway_stands(void *gateway, const char *authorization);
/* Whether it has taken in what accounts tells: before that it knows nobody, and whom it turns away may be at home. */
bool gateway_is_ready(struct gateway *gateway);
/* The number of the last event of accounts that it knows. As catch_ups_new() asks it. */
uint64_t gateway_knows_up_to(void *gateway);
/* Who renewed the token of this header with the command of this key, and asks for its answer again (session.h). */
const struct session *gateway_session_again(struct gateway *gateway, const char *authorization, const char *key);
/* 0, or the seconds that the account has to wait before its next request is taken. */
uint64_t gateway_wait_s(struct gateway *gateway, struct id account);
/* The same of a network that strangers come from. */
uint64_t gateway_stranger_wait_s(struct gateway *gateway, struct id network);
/* As links_options.when_known(). */
void gateway_when_known(void *gateway, uint64_t position, struct arena *arena, void (*then)(void *), void *argument);
void gateway_count_request(struct gateway *gateway);
void gateway_count_timeout(struct gateway *gateway);

#endif
