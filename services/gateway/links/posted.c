#include "services/gateway/links/posted.h"

#include <string.h>
#include <strings.h>

#include "services/gateway/links/sheet.h"

static bool is_form(const char *type)
{
        static const char form[] = "application/x-www-form-urlencoded";
        size_t size = sizeof(form) - 1;
        return type != NULL && strncasecmp(type, form, size) == 0 &&
               (type[size] == '\0' || strchr("; ", type[size]) != NULL);
}

bool posted_is_ours(const char *site, const char *origin, const char *host)
{
        if (site != NULL)
                return strcmp(site, "same-origin") == 0;
        if (origin == NULL || strcmp(origin, "null") == 0)
                return true;
        const char *authority = strstr(origin, "://");
        return authority != NULL && host != NULL && strcasecmp(authority + 3, host) == 0;
}

bool form_of_request(struct http_request *request, struct form *ret)
{
        if (!posted_is_ours(http_header(request, "Sec-Fetch-Site"), http_header(request, "Origin"),
                            http_header(request, "Host"))) {
                sheet_sorry(request, 403, "Ce formulaire ne vient pas de notre page : ouvrez de nouveau votre lien.");
                return false;
        }
        if (!is_form(http_header(request, "Content-Type")) ||
            !form_parse(http_body(request), http_arena(request), ret)) {
                sheet_sorry(request, 400, "Ce formulaire ne peut pas être lu : ouvrez de nouveau votre lien.");
                return false;
        }
        return true;
}
