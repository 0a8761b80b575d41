#include "services/contracts/control/rules.h"

#include <string.h>

#include "common/codec/types.h"

const Contracts__ControlModel *control_model(const Contracts__ControlRulesVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_models; i++)
                if (*code == '\0' || strcmp(rules->models[i]->code, code) == 0)
                        return rules->models[i];
        return NULL;
}

const Contracts__ControlDocument *control_document(const Contracts__ControlRulesVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_documents; i++)
                if (strcmp(rules->documents[i]->code, code) == 0)
                        return rules->documents[i];
        return NULL;
}

const Contracts__ReferenceRate *control_rate(const Contracts__ControlRulesVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_rates; i++)
                if (strcmp(rules->rates[i]->code, code) == 0)
                        return rules->rates[i];
        return NULL;
}

const Contracts__RateValue *control_rate_on(const Contracts__ReferenceRate *rate, struct day day)
{
        const Contracts__RateValue *chosen = rate->values[0];
        for (size_t i = 1; i < rate->n_values; i++)
                if (day_number(day_of(rate->values[i]->from)) <= day_number(day))
                        chosen = rate->values[i];
        return chosen;
}
