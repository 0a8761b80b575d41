/* decp_check.h: what a record lacks to be published as a valid element of the 2022 format (schema 2.0.4, the arrêtés of
 * 22 December 2022). Pure. Called by the export; nothing is invented: what is not known is told, field by field, in the
 * format's own names, with what to do. A missing truth value is "no": the record has no third state. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_DECP_CHECK_H
#define SERVICES_CONTRACTS_PUBLICATION_DECP_CHECK_H

#include "common/base/arena.h"
#include "contracts/publication.pb-c.h"

struct decp_problems {
        struct arena *arena;
        Contracts__FieldProblem **at;
        size_t count;
};

/* Appends to `to`. A private contract is never to be published: it is not for here. */
void decp_check(const Contracts__ContractRecord *record, struct decp_problems *to);

#endif
