#include "services/gateway/front/api_demo.h"

#include <jansson.h>

#include "common/base/require.h"
#include "services/gateway/door/cookie.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/credentials.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/visit.h"

/* {"FACILITATOR": {"token": "…"}, …}, read anew each time: the region is loaded when the gateway runs already. NULL:
 * there is none. Security: for who sits at this machine. */
static json_t *tokens_of(const struct visit *visit)
{
        const char *path = gateway_settings_of(visit->gateway)->demo_sign_ins;
        const bool is_offered = path[0] != '\0' && http_is_from_loopback(visit->request);
        json_t *tokens = is_offered ? json_load_file(path, JSON_REJECT_DUPLICATES, NULL) : NULL;
        if (!json_is_object(tokens)) {
                json_decref(tokens);
                return NULL;
        }
        return tokens;
}

void api_demo_roles(struct visit *visit)
{
        json_t *tokens = tokens_of(visit), *roles = json_array(), *entry;
        const char *role;
        json_object_foreach (tokens, role, entry)
                require(json_array_append_new(roles, json_string(role)) == 0);
        answer_json(visit->request, 200, json_pack("{s:o}", "roles", roles), NULL);
        json_decref(tokens);
}

void api_demo_enter(struct visit *visit)
{
        json_t *tokens = tokens_of(visit);
        const char *token = json_string_value(json_object_get(json_object_get(tokens, visit->segments[0]), "token"));
        struct refusal refusal;
        if (credentials_admit_page(visit->request, &refusal) &&
            (token != NULL ||
             refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "", "Aucune entrée de démonstration n'a ce nom."))) {
                const struct http_response entered = {
                        .status = 204,
                        .headers = {{"Set-Cookie", cookie_kept(COOKIE_SESSION, token, 0, http_arena(visit->request))},
                                    {"Cache-Control", "no-store"}},
                };
                http_answer(visit->request, &entered);
        } else {
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
        }
        json_decref(tokens);
}
