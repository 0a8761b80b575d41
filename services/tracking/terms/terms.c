#include "services/tracking/terms/terms.h"

#include <string.h>

#include "common/codec/field_rules.h"
#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

static int32_t end_of(const Types__Day *ends_on)
{
        return ends_on == NULL ? DAY_OPEN_NUMBER : ends_on->days;
}

static bool is_another(const struct terms_question *q, struct refusal *ret)
{
        const Tracking__PlacementTerms *now = q->now, *wanted = q->wanted;
        if (q->other_contacts || now->starts_on->days != wanted->starts_on->days ||
            end_of(now->ends_on) != end_of(wanted->ends_on) ||
            hours_hundredths(hours_of(now->weekly_hours)) != hours_hundredths(hours_of(wanted->weekly_hours)) ||
            strcmp(now->rome_code, wanted->rome_code) != 0 || strcmp(now->work_contract, wanted->work_contract) != 0)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, NULL,
                      "Rien ne change : indiquez la fin, la durée, le métier, le contrat, le tuteur ou le référent qui "
                      "change.");
}

static bool there_is_room(const struct terms_question *q, struct refusal *ret)
{
        if (q->count < TERMS_MAX)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                      "Ce contrat a déjà changé %d fois : terminez ce parcours et ouvrez-en un autre.", TERMS_MAX - 1);
}

/* An amendment goes on where the contract is: it neither goes behind the one before, nor bridges a gap. */
static bool amendment_follows(const struct terms_question *q, struct refusal *ret)
{
        const struct placement *placement = q->placement;
        char day[DAY_WORDING_SIZE];
        if (placement->ended) {
                day_wording(placement->ended_on, day);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                              "Ce parcours est terminé depuis le %s : un avenant ne le change plus. Si la saisie était "
                              "fausse, rectifiez-la.",
                              day);
        }
        if (q->wanted->changed_on->days < q->now->changed_on->days) {
                day_wording(day_of(q->now->changed_on), day);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "changed_on",
                              "Le contrat est connu tel qu'il est depuis le %s : indiquez un avenant à partir de ce "
                              "jour, ou rectifiez ce qui a été saisi.",
                              day);
        }
        if (q->wanted->changed_on->days - 1 > day_number(placement->ends_on)) {
                day_wording(placement->ends_on, day);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "changed_on",
                              "Le contrat s'arrête le %s : un avenant le continue sans jour entre les deux. Après une "
                              "interruption, ouvrez un autre parcours.",
                              day);
        }
        return true;
}

static bool correction_is_sound(const struct terms_question *q, struct refusal *ret)
{
        char day[DAY_WORDING_SIZE];
        if (q->placement->ended && q->wanted->starts_on->days > day_number(q->placement->ended_on)) {
                day_wording(q->placement->ended_on, day);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "Le parcours s'est terminé le %s : indiquez un début jusqu'à ce jour.", day);
        }
        if (q->wanted->starts_on->days > q->wanted->changed_on->days) {
                day_wording(day_of(q->wanted->changed_on), day);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "Un avenant vaut depuis le %s : le parcours a commencé ce jour-là ou avant.", day);
        }
        return true;
}

static bool end_is_sound(const struct terms_question *q, struct refusal *ret)
{
        int32_t first = q->wanted->changed_on->days;
        if (q->wanted->ends_on == NULL ||
            (q->wanted->ends_on->days >= first && q->wanted->ends_on->days <= first + DAYS_BACK_MAX))
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                      "La fin prévue suit le premier jour de ces conditions, de dix ans au plus ; laissez-la vide pour "
                      "un CDI.");
}

/* Whoever was eligible on the first day stays so by the work contract; on another first day it is asked again. */
static bool is_granted(const struct terms_question *q, struct grant *ret_grant, struct refusal *ret)
{
        struct day starts = day_of(q->wanted->starts_on);
        bool moves = q->now->starts_on->days != q->wanted->starts_on->days;
        const struct period *period =
                moves ? periods_meeting(q->vouched->periods, q->vouched->period_count, starts, starts)
                      : periods_meeting(q->vouched->whole, q->vouched->whole_count, starts, starts);
        char day[DAY_WORDING_SIZE];
        *ret_grant = (struct grant){q->placement->granted_until, q->placement->again_from, q->placement->again_until,
                                    q->placement->counts_until, q->policy_before};
        const struct granting granting = {q->rules,           q->vouched, q->wanted->work_contract,
                                          q->wanted->ends_on, starts,     q->policy};
        if (period != NULL)
                *ret_grant = placement_grant(&granting);
        else if (moves) {
                day_wording(starts, day);
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "starts_on",
                              "La personne n'est pas éligible au %s : validez d'abord son éligibilité à cette date.",
                              day);
        }
        return true;
}

bool terms_may_change(const struct terms_question *question, struct grant *ret_grant, struct refusal *ret)
{
        bool correction = question->wanted->is_correction;
        return is_another(question, ret) && there_is_room(question, ret) &&
               (correction ? correction_is_sound(question, ret) : amendment_follows(question, ret)) &&
               end_is_sound(question, ret) && is_granted(question, ret_grant, ret);
}
