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

int64_t statement_declared(const struct statement *statement, const Tracking__HoursVersion *rules)
{
        enum { PERCENT = 100 };
        uint32_t counted = rules->training != NULL ? rules->training->counted_percent : 0;
        return statement->submitted_hundredths + (int64_t)statement->training_hundredths * counted / PERCENT;
}

Tracking__HoursState statement_state(const struct statement *statement)
{
        if (statement == NULL)
                return TRACKING__HOURS_STATE__HOURS_AWAITED;
        if (statement->mark == STATEMENT_TO_CHECK)
                return TRACKING__HOURS_STATE__HOURS_TO_CHECK;
        if (statement->mark == STATEMENT_RETURNED)
                return TRACKING__HOURS_STATE__HOURS_SENT_BACK;
        return statement_is_validated(statement) ? TRACKING__HOURS_STATE__HOURS_VOUCHED_FOR
                                                 : TRACKING__HOURS_STATE__HOURS_STATED;
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

bool statement_may_submit(const struct placement *placement, const struct statement *before, const Types__Month *month,
                          struct day today, struct refusal *ret)
{
        if (!month_is_sound(placement, month, today, ret))
                return false;
        if (before != NULL && statement_is_validated(before))
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Les heures de ce mois sont déjà validées : demandez au facilitateur de les "
                              "corriger.");
        return true;
}

bool statement_may_validate(const struct statement *before, struct refusal *ret)
{
        if (before == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Aucune heure n'est déclarée pour ce mois : déclarez-les d'abord, ou faites-les "
                              "déclarer.");
        if (before->mark == STATEMENT_RETURNED)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Ces heures ont été renvoyées à qui les avait déclarées : attendez qu'elles le soient de "
                              "nouveau, ou déclarez-les vous-même, puis validez.");
        return true;
}

bool statement_day_is_sound(const Types__Day *day, struct month month, const char *field, struct refusal *ret)
{
        return day == NULL || day->days >= day_number(month_first_day(month)) ||
               refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Ce jour vient avant le mois des heures : indiquez celui où cela s'est vraiment passé.");
}

bool statement_may_return(const struct statement *before, struct refusal *ret)
{
        if (before == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Aucune heure n'est déclarée pour ce mois : il n'y a rien à renvoyer.");
        if (before->mark == STATEMENT_RETURNED)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Ces heures sont déjà renvoyées : attendez qu'elles soient déclarées de nouveau.");
        if (statement_is_validated(before))
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Ces heures sont validées : corrigez-les en les validant à un autre nombre, avec son "
                              "motif.");
        return true;
}
