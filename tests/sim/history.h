/* history.h: what may happen to a person's months and to an invoice, drawn from the seed: stated, copied, sent back,
 * imported and taken back, vouched for, corrected, split over two clauses and split anew, ended early, the end set
 * right or taken back, other terms, restricted, erased; days told late; an invoice recorded, set right into another
 * month, cancelled, recorded anew. Each step is one that the rules grant; what must count in the end is kept in plain
 * arrays beside (`struct model`), by rules of their own. */
#ifndef TESTS_SIM_HISTORY_H
#define TESTS_SIM_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

enum {
        HISTORY_MONTHS = 6, /* January to June 2026 */
        HISTORY_STEPS = 36,
        PLACEMENTS = 2, /* of a person whose work contract is on two clauses */
        NOTHING_STATED = -1,
};

struct model {                             /* of a placement */
        int64_t stated[HISTORY_MONTHS];    /* hundredths; NOTHING_STATED */
        int64_t validated[HISTORY_MONTHS]; /* the same; what counts */
        int64_t part[HISTORY_MONTHS];      /* of a month that is split: no figure is higher */
        bool returned[HISTORY_MONTHS];
        bool to_check[HISTORY_MONTHS];
        int last_month;   /* in which it ended; HISTORY_MONTHS: it goes on */
        bool ended_early; /* on the third of that month; else on its last day */
        bool by_terms;    /* no end was told: the contract was set right, and has one */
        int amended_on;   /* a day; 0: never */
        int64_t weekly_hundredths;
};

struct sim;
struct journey;
void history_of_person(struct sim *sim, struct journey *journey);
void history_of_invoice(struct sim *sim, struct journey *journey);
int64_t history_counts(const struct model *model); /* all months of it */

#endif
