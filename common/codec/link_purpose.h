/* link_purpose.h: what each purpose of a link is good for: one command, on one object, in one role. Called by accounts,
 * which makes links, and by gateways, which let them in; both must agree, and a purpose that has no row here opens
 * nothing. */
#ifndef COMMON_CODEC_LINK_PURPOSE_H
#define COMMON_CODEC_LINK_PURPOSE_H

#include "accounts/links.pb-c.h"

struct link_purpose {
        Accounts__LinkPurpose purpose;
        uint32_t roles;  /* bits of types.Role: that a link of it acts in */
        uint32_t makers; /* who may make one. Security: who could do the act herself, or gives accounts of that role */
        const char *method;  /* "tracking.SubmitHours" */
        const char *object;  /* field of the method that is the link's object */
        const char *month;   /* and its month; NULL: it is about none */
        const char *seen_at; /* of the answer that shows the object: the version that was read; NULL: it takes none */
};

/* NULL: there is none. */
const struct link_purpose *link_purpose(Accounts__LinkPurpose purpose);
/* In their order; NULL behind the last. */
const struct link_purpose *link_purpose_at(size_t place);
/* The role that a link of that purpose has where `asked` is ROLE_NONE, or `asked` where it may; else ROLE_NONE. */
Types__Role link_role(const struct link_purpose *purpose, Types__Role asked);

#endif
