/* held.h: one visit by a link: what the link is, what was found out so far, and what is wrong with what was typed.
 * Lives in the request's arena. For flow.c, which fills it in, and sheet.c, which shows it. */
#ifndef SERVICES_GATEWAY_LINKS_HELD_H
#define SERVICES_GATEWAY_LINKS_HELD_H

#include "common/codec/codes.h"
#include "common/codec/refusal.h"
#include "gateway/state.pb-c.h"
#include "services/gateway/door/http.h"
#include "services/gateway/links/form.h"
#include "services/gateway/links/frame.h"
#include "services/gateway/links/purposes.h"

/* What a form says of itself, besides what frame.h has. */
#define FORM_SEEN "lu"

struct links;

struct held {
        struct links *links;
        struct http_request *request;
        struct arena *arena;
        const char *address; /* of this page: for the browser that comes back to it */
        const Gateway__LinkCopy *copy;
        const struct link_purpose *purpose;
        const struct link_page *page;
        struct slice passport;
        struct slice makers_passport;   /* for what its maker may see there; none: her reach is not asked */
        bool as_maker;                  /* that is being asked now */
        const char *organisation;       /* its name; NULL: the directory did not say */
        const ProtobufCMessage *thing;  /* what the question answered of the object */
        uint64_t seen;                  /* its version */
        unsigned pages;                 /* of a list that were looked through for it */
        const ProtobufCMessage *choice; /* the list that one is chosen from; NULL: nothing is, or not asked yet */
        const struct code_lists *codes;
        struct day today;
        /* of a form that came in */
        struct form form;
        bool is_disowning;
        ProtobufCMessage *command;
        struct refusal wrong; /* text "": nothing is; field as in purposes.h, FORM_NUMBER, or "" */
};

#endif
