/* statement_text.h: the statement of a contract as a page to print: hours, persons, ways of working. Numbers alone: who
 * the persons are, nobody here knows. */
#ifndef SERVICES_REPORTING_QUERIES_STATEMENT_TEXT_H
#define SERVICES_REPORTING_QUERIES_STATEMENT_TEXT_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "reporting/queries.pb-c.h"

char *statement_text(const Reporting__ContractStatementReply *reply, struct day today, struct arena *arena);

#endif
