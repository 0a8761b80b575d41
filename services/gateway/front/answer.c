#include "services/gateway/front/answer.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "services/gateway/front/encoding.h"
#include "services/gateway/front/problem.h"

static void add_header(struct http_response *response, const char *name, const char *value)
{
        size_t count = 0;
        while (response->headers[count].name != NULL)
                require(++count < HTTP_ANSWER_HEADERS_MAX);
        response->headers[count] = (struct http_header){name, value};
}

static void squeeze(struct http_request *request, struct http_response *response)
{
        struct slice squeezed = {0};
        if (encoding_takes_gzip(http_header(request, "Accept-Encoding")))
                squeezed = encoding_gzip(response->body, ENCODING_LEVEL_NOW, http_arena(request));
        add_header(response, "Vary", "Accept-Encoding");
        if (squeezed.size == 0)
                return;
        response->body = squeezed;
        add_header(response, "Content-Encoding", "gzip");
}

/* Takes the reference of `json`. */
static struct http_response response_of(struct http_request *request, json_t *json, const struct http_header *more)
{
        struct http_response response = {
                .status = 200,
                .headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}},
        };
        char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
        require(text != NULL); /* what the mapping makes is always UTF-8: only memory can lack */
        for (size_t i = 0; more != NULL && i < ANSWER_MORE_MAX && more[i].name != NULL; i++)
                add_header(&response, more[i].name, more[i].value);
        response.body = slice_of_text(arena_printf(http_arena(request), "%s\n", text));
        free(text);
        json_decref(json);
        return response;
}

void answer_json(struct http_request *request, int status, json_t *json, const struct http_header *more)
{
        struct http_response response = response_of(request, json, more);
        response.status = status;
        http_answer(request, &response);
}

void answer_question(struct http_request *request, json_t *json, const struct http_header *more)
{
        struct http_response response = response_of(request, json, more);
        squeeze(request, &response);
        http_answer(request, &response);
}

void answer_problem(struct http_request *request, int status, const Types__Refusal *refusal,
                    const struct http_header *more)
{
        struct http_response response = response_of(request, problem_json(status, refusal), more);
        response.status = status;
        response.headers[0].value = HTTP_PROBLEM_TYPE;
        http_answer(request, &response);
}

void answer_refusal(struct http_request *request, int status, const struct refusal *refusal,
                    const struct http_header *more)
{
        answer_problem(request, status, refusal_to(http_arena(request), refusal), more);
}
