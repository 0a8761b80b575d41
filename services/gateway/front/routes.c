#include "services/gateway/front/routes.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/require.h"
#include "common/service/engine.h"
#include "common/service/service.h"
#include "services/gateway/door/addresses.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/api.h"
#include "services/gateway/front/api_demo.h"
#include "services/gateway/front/api_files.h"
#include "services/gateway/front/api_oidc.h"
#include "services/gateway/front/api_links.h"
#include "services/gateway/front/api_mail_links.h"
#include "services/gateway/front/api_sign_in.h"
#include "services/gateway/front/api_stream.h"
#include "services/gateway/front/api_table.h"
#include "services/gateway/front/credentials.h"
#include "services/gateway/front/key_use.h"
#include "services/gateway/front/origin.h"
#include "services/gateway/front/probes.h"
#include "services/gateway/front/site.h"

const struct route_row routes[] = {
        {"GET", "/v1/session", api_session, AUTH_TOKEN},
        {"POST", "/v1/sign-in", api_sign_in, AUTH_NONE},
        {"POST", "/v1/sign-in/link", api_sign_in_link, AUTH_NONE},
        {"POST", "/v1/sign-out", api_sign_out, AUTH_NONE},
        {"POST", "/v1/password", api_password, AUTH_TOKEN},
        {"GET", "/v1/demo", api_demo_roles, AUTH_NONE},
        {"POST", "/v1/demo/{role}", api_demo_enter, AUTH_NONE},
        {"GET", "/v1/openapi.json", api_description, AUTH_TOKEN},
        {"GET", "/v1/openapi/{service}/{Method}", api_description, AUTH_TOKEN},
        {"GET", "/v1/problems/{code}", problem_explain, AUTH_NONE},
        {"POST", GUARD_FILE_TARGET, api_table, AUTH_TOKEN, api_table_greet},
        {"PUT", GUARD_PIECES_PLACE "{service}/{Method}", api_file_put, AUTH_TOKEN, api_file_greet},
        {"GET", GUARD_PIECES_PLACE "{service}/{Method}", api_file_get, AUTH_TOKEN},
        {"GET", "/v1/stream", api_stream, AUTH_TOKEN},
        {"GET", "/v1/oidc", api_oidc_list, AUTH_NONE},
        {"POST", "/v1/oidc/code", api_oidc_code, AUTH_NONE},
        {"GET", "/v1/oidc/{provider}/start", api_oidc_start, AUTH_NONE},
        {"GET", "/v1/oidc/{provider}/callback", api_oidc_callback, AUTH_NONE},
        {"POST", "/v1/oidc/{provider}/bind", api_oidc_bind, AUTH_TOKEN},
        {"GET", "/v1/{service}/{Method}", api_by_address, AUTH_TOKEN},
        {"POST", "/v1/{service}/{Method}", api_by_body, AUTH_TOKEN},
        {"GET", "/l/renvoi", api_link_again, AUTH_NONE},
        {"POST", "/l/renvoi", api_link_again, AUTH_NONE},
        {"GET", "/l/{token}", api_link_show, AUTH_NONE},
        {"POST", "/l/{token}", api_link_act, AUTH_NONE},
        {"GET", "/e/{token}", api_mail_link, AUTH_NONE},
        {"POST", "/e/{token}", api_mail_link, AUTH_NONE},
        {"GET", "/a-propos/{page}", api_about, AUTH_NONE},
        {"GET", "/health", probes_health, AUTH_WATCHER},
        {"GET", "/metrics", probes_metrics, AUTH_WATCHER},
        {"GET", "/*", site_page, AUTH_NONE},
};
const size_t route_count = ARRAY_SIZE(routes);

static bool path_matches(const char *pattern, const char *path, struct arena *arena, const char *ret_segments[2])
{
        size_t found = 0;

        while (*pattern != '\0' && *pattern != '*') {
                if (*pattern != '{') {
                        if (*pattern++ != *path++)
                                return false;
                        continue;
                }
                size_t length = strcspn(path, "/");
                if (length == 0)
                        return false;
                ret_segments[found++] = arena_printf(arena, "%.*s", (int)length, path);
                path += length;
                pattern = strchr(pattern, '}') + 1;
        }
        return *pattern == '*' || *path == '\0';
}

