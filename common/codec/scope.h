/* scope.h: what a program's key may ask, in its holder's name: "contracts:read", or "contracts:write", which reads too.
 * "*" is every service but accounts: no key makes keys. Pure. */
#ifndef COMMON_CODEC_SCOPE_H
#define COMMON_CODEC_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

/* The text of one: whether there is such a scope. */
bool scope_is_known(const char *scope);

/* Whether one of them allows that service's commands, or its questions. None at all allows everything: the key of a
 * person. */
bool scopes_allow(char *const *scopes, size_t count, const char *service, bool is_command);

#endif
