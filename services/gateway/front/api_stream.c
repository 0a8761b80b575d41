#include "services/gateway/front/api_stream.h"

#include <string.h>

#include "common/base/require.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/scoped.h"

static bool refuse_position(const char *field, struct refusal *ret)
{
        return refuse(
                ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                "%s est le numéro du dernier événement reçu, tel que le flux l'a donné (« id ») : un nombre entier. "
                "Laissez-le vide pour suivre à partir de maintenant.",
                field);
}

static bool read_position(const char *text, const char *field, struct stream_wish *wish, struct refusal *ret_refusal)
{
        if (text == NULL || text[0] == '\0')
                return true;
        wish->resumes = true;
        return sse_position(text, &wish->after) || refuse_position(field, ret_refusal);
}

static bool read_parameter(const struct http_parameter *parameter, struct stream_wish *wish,
                           struct refusal *ret_refusal)
{
        if (strcmp(parameter->name, "after") == 0)
                return read_position(parameter->value, "after", wish, ret_refusal);
        if (strcmp(parameter->name, "boxes") == 0)
                return boxes_parse(parameter->value, &wish->boxes) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "boxes",
                              "boxes nomme les boîtes à suivre, séparées par des virgules : BOX_OWN, BOX_INBOX, "
                              "BOX_RECENT. Sans lui, toutes celles que vous pouvez lire.");
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, parameter->name,
                      "Un flux n'a pas de paramètre « %.60s » : il a « boxes » et « after ».", parameter->name);
}

/* What the browser says of where it was counts more than the address, which it repeats as it was at first. */
static bool read_wish(const struct visit *visit, struct stream_wish *wish, struct refusal *ret_refusal)
{
        const struct http_parameter *parameters;
        size_t count;
        if (!http_parameters(visit->request, &parameters, &count))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__MALFORMED, "",
                              "Les paramètres de l'adresse sont trop nombreux, ou contiennent le caractère nul.");
        for (size_t i = 0; i < count; i++)
                if (!read_parameter(&parameters[i], wish, ret_refusal))
                        return false;
        return read_position(http_header(visit->request, "Last-Event-ID"), "Last-Event-ID", wish, ret_refusal);
}

void api_stream(struct visit *visit)
{
        struct streams *streams = visit->gateway->streams;
        struct stream_wish wish = {.authorization = visit->authorization};
        struct catalogue_method told;
        struct refusal refusal;
        require(catalogue_method("notifications.NewNotices", &told));
        if (strcmp(http_method(visit->request), "HEAD") == 0) {
                const struct http_response head = {.status = 200,
                                                   .headers = {{"Content-Type", "text/event-stream; charset=utf-8"}}};
                http_answer(visit->request, &head);
                return;
        }
        /* Security: a program's key tells by a stream what it may ask. */
        if (!scoped_admit(visit, &told))
                return;
        if (!read_wish(visit, &wish, &refusal)) {
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
                return;
        }
        int status = streams_refusal(streams, id_of(visit->session->passport->account), &refusal);
        if (status != 0) {
                const struct http_header later[] = {{"Retry-After", "5"}, {NULL, NULL}};
                answer_refusal(visit->request, status, &refusal, later);
                return;
        }
        streams_add(streams, visit->request, visit->session, &wish);
}

void api_stream_refuse(void *context, struct http_request *request, const Types__Refusal *refusal, bool silent)
{
        struct gateway *gateway = context;
        struct refusal none;
        if (refusal != NULL) {
                answer_problem(request, problem_status(refusal->code), refusal, NULL);
                return;
        }
        if (silent)
                gateway_count_timeout(gateway);
        (void)refuse(&none, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "Le service ne répond pas : réessayez dans un instant.");
        answer_refusal(request, 504, &none, NULL);
}
