/* taken_over.h: hours that were taken over with a running contract, as contracts tells them. Of obligation 1 of
 * contract 1, in department 31. */
#ifndef TESTS_UNIT_SERVICES_REPORTING_TAKEN_OVER_H
#define TESTS_UNIT_SERVICES_REPORTING_TAKEN_OVER_H

#include "tests/unit/services/reporting/fixture.h"

struct taken {
        uint32_t person; /* 0: not told */
        int year, month; /* year 0: 2026 */
        int32_t modality;
        int64_t hundredths, former;
        bool is_private;
};

static inline Contracts__TakenOverLine *taken_line(struct fixture *f, struct taken taken)
{
        Contracts__TakenOverLine *line = pb_new(&contracts__taken_over_line__descriptor, &f->arena);
        line->month = month_to(&f->arena, month_of_day(date(taken.year == 0 ? 2026 : taken.year, taken.month, 1)));
        line->hours = hours_to(&f->arena, hours_of_hundredths(taken.hundredths));
        if (taken.former != 0)
                line->former = hours_to(&f->arena, hours_of_hundredths(taken.former));
        line->modality = (Types__Modality)taken.modality;
        if (taken.person != 0)
                line->person = id_message(f, PERSON, taken.person);
        return line;
}

static inline Contracts__Posting *taken_posting(struct fixture *f, struct taken taken)
{
        Contracts__Posting *posting = pb_new(&contracts__posting__descriptor, &f->arena);
        posting->obligation_id = id_message(f, OBLIGATION, 1);
        posting->contract_id = id_message(f, CONTRACT, 1);
        posting->from = CONTRACTS__ACCOUNT__DUE;
        posting->to =
                taken.modality == MODALITY(SUBCONTRACTING) ? CONTRACTS__ACCOUNT__CONVERTED : CONTRACTS__ACCOUNT__DONE;
        posting->hours = hours_to(&f->arena, hours_of_hundredths(taken.hundredths - taken.former));
        return posting;
}

static inline void taken_over(struct fixture *f, struct taken taken, Contracts__Event *ret)
{
        Contracts__HoursTakenOver *body = pb_new(&contracts__hours_taken_over__descriptor, &f->arena);
        body->contract_id = id_message(f, CONTRACT, 1);
        body->obligation_id = id_message(f, OBLIGATION, 1);
        body->territory = arena_text(&f->arena, "31");
        body->is_private = taken.is_private;
        body->lines = pb_append(body->lines, &body->n_lines, sizeof(*body->lines), &f->arena);
        body->lines[0] = taken_line(f, taken);
        body->postings = pb_append(body->postings, &body->n_postings, sizeof(*body->postings), &f->arena);
        body->postings[0] = taken_posting(f, taken);
        *ret = (Contracts__Event)CONTRACTS__EVENT__INIT;
        ret->body_case = CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER;
        ret->hours_taken_over = body;
}

static inline void tell_taken_over(struct fixture *f, struct taken taken)
{
        Contracts__Event event;
        taken_over(f, taken, &event);
        tell(f, "contracts-1", &event);
}

#endif
