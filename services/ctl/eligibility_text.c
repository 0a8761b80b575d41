#include "services/ctl/eligibility_text.h"

#include <stdio.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/types.h"
#include "services/ctl/terminal.h"

enum { ID_WIDTH = 38, STATE_WIDTH = 14, DAY_WIDTH = 12, STANDING_WIDTH = 24, ACTION_WIDTH = 32 };

static const char *day_cell(const Types__Day *day, char ret[DAY_TEXT_SIZE])
{
        if (day == NULL)
                return "–";
        day_format(day_of(day), ret);
        return ret;
}

static void print_day(const Types__Day *day)
{
        char text[DAY_TEXT_SIZE];
        print_cell(day_cell(day, text), DAY_WIDTH);
}

static void print_id(const Types__Id *id)
{
        char text[ID_TEXT_SIZE];
        id_format(id_of(id), text);
        print_cell(text, ID_WIDTH);
}

static const char *word_of(const char *const *words, size_t count, int which)
{
        return which >= 0 && (size_t)which < count ? words[which] : "?";
}

static const char *standing_word(Tracking__EligibilityStanding standing)
{
        static const char *const words[] = {
                "?",       "pas encore décidée", "en attente", "éligible",    "éligible plus tard",
                "refusée", "suspendue",          "échue",      "non éligible"};
        return word_of(words, ARRAY_SIZE(words), (int)standing);
}

static const char *action_word(Tracking__EligibilityAction action)
{
        static const char *const words[] = {
                "rien à faire",       "décider", "confirmer la décision", "renouveler", "mettre fin à la suspension",
                "vérifier des heures"};
        return word_of(words, ARRAY_SIZE(words), (int)action);
}

static const char *state_word(Tracking__DecisionState state)
{
        static const char *const words[] = {"?", "compte", "à confirmer", "non confirmée", "annulée"};
        return word_of(words, ARRAY_SIZE(words), (int)state);
}

void eligibility_text_until(const Types__Day *until)
{
        char text[DAY_TEXT_SIZE];
        if (until == NULL)
                (void)puts("Non éligible.");
        else
                (void)printf("Éligible jusqu'au %s.\n", day_cell(until, text));
}

void eligibility_text_to_check(Tracking__MonthToCheck *const *months, size_t count)
{
        if (count > 0)
                (void)puts("Heures qu'aucune décision ne couvre plus, à vérifier (rien n'en est retiré) :");
        for (size_t i = 0; i < count; i++) {
                char month[MONTH_TEXT_SIZE], hours[QUANTITY_TEXT_SIZE];
                month_format(month_of(months[i]->month), month);
                hours_format(hours_of(months[i]->hours), hours);
                (void)printf("  ");
                print_id(months[i]->placement_id);
                (void)printf("%s  %s h %s\n", month, hours, months[i]->validated ? "validées" : "déclarées");
        }
}

static void print_decisions(const Tracking__EligibilityView *view)
{
        if (view->n_decisions > 0)
                (void)puts("Décisions");
        for (size_t i = 0; i < view->n_decisions; i++) {
                const Tracking__DecisionLine *line = view->decisions[i];
                (void)printf("  ");
                print_id(line->decision_id);
                print_cell(state_word(line->state), STATE_WIDTH);
                print_cell(line->state == TRACKING__DECISION_STATE__DECISION_TO_CONFIRM ||
                                           line->state == TRACKING__DECISION_STATE__DECISION_TURNED_DOWN
                                   ? "–"
                           : line->eligible ? "éligible"
                                            : "non éligible",
                           STATE_WIDTH);
                print_day(line->valid_from);
                print_day(line->valid_until);
                (void)printf("décidée le ");
                print_day(line->decided_on);
                (void)printf("\n");
        }
        if (view->n_suspensions > 0)
                (void)puts("Suspensions");
        for (size_t i = 0; i < view->n_suspensions; i++) {
                (void)printf("  ");
                print_id(view->suspensions[i]->suspension_id);
                print_day(view->suspensions[i]->suspended_from);
                print_day(view->suspensions[i]->suspended_until);
                (void)printf("\n");
        }
}

void eligibility_text(const Tracking__EligibilityView *view)
{
        char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE], before[DAY_TEXT_SIZE];
        (void)printf("Aujourd'hui : %s", standing_word(view->standing));
        if (view->eligible_from != NULL)
                (void)printf(" (du %s au %s)", day_cell(view->eligible_from, from),
                             day_cell(view->eligible_until, until));
        (void)printf("\n");
        if (view->reason_label[0] != '\0')
                (void)printf("Pourquoi : %s. Que faire : %s.\n", view->reason_label, view->remedy);
        if (view->next_action != TRACKING__ELIGIBILITY_ACTION__ELIGIBILITY_ACTION_UNKNOWN)
                (void)printf("À qui d'agir : %s, pour %s%s%s\n", view->next_actor, action_word(view->next_action),
                             view->next_before != NULL ? " avant le " : "",
                             view->next_before != NULL ? day_cell(view->next_before, before) : "");
        print_decisions(view);
        eligibility_text_to_check(view->to_check, view->n_to_check);
}

const char *eligibility_text_action(Tracking__EligibilityAction action)
{
        return action_word(action);
}

void eligibility_text_due(const Tracking__EligibilityDueLine *line)
{
        print_id(line->beneficiary_id);
        print_cell(line->territory, 4);
        print_cell(standing_word(line->standing), STANDING_WIDTH);
        print_cell(action_word(line->next_action), ACTION_WIDTH);
        print_day(line->next_before);
        (void)printf("\n");
}
