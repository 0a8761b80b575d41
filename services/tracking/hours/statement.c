#include "services/tracking/hours/statement.h"

#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

bool placement_days_in(const struct placement *placement, struct month month, struct day *ret_first,
                       struct day *ret_last)
{
        struct day first = month_first_day(month), last = month_last_day(month);
        struct day end = placement_last_day(placement);

        if (day_number(first) < day_number(placement->starts_on))
                first = placement->starts_on;
        if (day_number(last) > day_number(end))
                last = end;
        if (day_number(first) > day_number(last))
                return false;
        *ret_first = first;
        *ret_last = last;
        return true;
}

static bool hours_are_sound(const struct placement *placement, const Types__Hours *hours, struct refusal *ret)
{
        /* Five weeks and half as much again: more is a typing error, or two months in one. */
        int64_t sane = (int64_t)placement->weekly_hundredths * 5 * 3 / 2;
        char most[QUANTITY_TEXT_SIZE];

        if (hours->hundredths > sane) {
                hours_format(hours_of_hundredths(sane), most);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Plus de %s h dans un mois ne va pas avec la durée hebdomadaire du contrat : "
                              "vérifiez les "
                              "heures, ou faites corriger la durée par le facilitateur.",
                              most);
        }
        return true;
}

/* A month of which nothing can be said, because the placement did not run in it or it has not begun. */
static bool month_is_sound(const struct placement *placement, const Types__Month *month, struct day today,
                           struct refusal *ret)
{
        char text[DAY_WORDING_SIZE];
        if (month->months > month_number(month_of_day(today)))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "month",
                              "Ce mois n'a pas commencé : déclarez ses heures quand elles seront faites.");
        if (month->months < month_number(month_of_day(placement->starts_on))) {
                day_wording(placement->starts_on, text);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "month",
                              "Le parcours commence le %s : choisissez ce mois ou un mois suivant.", text);
        }
        struct day end = placement_last_day(placement);
        if (day_number(end) == DAY_OPEN_NUMBER || month->months <= month_number(month_of_day(end)))
                return true;
        day_wording(end, text);
        return placement->ended ? refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                                         "Le parcours est terminé depuis le %s : choisissez un mois jusque-là.", text)
                                : refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "month",
                                         "Le parcours finit le %s : choisissez un mois jusque-là.", text);
}

bool statement_may_submit(const struct placement *placement, const struct statement *before,
                          const Tracking__SubmitHours *command, struct day today, struct refusal *ret)
{
        if (!month_is_sound(placement, command->month, today, ret) || !hours_are_sound(placement, command->hours, ret))
                return false;
        if (before != NULL && before->validated_hundredths != STATEMENT_NOT_VALIDATED)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Les heures de ce mois sont déjà validées : demandez au facilitateur de les "
                              "corriger.");
        return true;
}

bool statement_may_validate(const struct placement *placement, const struct statement *before,
                            const Tracking__ValidateHours *command, struct hours *ret_hours, struct refusal *ret)
{
        if (before == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Aucune heure n'est déclarée pour ce mois : déclarez-les d'abord, ou faites-les "
                              "déclarer.");
        if (command->hours == NULL) {
                *ret_hours = hours_of_hundredths(before->submitted_hundredths);
                return true;
        }
        if (!hours_are_sound(placement, command->hours, ret))
                return false;
        *ret_hours = hours_of(command->hours);
        return true;
}
