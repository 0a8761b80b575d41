/* consolidation.h: the figures of a year and a territory, all contracts together, as they are told. */
#ifndef SERVICES_REPORTING_QUERIES_CONSOLIDATION_H
#define SERVICES_REPORTING_QUERIES_CONSOLIDATION_H

#include "common/service/work.h"
#include "reporting/queries.pb-c.h"

Reporting__ConsolidationReply *consolidation_reply(struct work *work, const Reporting__ConsolidationRequest *request);

#endif
