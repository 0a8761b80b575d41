/* rules.h: what deploy/rules/control.json says: models of plans, documents, dated rates. Pure. */
#ifndef SERVICES_CONTRACTS_CONTROL_RULES_H
#define SERVICES_CONTRACTS_CONTROL_RULES_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "contracts/control.pb-c.h"

/* Each may be NULL: there is none. "" is the first model. */
const Contracts__ControlModel *control_model(const Contracts__ControlRulesVersion *rules, const char *code);
const Contracts__ControlDocument *control_document(const Contracts__ControlRulesVersion *rules, const char *code);
const Contracts__ReferenceRate *control_rate(const Contracts__ControlRulesVersion *rules, const char *code);

/* The value on that day; the first one for a day before all. */
const Contracts__RateValue *control_rate_on(const Contracts__ReferenceRate *rate, struct day day);

#endif
