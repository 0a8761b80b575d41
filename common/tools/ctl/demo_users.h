/* demo_users.h: one account for each role of the demo region, with its token in tokens.json (mode 0600):
 * {"FACILITATOR": {"name": …, "token": …, "url": …}}. For demo. Failures are told on standard error. */
#ifndef COMMON_TOOLS_CTL_DEMO_USERS_H
#define COMMON_TOOLS_CTL_DEMO_USERS_H

#include "common/tools/ctl/demo_plan.h"
#include "common/tools/ctl/session.h"

/* Tokens that the file has already are kept, and no account is made twice. */
bool demo_users_create(struct session *session, const struct demo_plan *plan, const char *directory,
                       int64_t started_ms) ATTR_MUST_CHECK;

#endif
