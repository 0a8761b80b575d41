#include "services/gateway/links/conformity.h"

#include "common/base/attr.h"

const struct lacking conformity_lacking[] = {
        {"0.0", "à écrire"},
};
const size_t conformity_lacking_count = ARRAY_SIZE(conformity_lacking);
const unsigned conformity_good = 1;

unsigned conformity_rate(void)
{
        return (unsigned)(100 * conformity_good / (conformity_good + conformity_lacking_count));
}
