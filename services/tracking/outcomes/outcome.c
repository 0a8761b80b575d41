#include "services/tracking/outcomes/outcome.h"

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

const Tracking__OutcomeMoment outcome_moments[OUTCOME_MOMENTS] = {
        TRACKING__OUTCOME_MOMENT__AT_EXIT,
        TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS,
        TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS,
};

struct day outcome_day(struct day ended_on, Tracking__OutcomeMoment at)
{
        switch ((int)at) {
        case TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS: return day_add_months(ended_on, 6);
        case TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS: return day_add_months(ended_on, 12);
        }
        return ended_on;
}

const Tracking__OutcomeMomentRule *outcome_rule(const Tracking__OutcomesVersion *rules, Tracking__OutcomeMoment at)
{
        static const Tracking__OutcomeMomentRule none = TRACKING__OUTCOME_MOMENT_RULE__INIT;
        for (size_t i = 0; i < rules->n_moments; i++)
                if (rules->moments[i]->at == at)
                        return rules->moments[i];
        return &none;
}

bool outcome_is_told(const Tracking__OutcomeRow *row)
{
        return row != NULL && row->outcome != TRACKING__OUTCOME__OUTCOME_UNKNOWN;
}

bool outcome_is_due(const Tracking__OutcomeRow *row, const Tracking__OutcomeRow *exit, Tracking__OutcomeMoment at)
{
        if (at != TRACKING__OUTCOME_MOMENT__AT_EXIT && exit != NULL && exit->outcome == TRACKING__OUTCOME__WITHDRAWN)
                return false;
        return !outcome_is_told(row) && (row == NULL || !row->not_reached || row->goes_on);
}

Tracking__OutcomeView *outcome_view(struct arena *arena, Tracking__OutcomeMoment at, const Tracking__OutcomeRow *row)
{
        Tracking__OutcomeView *view = pb_new(&tracking__outcome_view__descriptor, arena);
        view->at = at;
        view->outcome = row->outcome;
        view->not_reached = row->not_reached;
        view->attempts = row->attempts;
        view->known_on = row->known_on;
        view->source_code = row->source_code;
        view->version = row->version;
        return view;
}

bool correction_is_sound(const char *correction, struct refusal *ret)
{
        if (text_is_empty(correction))
                return refuse(ret, INVALID, "correction",
                              "Dites pourquoi ce qui était noté est corrigé : ce motif reste au dossier.");
        if (text_holds_nir(correction))
                return refuse(ret, INVALID, "correction",
                              "Retirez le numéro de sécurité sociale du motif : il ne doit pas être conservé.");
        return true;
}

/* ---- what may be told */

static bool answer_is_sound(const struct outcome_telling *telling, struct refusal *ret)
{
        const Tracking__RecordOutcome *command = telling->command;
        bool is_told = command->outcome != TRACKING__OUTCOME__OUTCOME_UNKNOWN;
        if (is_told == (command->not_reached != 0))
                return refuse(ret, INVALID, "outcome",
                              "Dites l'issue, ou bien que la personne n'a pas pu être jointe : l'un ou l'autre.");
        if (command->not_reached && command->attempts == 0)
                return refuse(ret, INVALID, "attempts",
                              "Dites combien de fois vous avez essayé de joindre la personne.");
        if (is_told && text_is_empty(command->source_code))
                return refuse(ret, INVALID, "source_code",
                              "Dites de qui vous tenez cette issue, par exemple PERSON si c'est d'elle-même.");
        return true;
}

static bool day_is_sound(const struct outcome_telling *telling, struct refusal *ret)
{
        char first[DAY_WORDING_SIZE];
        Tracking__OutcomeMoment at = telling->command->at;
        bool at_exit = at == TRACKING__OUTCOME_MOMENT__AT_EXIT;
        int32_t from = at_exit ? day_number(telling->placement->starts_on)
                               : day_number(outcome_day(telling->placement->ended_on, at)) -
                                         (int32_t)outcome_rule(telling->rules, at)->early_days;
        if (telling->command->known_on->days >= from)
                return true;
        day_wording(day_of_number(from), first);
        return refuse(ret, INVALID, "known_on",
                      at_exit ? "Le parcours commence le %s : l'issue n'a pas pu être connue avant."
                              : "À ce moment de son suivi, la personne se demande à partir du %s : attendez ce jour, "
                                "ou choisissez un autre moment.",
                      first);
}

static bool replaces_soundly(const struct outcome_telling *telling, struct refusal *ret)
{
        const Tracking__OutcomeRow *before = telling->before;
        if (before == NULL || (!outcome_is_told(before) && !before->not_reached))
                return true;
        if (outcome_is_told(before))
                return correction_is_sound(telling->command->correction, ret);
        if (telling->command->not_reached && telling->command->attempts <= before->attempts &&
            text_is_empty(telling->command->correction))
                return refuse(ret, INVALID, "attempts",
                              "%u essais sont déjà notés : dites combien il y en a eu en tout, ou pourquoi vous "
                              "corrigez.",
                              before->attempts);
        return text_is_empty(telling->command->correction) || correction_is_sound(telling->command->correction, ret);
}

bool outcome_may_be_told(const struct outcome_telling *telling, struct refusal *ret)
{
        if (!telling->placement->ended)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                              "Ce parcours n'est pas terminé : terminez-le d'abord, puis notez son issue.");
        return answer_is_sound(telling, ret) && day_is_sound(telling, ret) && replaces_soundly(telling, ret);
}

bool outcome_goes_on(const struct outcome_telling *telling)
{
        const Tracking__OutcomeMomentRule *rule = outcome_rule(telling->rules, telling->command->at);
        int32_t last = day_number(outcome_day(telling->placement->ended_on, telling->command->at)) +
                       (int32_t)rule->asked_until_days;
        return telling->command->not_reached && telling->command->attempts < telling->rules->attempts_enough &&
               day_number(telling->today) <= last;
}
