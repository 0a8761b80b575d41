/* role_users.h: one account for each role, with its token in tokens.json (mode 0600) of the run directory:
 * {"FACILITATOR": {"name": …, "token": …, "url": …}}. For demo and journey, so that the page can be looked at from
 * every side. Failures are told on standard error. */
#ifndef SERVICES_CTL_ROLE_USERS_H
#define SERVICES_CTL_ROLE_USERS_H

#include "services/ctl/session.h"

/* Who the accounts that speak for an organisation speak for. */
struct role_organisations {
        struct id buyer, company, structure, prescriber;
        const char *prescriber_territory;
};

/* Tokens that the file has already are kept. The others are made, wherever an earlier try was cut. */
bool role_users_create(struct session *session, const char *directory,
                       const struct role_organisations *organisations) ATTR_MUST_CHECK;
/* Is there a tokens.json? */
bool role_users_exist(const char *directory);

#endif
