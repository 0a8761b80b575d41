#include "common/codec/scope.h"

#include <string.h>

#include "common/base/attr.h"
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

static bool enrols(const struct catalogue_method *method)
{
        static const char *const names[] = {"BeginSecondFactor", "ConfirmSecondFactor", "OwnAccess", "SignOut"};
        bool found = false;
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                found |= strcmp(method->method->name, names[i]) == 0;
        return found && strcmp(method->service->name, ACCOUNTS) == 0;
}

static bool scope_allows(const char *scope, const struct catalogue_method *method)
{
        const char *service = method->service->name;
        bool writes;
        const char *colon = split(scope, &writes);
        if (strcmp(scope, SCOPE_ENROL) == 0)
                return enrols(method);
        if (colon == NULL || (method->is_command && !writes))
                return false;
        return is_text(scope, colon, service) || (is_text(scope, colon, EVERY) && strcmp(service, ACCOUNTS) != 0);
}

bool scopes_allow(char *const *scopes, size_t count, const struct catalogue_method *method)
{
        for (size_t i = 0; i < count; i++)
                if (scope_allows(scopes[i], method))
                        return true;
        return count == 0;
}
