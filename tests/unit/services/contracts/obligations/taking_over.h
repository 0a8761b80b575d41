/* taking_over.h: hours done before a contract was followed here, for the tests of the rooms that see them. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_TAKING_OVER_H
#define TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_TAKING_OVER_H

#include "tests/unit/services/contracts/fixture.h"

#define STRUCTURE_SIRET "38012986646850"

static inline Contracts__TakeOverHours *take_over(struct fixture *f, Types__Id *obligation)
{
        Contracts__TakeOverHours *command = pb_new(&contracts__take_over_hours__descriptor, &f->arena);
        command->obligation_id = obligation;
        return command;
}

/* Of 2026. */
static inline Contracts__HoursSoFar *add_hours(struct fixture *f, Contracts__TakeOverHours *command, int month,
                                               const char *person, int64_t hours)
{
        Contracts__HoursSoFar *line = pb_new(&contracts__hours_so_far__descriptor, &f->arena);
        line->month = month_to(&f->arena, month_of_day(day_of_civil((struct civil){2026, month, 1})));
        line->hours = whole_hours(f, hours);
        line->modality = TYPES__MODALITY__DIRECT_HIRE;
        line->person = arena_text(&f->arena, person);
        command->hours = pb_append(command->hours, &command->n_hours, sizeof(line), &f->arena);
        command->hours[command->n_hours - 1] = line;
        return line;
}

static inline const Contracts__TakeOverHoursReply *taken_over(struct fixture *f, Contracts__TakeOverHours *command)
{
        return fixture_get(f, facilitator(f), "TakeOverHours", command);
}

static inline const Types__Refusal *not_taken_over(struct fixture *f, Contracts__TakeOverHours *command,
                                                   Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "TakeOverHours", command, code);
}

#endif