const struct route_row *routes_find(const char *method, const char *path, struct arena *arena,
                                    const char *ret_segments[2], char ret_allowed[ROUTE_ALLOWED_SIZE])
{
        const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
        size_t used = 0;

        ret_allowed[0] = '\0';
        for (size_t i = 0; i < route_count; i++) {
                if (used > 0 && strcmp(routes[i].path, "/*") == 0)
                        break; /* a path of its own is not a file too */
                if (!path_matches(routes[i].path, path, arena, ret_segments))
                        continue;
                if (strcmp(routes[i].method, wanted) == 0)
                        return &routes[i];
                used += (size_t)snprintf(ret_allowed + used, ROUTE_ALLOWED_SIZE - used, "%s%s", used > 0 ? ", " : "",
                                         routes[i].method);
        }
        return NULL;
}

/* --- who comes -----------------------------------------------------------------------------------------------------
 */

static uint64_t stranger_wait_s(const struct visit *visit)
{
        struct id network;
        return http_client(visit->request, &network) ? gateway_stranger_wait_s(visit->gateway, network) : 0;
}

/* Of an account; of who has none, by where he comes from. */
static bool is_within_allowance(const struct visit *visit)
{
        struct refusal refusal;
        uint64_t wait_s = visit->session == NULL
                                  ? stranger_wait_s(visit)
                                  : gateway_wait_s(visit->gateway, id_of(visit->session->passport->account));
        if (wait_s == 0)
                return true;
        const struct http_header later[] = {
                {"Retry-After", arena_printf(http_arena(visit->request), "%" PRIu64, wait_s)}, {NULL, NULL}};
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "%s a fait trop de demandes à la fois : réessayez dans %s s.",
                     visit->session == NULL ? "Votre adresse" : "Ce compte", later[0].value);
        answer_refusal(visit->request, 429, &refusal, later);
        return false;
}

static void refuse_stranger(struct gateway *gateway, struct http_request *request)
{
        static const struct http_header challenge[] = {{"WWW-Authenticate", "Bearer realm=\"guichet\""}, {NULL, NULL}};
        static const struct http_header later[] = {{"Retry-After", "2"}, {NULL, NULL}};
        struct refusal refusal;
        if (!gateway_is_ready(gateway)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                             "Cette passerelle n'a pas encore reçu la liste des comptes : réessayez dans un instant.");
                answer_refusal(request, problem_status(refusal.code), &refusal, later);
                return;
        }
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED, "",
                     "Vous n'êtes pas connecté : connectez-vous. D'un programme, le jeton manque, n'est pas reconnu, a "
                     "expiré ou a été révoqué : demandez-en un à l'exploitant du réseau.");
        answer_refusal(request, problem_status(refusal.code), &refusal, challenge);
}

/* Security: what another page asks through somebody's browser comes with her cookie too. */
static void refuse_foreign(struct http_request *request)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                     "Cette demande ne vient pas d'une page de ce site : un programme montre un jeton (Authorization), "
                     "et non le cookie d'une session.");
        answer_refusal(request, problem_status(refusal.code), &refusal, NULL);
}

static bool watches(const struct session *session)
{
        const Types__Role role = session->passport->role;
        return role == TYPES__ROLE__OPERATOR || role == TYPES__ROLE__AUDITOR || role == TYPES__ROLE__FACILITATOR;
}

static bool renews_token(const struct visit *visit)
{
        return strcmp(http_method(visit->request), "POST") == 0 && visit->segments[0] != NULL &&
               visit->segments[1] != NULL && strcmp(visit->segments[0], "accounts") == 0 &&
               strcmp(visit->segments[1], "RenewToken") == 0;
}

