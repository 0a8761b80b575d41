/* line_contact.h: the person whom a buyer names for a line of its programme: sealed with a key of its own, which is
 * destroyed when a batch is taken back that named it, and when the line is changed once more after another took its
 * place: until then that change can be taken back, and the name with it. Called by the handlers of the room. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_LINE_CONTACT_H
#define SERVICES_CONTRACTS_PROGRAMMING_LINE_CONTACT_H

#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/record/contact.h"

/* "": there is none, or its key is gone. */
char *line_contact(const struct work *work, const Contracts__ProgrammeLineRow *row);

struct line_contact {
        Types__Id *id; /* NULL: there is none */
        struct slice sealed;
};
/* A name with a new key; "" has none. False with *ret_refusal: UNAVAILABLE. */
bool line_contact_seal(struct work *work, char *name, struct line_contact *ret,
                       struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The one that stands, to be told again. A name of before, in clear, gets a key. */
bool line_contact_again(struct work *work, const Contracts__ProgrammeLineRow *row, struct line_contact *ret,
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* A batch changes the line: what stood there before what stands now cannot be asked for any more. */
void line_contact_forget_before(struct work *work, const Contracts__ProgrammeLineRow *row);
/* A batch is taken back: what stands now goes, unless it stood there before. */
void line_contact_forget(struct work *work, const Contracts__ProgrammeLineRow *row);

#endif
