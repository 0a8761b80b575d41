/* line_view.h: a line of a programme as queries show it, with its check as of today, and its assessment where it is
 * asked for. In the work's arena. Called by the queries of the room and by the page of facts. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_LINE_VIEW_H
#define SERVICES_CONTRACTS_PROGRAMMING_LINE_VIEW_H

#include "services/contracts/programming/programming_rows.h"

Contracts__ProgrammeLineView *line_view(const struct work *work, Contracts__ProgrammeLineRow *row, bool assessed);

/* How well each lever fits the line, as of today. */
Contracts__LineAssessment *line_assess(const struct work *work, const Contracts__ProgrammeLineRow *row,
                                       const Contracts__ObligationCheck *check);

#endif
