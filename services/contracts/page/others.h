/* others.h: what others had decided. Whoever changes a clause, an obligation, a penalty… that another account decided
 * on records beside it who is to be told, of what, and what stood before and stands after, in the words of the history:
 * ChangedByAnother, which notifications puts into the boxes of those accounts. Called by the runtime for every row of
 * versions.c, in the transaction of the command, after the change was applied.
 *
 * The event is published, so it says nothing that is sealed: it is told as an auditor would read it. And it says who
 * may read the thing (buyers, companies, facilitators of its territories alone): who is told may have lost that right
 * since, and notifications, which asks again when the notice is read, shows her then that something changed, and no
 * more. */
#ifndef SERVICES_CONTRACTS_PAGE_OTHERS_H
#define SERVICES_CONTRACTS_PAGE_OTHERS_H

#include "common/service/versions.h"
#include "common/service/work.h"
#include "services/contracts/page/events.h"
#include "services/contracts/record/telling.h"

enum { OTHERS_TEXT_MAX = 400 }; /* of what is quoted, in bytes */

void contracts_tell_others(struct work *work, const struct version_change *change);

/* The event in the table of events. */

#endif
