/* grid.h: the grid by which insertion offers are appraised, the marks of two readers, what they agree on and the
 * result. Pure. Called by the commands and queries of the appraisal. Marks are plain numbers from 0 to the grid's
 * scale. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_GRID_H
#define SERVICES_CONTRACTS_CONSULTATION_GRID_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/consultation.pb-c.h"

/* Bounds that keep a whole appraisal within one reply. */
enum {
        GRID_READERS = 2,
        OFFERS_MAX = 30, /* of one lot */
};

/* Sub-criteria numbered 1.. without hole, their weights 100 % in all; a scale; two different readers. */
bool grid_check(const Contracts__PutAppraisalGrid *command, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Once an offer is recorded: the same grid, and no reader gone who has marked one (`marked`: these). */
struct grid_readers {
        Types__Id *const *accounts;
        size_t count;
};
bool grid_may_change(const Contracts__AppraisalRow *row, const Contracts__PutAppraisalGrid *command,
                     const struct grid_readers *marked, struct refusal *ret_refusal) ATTR_MUST_CHECK;

bool grid_is_reader(const Contracts__AppraisalRow *row, struct id account);

/* The marks of one reader: one of each sub-criterion, within the scale, each with its reason. */
struct grid_marks {
        Contracts__OfferMark *const *marks;
        size_t count;
};
bool grid_check_marks(const Contracts__AppraisalRow *row, const struct grid_marks *marks,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;
const Contracts__OfferMark *grid_mark_of(const struct grid_marks *marks, uint32_t criterion); /* NULL: not marked */

/* Whether the two marks differ by more than `gap` of the scale. */
bool grid_differ(const Contracts__AppraisalRow *row, struct share gap, const Contracts__OfferMark *a,
                 const Contracts__OfferMark *b);

/* The agreed marks of all sub-criteria: those given, and where none is given the mean of two that are near each other.
 * False with *ret_refusal, which names the first sub-criterion that has to be agreed on. */
struct grid_agreement {
        const Contracts__ReaderMarks *first, *second;
        struct grid_marks given;
        struct share gap;
};
bool grid_agree(const Contracts__AppraisalRow *row, const struct grid_agreement *agreement, struct arena *arena,
                Contracts__OfferMark ***ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The weighted mark, on the grid's scale; every sub-criterion must be marked. Cut to a millionth. */
struct decimal grid_result(const Contracts__AppraisalRow *row, const struct grid_marks *agreed);

#endif
