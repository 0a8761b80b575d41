#include "services/gateway/front/origin.h"

#include <string.h>

#include "services/gateway/front/visit.h"

bool origin_is_in(const char *list, const char *origin)
{
        size_t size = origin == NULL ? 0 : strlen(origin);
        for (const char *at = list; size > 0 && *at != '\0';) {
                at += strspn(at, " ");
                size_t length = strcspn(at, " ");
                if (length == size && memcmp(at, origin, size) == 0)
                        return true;
                at += length;
        }
        return false;
}

bool origin_admit(const struct visit *visit)
{
        struct http_request *request = visit->request;
        const char *origin = http_header(request, "Origin");
        if (!origin_is_in(gateway_settings_of(visit->gateway)->origins, origin))
                return false;
        http_allow_origin(request, arena_text(http_arena(request), origin));
        if (strcmp(http_method(request), "OPTIONS") != 0 ||
            http_header(request, "Access-Control-Request-Method") == NULL)
                return false;
        const struct http_response allowed = {
                .status = 204,
                .headers = {{"Access-Control-Allow-Methods", "GET, POST, PUT"},
                            {"Access-Control-Allow-Headers",
                             "Authorization, Content-Type, Content-Range, Idempotency-Key, If-Match, "
                             "If-None-Match, If-Range, Last-Event-ID, Range"},
                            {"Access-Control-Max-Age", "600"}},
        };
        http_answer(request, &allowed);
        return true;
}
