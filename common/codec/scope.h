/* scope.h: what a program's key may ask, in its holder's name: "contracts:read", or "contracts:write", which reads too.
 * "*" is every service but accounts: no key makes keys. Pure. */
#ifndef COMMON_CODEC_SCOPE_H
#define COMMON_CODEC_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

struct catalogue_method; /* catalogue.h */

/* What a session may do whose role demands a second factor that is not set up yet: that, and nothing else. */
#define SCOPE_ENROL "enrol"

/* The text of one: whether there is such a scope to ask for. */
bool scope_is_known(const char *scope);

/* Whether one of them allows that method: a command, or a question. None at all allows everything: the key of a person.
 */
bool scopes_allow(char *const *scopes, size_t count, const struct catalogue_method *method);

#endif
