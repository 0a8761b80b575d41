#include "common/codec/scope.h"

#include <string.h>

#include "common/codec/catalogue.h"

static const char EVERY[] = "*", ACCOUNTS[] = "accounts";

/* Where the service's name ends; NULL: what follows it is no right. */
static const char *split(const char *scope, bool *ret_writes)
{
        const char *colon = strchr(scope, ':');
        if (colon == NULL || (strcmp(colon, ":read") != 0 && strcmp(colon, ":write") != 0))
                return NULL;
        *ret_writes = strcmp(colon, ":write") == 0;
        return colon;
}

static bool is_text(const char *from, const char *to, const char *text)
{
        return (size_t)(to - from) == strlen(text) && strncmp(from, text, (size_t)(to - from)) == 0;
}

bool scope_is_known(const char *scope)
{
        bool writes;
        const char *colon = split(scope, &writes);
        if (colon == NULL || is_text(scope, colon, ACCOUNTS))
                return false;
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                if (is_text(scope, colon, at->name))
                        return true;
        return is_text(scope, colon, EVERY);
}

bool scopes_allow(char *const *scopes, size_t count, const char *service, bool is_command)
{
        for (size_t i = 0; i < count; i++) {
                bool writes;
                const char *colon = split(scopes[i], &writes);
                if (colon == NULL || (is_command && !writes))
                        continue;
                if (is_text(scopes[i], colon, service) ||
                    (is_text(scopes[i], colon, EVERY) && strcmp(service, ACCOUNTS) != 0))
                        return true;
        }
        return count == 0;
}
