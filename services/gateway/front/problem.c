#include "services/gateway/front/problem.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/problem_kinds.h"
#include "common/codec/refusal.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/visit.h"

int problem_status(Types__RefusalCode code)
{
        return problem_kind_of(code)->status;
}

static json_t *described(const struct problem_kind *kind, int status)
{
        json_t *json = json_pack("{s:s+, s:s, s:i}", "type", PROBLEM_ADDRESS, kind->name, "title", kind->title,
                                 "status", status);
        require(json != NULL);
        return json;
}

json_t *problem_json(int status, const Types__Refusal *told)
{
        const struct problem_kind *kind = problem_kind_of(told->code);
        json_t *json = described(kind, status);
        require(json_object_set_new(json, "detail", json_string(told->text)) == 0);
        require(json_object_set_new(json, "code", json_string(kind->name)) == 0);
        if (told->field[0] != '\0')
                require(json_object_set_new(json, "field", json_string(told->field)) == 0);
        return json;
}

void problem_explain(struct visit *visit)
{
        struct refusal refusal;
        for (const struct problem_kind *kind = problem_kinds; kind->name != NULL; kind++) {
                if (strcmp(kind->name, visit->segments[0]) != 0)
                        continue;
                json_t *json = described(kind, kind->status);
                require(json_object_set_new(json, "remedy", json_string(kind->remedy)) == 0);
                answer_json(visit->request, 200, json, NULL);
                return;
        }
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "", "Il n'y a pas de problème « %.60s ».",
                     visit->segments[0]);
        answer_refusal(visit->request, 404, &refusal, NULL);
}
