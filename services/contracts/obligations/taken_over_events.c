/* taken_over_events.c: hours that were done before we followed their contract, and what replaces them. */
#include "contracts/calls.h"

#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/telling.h"

static void put_lines(const struct change *change, const Types__Id *obligation, Contracts__TakenOverLine *const *lines,
                      size_t count, bool is_replaced)
{
        for (size_t i = 0; i < count; i++) {
                Contracts__TakenOverRow row = CONTRACTS__TAKEN_OVER_ROW__INIT;
                Contracts__TakenOverLine line = *lines[i];
                line.former = NULL;
                row.obligation_id = (Types__Id *)(uintptr_t)obligation;
                row.line = &line;
                row.is_replaced = is_replaced;
                taken_over_put(change->txn, change->arena, &row);
        }
}

void apply_hours_taken_over(const struct change *change, const Contracts__HoursTakenOver *body)
{
        put_lines(change, body->obligation_id, body->lines, body->n_lines, false);
        obligations_apply_postings(change, body->postings, body->n_postings);
}

void apply_taken_over_replaced(const struct change *change, const Contracts__TakenOverReplaced *body)
{
        put_lines(change, body->obligation_id, body->lines, body->n_lines, true);
        obligations_apply_postings(change, body->postings, body->n_postings);
}

/* ---- told */

static size_t count_persons(Contracts__TakenOverLine *const *lines, size_t count)
{
        size_t persons = 0;
        for (size_t i = 0; i < count; i++) {
                bool is_new = lines[i]->person != NULL;
                for (size_t k = 0; k < i && is_new; k++)
                        is_new =
                                lines[k]->person == NULL || !id_equal(id_of(lines[k]->person), id_of(lines[i]->person));
                persons += is_new;
        }
        return persons;
}

static const char *persons_told(const struct telling *telling, Contracts__TakenOverLine *const *lines, size_t count)
{
        size_t persons = count_persons(lines, count);
        return persons == 0 ? ""
                            : arena_printf(telling->arena, ", %s",
                                           french_count(telling->arena, (int64_t)persons, "personne"));
}

static const char *months_told(const struct telling *telling, Contracts__TakenOverLine *const *lines, size_t count)
{
        struct month first = month_of(lines[0]->month), last = first;
        for (size_t i = 1; i < count; i++) {
                struct month month = month_of(lines[i]->month);
                if (month_number(month) < month_number(first))
                        first = month;
                if (month_number(month) > month_number(last))
                        last = month;
        }
        if (month_number(first) == month_number(last))
                return arena_printf(telling->arena, "pour %s", french_month(telling->arena, first));
        return arena_printf(telling->arena, "de %s à %s", french_month(telling->arena, first),
                            french_month(telling->arena, last));
}

static struct hours posted(Contracts__Posting *const *postings, size_t count)
{
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++)
                sum += hours_hundredths(hours_of(postings[i]->hours));
        return hours_of_hundredths(sum);
}

void tell_hours_taken_over(struct telling *telling, const Contracts__HoursTakenOver *body)
{
        tell(telling, "%s : %s reprises le %s %s%s, faites avant que le contrat soit suivi ici.",
             told_company(telling, body->obligation_id, "Obligation"),
             french_hours(telling->arena, posted(body->postings, body->n_postings)),
             told_day(telling, body->taken_over_on), months_told(telling, body->lines, body->n_lines),
             persons_told(telling, body->lines, body->n_lines));
}

void tell_taken_over_replaced(struct telling *telling, const Contracts__TakenOverReplaced *body)
{
        tell(telling,
             "%s : les heures reprises %s (%s%s) ne comptent plus : des heures de ce mois sont validées dans Guichet.",
             told_company(telling, body->obligation_id, "Obligation"), months_told(telling, body->lines, body->n_lines),
             french_hours(telling->arena,
                          hours_of_hundredths(-hours_hundredths(posted(body->postings, body->n_postings)))),
             persons_told(telling, body->lines, body->n_lines));
}
