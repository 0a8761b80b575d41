#include "services/ctl/proposal_text.h"

#include <stdio.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/types.h"
#include "services/ctl/terminal.h"

enum { ID_WIDTH = 38, LABEL_WIDTH = 8, STATE_WIDTH = 14, DAY_WIDTH = 12, ACTOR_WIDTH = 14, NEED_WIDTH = 26 };

const char *proposal_state_text(Tracking__ProposalState state)
{
        static const char *const texts[] = {"?",         "proposée",     "envoyée",     "rencontrée",
                                            "pas venue", "retenue",      "non retenue", "reportée",
                                            "retirée",   "sans réponse", "en parcours"};
        return texts[(size_t)state < ARRAY_SIZE(texts) ? (size_t)state : 0];
}

const char *proposal_actor_text(Tracking__ProposalActor actor)
{
        static const char *const texts[] = {"personne", "facilitateur", "prescripteur", "entreprise", "structure"};
        return texts[(size_t)actor < ARRAY_SIZE(texts) ? (size_t)actor : 0];
}

static const char *day_text(const Types__Day *day, char ret[DAY_TEXT_SIZE])
{
        if (day == NULL)
                return "";
        day_format(day_of(day), ret);
        return ret;
}

static void print_id(const Types__Id *id)
{
        char text[ID_TEXT_SIZE];
        id_format(id_of(id), text);
        print_cell(text, ID_WIDTH);
}

void proposal_print_head(void)
{
        print_cell("PROPOSITION", ID_WIDTH);
        print_cell("N°", LABEL_WIDTH);
        print_cell("BESOIN", NEED_WIDTH);
        print_cell("ÉTAT", STATE_WIDTH);
        print_cell("DEPUIS LE", DAY_WIDTH);
        print_cell("À QUI D'AGIR", ACTOR_WIDTH);
        (void)puts("D'ICI LE");
}

void proposal_print_line(const Tracking__ProposalView *view)
{
        char since[DAY_TEXT_SIZE], by[DAY_TEXT_SIZE];
        print_id(view->proposal_id);
        print_cell(view->label, LABEL_WIDTH);
        print_cell(view->need_title, NEED_WIDTH);
        print_cell(proposal_state_text(view->state), STATE_WIDTH);
        print_cell(day_text(view->since, since), DAY_WIDTH);
        print_cell(proposal_actor_text(view->next_actor), ACTOR_WIDTH);
        (void)printf("%s%s\n", day_text(view->act_by, by), view->late ? "  en retard" : "");
}

