/* need_content.h: what DeclareNeed and AmendNeed have in common: the content of a need, checked, and the event's body
 * made of it. Called by these two. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEED_CONTENT_H
#define SERVICES_CONTRACTS_NEEDS_NEED_CONTENT_H

#include "services/contracts/needs/needs_rows.h"

struct need_said {
        const Contracts__DeclareNeed *need;
        const Contracts__ObligationRecorded *obligation;
        const Contracts__NeedDeclared *former; /* NULL: declared for the first time. A start that it had may be past */
};

/* The need as it will be told, without its id. False with *ret_refusal: INVALID_FIELD, NOT_ALLOWED (a commune that is
 * not in the facilitator's territories). */
bool need_content(const struct work *work, const struct need_said *what, Contracts__NeedDeclared **ret,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
