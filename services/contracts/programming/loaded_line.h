/* loaded_line.h: what a request of this room is about: a line of a programme, a contract, or neither (a what-if).
 * Reads rows; called by the handlers of the room. Everything returned lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_LOADED_LINE_H
#define SERVICES_CONTRACTS_PROGRAMMING_LOADED_LINE_H

#include "services/contracts/programming/duty.h"
#include "services/contracts/programming/programming_rows.h"

struct loaded_line {
        Contracts__ProgrammeLineRow *line;       /* NULL: a contract that comes from none, or neither */
        const Types__Id *contract_id;            /* NULL: a line without a contract, or neither */
        const Contracts__ContractRecord *record; /* of that contract */
        const Contracts__ContractFile *file;     /* likewise; may be NULL */
};

/* The one that is asked for, with the other where it has one; who asks may read it. Both absent: an empty subject.
 * False with *ret_refusal. */
bool loaded_line_find(const struct work *work, const Types__Id *line_id, const Types__Id *contract_id,
                      struct loaded_line *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* A line or a contract was named. False with INVALID_FIELD. */
bool loaded_line_is_told(const struct loaded_line *loaded, struct refusal *ret_refusal) ATTR_MUST_CHECK;
void loaded_line_of_contract(const struct work *work, const Types__Id *contract_id,
                             const Contracts__ContractRecord *record, const Contracts__ContractFile *file,
                             struct loaded_line *ret);

/* The check as of today, on what is known of it and over that what the request tells (NULL: nothing). */
Contracts__ObligationCheck *loaded_line_check(const struct work *work, const struct loaded_line *loaded,
                                              const Contracts__ObligationFacts *told);
const Contracts__Derogation *loaded_line_derogation(const struct loaded_line *loaded); /* NULL: none */

/* The department of a line: of its place, else of its buyer. "": not known. */
const char *line_territory(const struct work *work, const Contracts__ProgrammeLineRow *line);

#endif