static void print_step(const Tracking__ProposalStepView *step)
{
        static const char *const roles[] = {[TYPES__ROLE__ROLE_NONE] = "de lui-même",
                                            [TYPES__ROLE__FACILITATOR] = "facilitateur",
                                            [TYPES__ROLE__COMPANY] = "entreprise",
                                            [TYPES__ROLE__STRUCTURE] = "structure",
                                            [TYPES__ROLE__PRESCRIBER] = "prescripteur"};
        const char *by = (size_t)step->by < ARRAY_SIZE(roles) ? roles[step->by] : NULL;
        char on[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
        (void)printf("  %s  ", day_text(step->happened_on, on));
        print_cell(proposal_state_text(step->state), STATE_WIDTH);
        print_cell(by == NULL ? "?" : by, ACTOR_WIDTH);
        (void)printf("%s%s%s%s\n", step->outcome_label, step->until != NULL ? " jusqu'au " : "",
                     day_text(step->until, until), step->replaced ? "  (faux, corrigé depuis)" : "");
}

void proposal_print_whole(const Tracking__ProposalView *view)
{
        char by[DAY_TEXT_SIZE], eligible[DAY_TEXT_SIZE];
        (void)printf("Proposition %s, pour « %s »%s%s\n", view->label, view->need_title,
                     view->company_name[0] != '\0' ? ", chez " : "", view->company_name);
        if (view->structure_name[0] != '\0')
                (void)printf("  employée par %s\n", view->structure_name);
        if (view->eligible_until != NULL)
                (void)printf("  éligible jusqu'au %s\n", day_text(view->eligible_until, eligible));
        for (size_t i = 0; i < view->n_steps; i++)
                print_step(view->steps[i]);
        if (view->n_steps == 0)
                (void)printf("  %s\n", proposal_state_text(view->state));
        if (view->act_by != NULL)
                (void)printf("  À faire (%s, d'ici le %s%s) : %s\n", proposal_actor_text(view->next_actor),
                             day_text(view->act_by, by), view->late ? ", en retard" : "", view->next_action);
}

const char *waiting_state_text(Tracking__WaitingState state)
{
        static const char *const texts[] = {"?", "orientée", "éligible"};
        return texts[(size_t)state < ARRAY_SIZE(texts) ? (size_t)state : 0];
}

void proposal_print_waiting_head(void)
{
        print_cell("PERSONNE", ID_WIDTH);
        print_cell("DÉP.", LABEL_WIDTH);
        print_cell("ORIENTÉE LE", DAY_WIDTH);
        print_cell("ATTEND", STATE_WIDTH);
        print_cell("DEPUIS LE", DAY_WIDTH);
        print_cell("MÉTIER", LABEL_WIDTH);
        print_cell("D'ICI LE", DAY_WIDTH);
        (void)puts("À FAIRE");
}

void proposal_print_waiting(const Tracking__WaitingPerson *person)
{
        char referred[DAY_TEXT_SIZE], since[DAY_TEXT_SIZE], by[DAY_TEXT_SIZE];
        print_id(person->beneficiary_id);
        print_cell(person->territory, LABEL_WIDTH);
        print_cell(day_text(person->referred_on, referred), DAY_WIDTH);
        print_cell(person->state == TRACKING__WAITING_STATE__WAITING_FOR_NEED ? "un besoin" : "une décision",
                   STATE_WIDTH);
        print_cell(day_text(person->since, since), DAY_WIDTH);
        print_cell(person->rome_code, LABEL_WIDTH);
        print_cell(day_text(person->act_by, by), DAY_WIDTH);
        (void)printf("%s%s\n", person->action, person->late ? "  (en retard)" : "");
}

static void print_id_behind(const char *words, const Types__Id *id)
{
        char text[ID_TEXT_SIZE];
        if (id == NULL)
                return;
        id_format(id_of(id), text);
        (void)printf("%s%s\n", words, text);
}

static void print_placement(const Tracking__PathwayPlacement *placement)
{
        char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE], ended[DAY_TEXT_SIZE];
        (void)printf("Parcours chez %s, %s, métier %s, du %s%s%s%s%s\n", placement->employer_name,
                     placement->work_contract, placement->rome_code, day_text(placement->starts_on, from),
                     placement->ends_on != NULL ? " au " : "", day_text(placement->ends_on, until),
                     placement->ended_on != NULL ? ", terminé le " : "", day_text(placement->ended_on, ended));
        print_id_behind("  à la suite du parcours ", placement->continues_placement_id);
        print_id_behind("  continué par le parcours ", placement->continued_by);
}

void proposal_print_pathway(const Tracking__PathwayReply *pathway)
{
        char at[INSTANT_TEXT_SIZE], on[DAY_TEXT_SIZE], from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
        instant_format(pathway->referred_at->ms, at);
        (void)printf("Orientée le %s (saisi le %.10s), suivie par le département %s\n",
                     day_text(pathway->referred_on, on), at, pathway->territory);
        for (size_t i = 0; i < pathway->n_eligible; i++)
                (void)printf("Éligible du %s au %s\n", day_text(pathway->eligible[i]->from, from),
                             day_text(pathway->eligible[i]->until, until));
        for (size_t i = 0; i < pathway->n_proposals; i++)
                proposal_print_whole(pathway->proposals[i]);
        for (size_t i = 0; i < pathway->n_placements; i++)
                print_placement(pathway->placements[i]);
}
