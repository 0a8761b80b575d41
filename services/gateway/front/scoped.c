#include "services/gateway/front/scoped.h"

#include <string.h>

#include "common/codec/scope.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/problem.h"

bool scoped_admit(const struct visit *visit, const struct catalogue_method *method)
{
        const struct session *session = visit->session;
        struct refusal refusal;
        if (scopes_allow(session->scopes, session->scope_count, method))
                return true;
        if (strcmp(session->scopes[0], SCOPE_ENROL) == 0)
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                             "Votre rôle demande un second facteur : mettez-le en place, et le reste s'ouvrira.");
        else
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                             "Cette clé de programme n'a pas la portée « %.40s:%s » : faites-en une qui l'a.",
                             method->service->name, method->is_command ? "write" : "read");
        answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
        return false;
}
