#include "services/tracking/followup/action.h"

#include "common/base/text.h"
#include "common/codec/field_rules.h"
#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

#define INVALID   TYPES__REFUSAL_CODE__INVALID_FIELD
#define ASKED     TRACKING__ACTION_STATE__ACTION_ASKED
#define UNDER_WAY TRACKING__ACTION_STATE__ACTION_UNDER_WAY
#define IS_DONE   TRACKING__ACTION_STATE__ACTION_DONE
#define GIVEN_UP  TRACKING__ACTION_STATE__ACTION_GIVEN_UP

bool follow_up_day_is_sound(const Types__Day *day, struct day today, const char *field, struct refusal *ret)
{
        if (day->days >= day_number(today) - DAYS_BACK_MAX)
                return true;
        return refuse(ret, INVALID, field, "Ce jour est passé depuis plus de dix ans : vérifiez l'année.");
}

bool follow_up_correction_is_sound(const char *correction, struct refusal *ret)
{
        if (text_is_empty(correction))
                return refuse(ret, INVALID, "correction",
                              "Dites pourquoi ce qui était noté est corrigé : ce motif reste au dossier.");
        if (text_holds_nir(correction))
                return refuse(ret, INVALID, "correction",
                              "Retirez le numéro de sécurité sociale du motif : il ne doit pas être conservé.");
        return true;
}

static bool is_over(Tracking__ActionState state)
{
        return state == IS_DONE || state == GIVEN_UP;
}

bool action_is_correction(const Tracking__ActionRow *row, Tracking__ActionState state)
{
        return is_over(row->state) || state < row->state;
}

static bool day_follows(const Tracking__ActionRow *row, const Tracking__MoveAction *command, struct refusal *ret)
{
        char day[DAY_WORDING_SIZE];
        const Types__Day *first = row->asked_on;
        if (is_over(command->state) && row->began_on != NULL && row->began_on->days > first->days)
                first = row->began_on;
        if (command->state == ASKED || command->happened_on->days >= first->days)
                return true;
        day_wording(day_of(first), day);
        return refuse(ret, INVALID, "happened_on", "Cela vient après le %s : vérifiez le jour.", day);
}

bool action_may_move(const Tracking__ActionRow *row, const Tracking__MoveAction *command, struct refusal *ret)
{
        bool has_code = !text_is_empty(command->giving_up_code);
        if ((command->state == GIVEN_UP) != has_code)
                return refuse(ret, INVALID, "giving_up_code",
                              has_code ? "Cette raison est celle d'un abandon : laissez-la vide."
                                       : "Dites pourquoi c'est abandonné, par un code de la liste.");
        if (command->state == ASKED && command->hours != NULL)
                return refuse(ret, INVALID, "hours", "Ce qui est seulement demandé n'a pas encore d'heures.");
        if (!day_follows(row, command, ret))
                return false;
        if (action_is_correction(row, command->state) || !text_is_empty(command->correction))
                return follow_up_correction_is_sound(command->correction, ret);
        if (command->state == ASKED)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "state",
                              "C'est déjà demandé : dites la suite, ou pourquoi vous corrigez.");
        return true;
}

/* From the states that come before what happened: a state that is left goes with its day. */
void action_move(Tracking__ActionRow *row, const Tracking__ActionMoved *moved)
{
        if (moved->state == ASKED)
                row->asked_on = moved->happened_on;
        if (moved->state == UNDER_WAY && (row->state != UNDER_WAY || row->began_on == NULL || moved->is_correction))
                row->began_on = moved->happened_on;
        if (moved->state == ASKED)
                row->began_on = NULL;
        row->ended_on = is_over(moved->state) ? moved->happened_on : NULL;
        row->giving_up_code = moved->giving_up_code;
        if (moved->hours != NULL || moved->state == ASKED)
                row->hours = moved->hours;
        row->state = moved->state;
}