/* Security: an answer that was lost after the commit left its asker with the token before: it is good for that same
 * command, by its key, and for nothing else. */
static const struct session *session_of(const struct visit *visit)
{
        const struct session *session = NULL;
        if (renews_token(visit))
                session = gateway_session_again(visit->gateway, visit->authorization,
                                                http_header(visit->request, "Idempotency-Key"));
        if (session != NULL)
                return session;
        char place[ADDRESSES_TEXT_SIZE] = "";
        struct id network;
        if (http_client(visit->request, &network))
                addresses_text(network, place);
        return gateway_session(visit->gateway, &(struct arrival){visit->authorization, place});
}

/* Security: everything but the page's files asks for a token; health and metrics do from elsewhere, and where a page
 * of elsewhere asks through somebody's browser on this machine (its Host). */
static bool admit(struct visit *visit, enum route_auth auth)
{
        struct refusal refusal;
        if (auth == AUTH_NONE || (auth == AUTH_WATCHER && http_is_from_loopback(visit->request)))
                return true;
        const struct credentials credentials = credentials_of(visit->request);
        visit->authorization = credentials.authorization;
        if (credentials.is_foreign) {
                refuse_foreign(visit->request);
                return false;
        }
        visit->session = session_of(visit);
        if (visit->session == NULL) {
                if (is_within_allowance(visit))
                        refuse_stranger(visit->gateway, visit->request);
                return false;
        }
        if (auth == AUTH_WATCHER && !watches(visit->session)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                             "L'état du réseau n'est montré qu'aux facilitateurs, auditeurs et exploitants.");
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
                return false;
        }
        return true;
}

static void refuse_route(struct http_request *request, const char *allowed)
{
        struct refusal refusal;
        if (allowed[0] == '\0') {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "", "Il n'y a rien à l'adresse « %.120s ».",
                             http_path(request));
                answer_refusal(request, 404, &refusal, NULL);
                return;
        }
        struct http_header allow[] = {{"Allow", allowed}, {NULL, NULL}};
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "",
                     "« %.16s » n'est pas possible à cette adresse ; ce qui l'est : %s.", http_method(request),
                     allowed);
        answer_refusal(request, 405, &refusal, allow);
}

/* Finds the row and admits the visitor; NULL once it has been refused. */
static const struct route_row *enter(struct visit *visit)
{
        char allowed[ROUTE_ALLOWED_SIZE];
        struct http_request *request = visit->request;
        const struct route_row *row =
                routes_find(http_method(request), http_path(request), http_arena(request), visit->segments, allowed);

        if (row == NULL) {
                refuse_route(request, allowed);
                return NULL;
        }
        return admit(visit, row->auth) ? row : NULL;
}

void routes_greet(void *gateway, struct http_request *request)
{
        struct visit visit = {.gateway = gateway, .request = request};
        const struct route_row *row = origin_admit(&visit) ? NULL : enter(&visit);
        if (row == NULL)
                gateway_count_request(gateway); /* it ends here */
        else if (row->greet != NULL)
                row->greet(&visit);
}

void routes_handle(void *gateway, struct http_request *request)
{
        struct visit visit = {.gateway = gateway, .request = request};
        const struct guard_flaw *flaw = http_flaw(request);
        struct refusal refusal;

        gateway_count_request(gateway);
        if (flaw != NULL) {
                bool too_large = flaw->status == 413 || flaw->status == 414 || flaw->status == 431;
                (void)refuse(&refusal, too_large ? TYPES__REFUSAL_CODE__TOO_LARGE : TYPES__REFUSAL_CODE__MALFORMED, "",
                             "%s", flaw->text);
                answer_refusal(request, flaw->status, &refusal, NULL);
                return;
        }
        const struct route_row *row = origin_admit(&visit) ? NULL : enter(&visit);
        if (row == NULL || !is_within_allowance(&visit))
                return;
        if (visit.session != NULL)
                key_use_note(visit.gateway, visit.session);
        row->handle(&visit);
}
