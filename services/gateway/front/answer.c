#include "services/gateway/front/answer.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "common/codec/json.h"

int answer_status(Types__RefusalCode code)
{
        static const struct {
                Types__RefusalCode code;
                int status;
        } rows[] = {
                {TYPES__REFUSAL_CODE__MALFORMED, 400},
                {TYPES__REFUSAL_CODE__UNKNOWN_METHOD, 404},
                {TYPES__REFUSAL_CODE__NOT_AUTHENTICATED, 401},
                {TYPES__REFUSAL_CODE__NOT_ALLOWED, 403},
                {TYPES__REFUSAL_CODE__INVALID_FIELD, 400},
                {TYPES__REFUSAL_CODE__NOT_FOUND, 404},
                {TYPES__REFUSAL_CODE__ALREADY_EXISTS, 409},
                {TYPES__REFUSAL_CODE__WRONG_STATE, 409},
                {TYPES__REFUSAL_CODE__NOT_ELIGIBLE, 409},
                {TYPES__REFUSAL_CODE__KEY_REUSED, 409},
                {TYPES__REFUSAL_CODE__UNAVAILABLE, 503},
                {TYPES__REFUSAL_CODE__TOO_LARGE, 413},
                {TYPES__REFUSAL_CODE__MOVED, 503},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (rows[i].code == code)
                        return rows[i].status;
        return 500; /* a daemon of a later version says no for a reason without a name here */
}

void answer_json(struct http_request *request, int status, json_t *json, const struct http_header *more)
{
        struct http_response response = {
                .status = status,
                .headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}},
        };
        char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
        require(text != NULL); /* what the mapping makes is always UTF-8: only memory can lack */
        for (size_t i = 0; more != NULL && i < 2 && more[i].name != NULL; i++)
                response.headers[2 + i] = more[i];
        response.body = slice_of_text(arena_printf(http_arena(request), "%s\n", text));
        free(text);
        json_decref(json);
        http_answer(request, &response);
}

void answer_refusal(struct http_request *request, int status, const struct refusal *refusal,
                    const struct http_header *more)
{
        const Types__Refusal *message = refusal_to(http_arena(request), refusal);
        answer_json(request, status, json_pack("{s:o}", "refusal", json_of_message(&message->base)), more);
}
