#include "services/gateway/links/conformity.h"

#include "common/base/attr.h"

const struct lacking conformity_lacking[] = {
        {"13.1",
         "La session se termine après douze heures, ou un temps sans activité, sans avertissement qui permette de "
         "la prolonger"},
        {"13.3", "Les documents imprimés (bilan de clause, convention, avenant) se téléchargent en PDF sans balises de "
                 "structure"},
};
const size_t conformity_lacking_count = ARRAY_SIZE(conformity_lacking);
const unsigned conformity_good = 68;

unsigned conformity_rate(void)
{
        return (unsigned)(100 * conformity_good / (conformity_good + conformity_lacking_count));
}
