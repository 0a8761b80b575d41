/* link.h: the rules of links: when one opens something, and to whom. Pure. */
#ifndef SERVICES_ACCOUNTS_LINKS_LINK_H
#define SERVICES_ACCOUNTS_LINKS_LINK_H

#include "accounts/links.pb-c.h"
#include "common/codec/passport.h"
#include "common/codec/refusal.h"

enum { LINK_DAYS_DEFAULT = 30, LINK_WHAT_BYTES_MAX = 400 };

Accounts__LinkState link_state(const Accounts__LinkRow *row, int64_t now_ms);
int64_t link_end_ms(uint32_t days, int64_t now_ms);

/* What must hold of a link that is asked for; *ret_role: that it acts in. */
bool link_check(const Accounts__MakeLink *command, const Wire__Passport *maker, Types__Role *ret_role,
                struct refusal *ret);
/* Whether it was this link that opened the gateway's door to who acts: the same role, organisation and territory. */
bool link_is_actor(const Accounts__Link *link, const Wire__Passport *actor);
/* A key that daemons may have forgotten by now is no longer the act's: what it had done was told long ago. */
bool link_key_is_remembered(struct id act_key, int64_t now_ms);

#endif
