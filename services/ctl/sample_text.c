#include "services/ctl/sample_text.h"

#include <stdio.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/types.h"

static const char *state_text(Tracking__EvidenceState state)
{
        static const char *const texts[] = {
                [TRACKING__EVIDENCE_STATE__EVIDENCE_DRAWN] = "tiré au sort, rien n'est demandé encore",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED] = "justificatifs demandés",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED] = "transmis, à examiner",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED] = "non recevable, phase contradictoire",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED_AGAIN] = "transmis de nouveau, à examiner",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_TO_CONFIRM] = "jugé par un garant de la personne, à confirmer",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_CONFIRMED] = "confirmé",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_NOT_PROVEN] = "non justifié, suites à décider",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED] = "non justifié, suites décidées",
        };
        return (size_t)state < ARRAY_SIZE(texts) && texts[state] != NULL ? texts[state] : "état inconnu";
}

static const char *day_text(const Types__Day *day, char ret[DAY_TEXT_SIZE])
{
        ret[0] = '\0';
        if (day != NULL)
                day_format(day_of(day), ret);
        return ret;
}

static const char *actor_text(Tracking__EvidenceActor actor)
{
        return actor == TRACKING__EVIDENCE_ACTOR__ASKED_ORGANISATION ? "l'employeur" : "le facilitateur";
}

void sample_print_control(const Tracking__ControlView *view)
{
        char id[ID_TEXT_SIZE], from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE], on[DAY_TEXT_SIZE];
        id_format(id_of(view->control_id), id);
        (void)printf("%s  %s, du %s au %s, tiré le %s parmi %u parcours (graine « %s »%s%s)%s%s\n", id, view->territory,
                     day_text(view->from, from), day_text(view->until, until), day_text(view->drawn_on, on),
                     view->frame_size, view->seed, view->seed_source[0] != '\0' ? ", " : ", tirée par Guichet",
                     view->seed_source,
                     view->closed_on == NULL         ? ""
                     : view->cancellation[0] != '\0' ? ", annulé : "
                                                     : ", clos",
                     view->cancellation);
}

void sample_print_figures(const Tracking__ControlFigures *figures)
{
        const uint32_t of_percent = 10000;
        if (figures == NULL)
                return;
        (void)printf("Tirés %u ; demandés %u ; transmis %u ; recevables d'emblée %u ; en phase contradictoire %u ; "
                     "confirmés %u ; non justifiés %u ; mis à part %u",
                     figures->drawn, figures->asked, figures->answered, figures->accepted_first, figures->disputed,
                     figures->confirmed, figures->not_proven, figures->set_aside);
        if (figures->not_proven_share != NULL)
                (void)printf(" ; part non justifiée %u,%02u %%", figures->not_proven_share->millionths / of_percent,
                             figures->not_proven_share->millionths % of_percent / 100);
        (void)puts(".");
}

void sample_print_item(const Tracking__EvidenceView *view)
{
        char control[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        id_format(id_of(view->control_id), control);
        id_format(id_of(view->placement_id), placement);
        (void)printf("%s %s  %s depuis le %s", control, placement, state_text(view->state), day_text(view->since, day));
        if (view->rejection_label[0] != '\0')
                (void)printf(" : %s", view->rejection_label);
        if (view->act_by != NULL)
                (void)printf("\n  %s, d'ici le %s%s : %s", actor_text(view->next_actor), day_text(view->act_by, day),
                             view->late ? " (en retard)" : "", view->next_action);
        (void)puts("");
}

void sample_print_step(const Tracking__EvidenceStepView *step)
{
        char day[DAY_TEXT_SIZE];
        (void)printf("  le %s : %s%s%s%s%s%s%s%s\n", day_text(step->happened_on, day), state_text(step->state),
                     step->label[0] != '\0' ? ", " : "", step->label, step->words[0] != '\0' ? ". " : "", step->words,
                     step->taken_back ? " (repris : " : "", step->correction, step->taken_back ? ")" : "");
        for (size_t i = 0; i < step->n_pieces; i++)
                (void)printf("    %s du %s%s%s%s\n", step->pieces[i]->evidence_code,
                             day_text(step->pieces[i]->dated, day), step->pieces[i]->issuer[0] != '\0' ? ", " : "",
                             step->pieces[i]->issuer,
                             step->pieces[i]->document_id != NULL ? ", document joint au parcours" : "");
}

void sample_print_reply(const Tracking__EvidenceReply *reply)
{
        char day[DAY_TEXT_SIZE];
        (void)printf("%s.\n", state_text(reply->state));
        if (reply->months_to_check > 0)
                (void)printf(
                        "%u mois d'heures validées sont à revérifier : ils comptent jusqu'à ce que vous les validiez "
                        "de nouveau (guichetctl hours month).\n",
                        reply->months_to_check);
        if (reply->act_by != NULL)
                (void)printf("À faire (%s, d'ici le %s) : %s\n", actor_text(reply->next_actor),
                             day_text(reply->act_by, day), reply->next_action);
}
