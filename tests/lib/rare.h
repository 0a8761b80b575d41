/* rare.h: what plausible requests hardly ever come to, because each step rests on the one before: a contract declined,
 * one whose wording is handed over, one in consultation with questions in each state, a case that ends with a penalty,
 * an agreement that is paid, a framework agreement with orders and invoices, hours of a group waived, transferred and
 * done. In department 31, by those whose it is. */
#ifndef TESTS_LIB_RARE_H
#define TESTS_LIB_RARE_H

#include "tests/lib/insiders.h"

/* In the daemons of insiders.h, right after organisations_put(), on the day that daemons_open() makes it. Under private
 * contracts, or public ones. The pool learns the ids. What is refused ends the process. */
void rare_things(struct plausible *pool, bool are_private);

#endif
