#include "services/contracts/control/letter_fields.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "services/contracts/control/control.h"
#include "services/contracts/control/ceilings.h"
#include "services/contracts/control/kept_penalties.h"
#include "services/contracts/control/penalty.h"
#include "services/contracts/control/promises.h"
#include "services/contracts/control/rules.h"
#include "services/contracts/control/suspending.h"
#include "services/contracts/record/amounts.h"

/* "relevé d'heures d'insertion, contrat de travail" for codes. */
static char *documents_told(const Contracts__ControlRulesVersion *rules, char *const *codes, size_t count,
                            struct arena *arena)
{
        char *told = arena_text(arena, "");
        for (size_t i = 0; i < count; i++) {
                const Contracts__ControlDocument *document = control_document(rules, codes[i]);
                told = arena_printf(arena, "%s%s%s", told, i > 0 ? ", " : "",
                                    document == NULL ? "un autre document prévu par le contrat" : document->label);
        }
        return told;
}

static char *statement_facts(const struct work *work, const struct loaded_control *loaded, const Types__Day *period_end)
{
        struct arena *arena = work->arena;
        struct period period;
        struct refusal refusal;
        char **missing;

        if (!loaded_control_period(loaded, period_end, &period, &refusal)) /* the calendar changed since */
                return arena_printf(arena, "Le relevé de la période close le %s n'est pas complet.",
                                    french_day(arena, day_of(period_end)));
        const Contracts__StatementRow *row =
                control_statement_find(work->txn, arena, id_of(loaded->obligation->obligation_id), period.end);
        size_t count = loaded_control_missing(loaded, &period, row, arena, &missing);
        bool is_past = day_number(period.due) < day_number(work->today);
        char *told = arena_printf(arena, "%s du %s au %s %s à remettre au plus tard le %s.",
                                  period.is_report ? "Le rapport annuel du concessionnaire, insertion comprise,"
                                                   : "Le relevé de la période",
                                  french_day(arena, period.begin), french_day(arena, period.last),
                                  is_past ? "était" : "est", french_day(arena, period.due));
        return count == 0 ? told
                          : arena_printf(arena, "%s Ne sont pas parvenus : %s.", told,
                                         documents_told(loaded->rules, missing, count, arena));
}

static char *hours_left(const struct pace *pace, struct hours from, struct arena *arena)
{
        int64_t left = hours_hundredths(from) - hours_hundredths(pace->done);
        return french_hours(arena, hours_of_hundredths(left > 0 ? left : 0));
}

char *letter_facts(const struct work *work, const struct loaded_control *loaded, const struct reminder *about)
{
        const struct pace *pace = &loaded->pace;
        struct arena *arena = work->arena;

        if (about->period_end != NULL)
                return statement_facts(work, loaded, about->period_end);
        if (about->ground == CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                return promises_facts(work, loaded);
        const char *done = french_hours(arena, pace->done), *owed = french_hours(arena, pace->owed);
        if (about->ground == CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS)
                return arena_printf(arena,
                                    "Du %s au %s, %s d'insertion sont réalisées sur les %s dues jusqu'au %s ; %s "
                                    "étaient attendues à cette date. Il en manque %s.%s",
                                    french_day(arena, loaded->span.start), french_day(arena, work->today), done, owed,
                                    french_day(arena, loaded->span.end), french_hours(arena, pace->expected),
                                    hours_left(pace, pace->expected, arena), suspending_sentences(work, loaded));
        return arena_printf(
                arena, "Au terme du contrat, le %s, %s d'insertion sont réalisées sur les %s dues. Il en manque %s.%s",
                french_day(arena, loaded->span.end), done, owed, hours_left(pace, pace->owed, arena),
                suspending_sentences(work, loaded));
}

const char *letter_ask(Contracts__CaseGround ground)
{
        switch (ground) {
        case CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS: return "ask_progress";
        case CONTRACTS__CASE_GROUND__HOURS_NOT_DONE: return "ask_end";
        case CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT: return "ask_promise";
        default: return "ask_statement";
        }
}

char *letter_penalty(const struct loaded_control *loaded, Contracts__CaseGround ground, struct arena *arena)
{
        const Contracts__ControlPlan *plan = loaded->plan;
        bool is_hours = ground_is_about_hours(ground);
        bool has_one = is_hours ? plan->missing_hours != NULL : money_cents(money_of(plan->per_day_late)) > 0;
        char *told = penalty_told(plan, loaded->rules, ground, arena);

        if (ground == CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                return arena_text(arena,
                                  "Le plan de contrôle ne prévoit pas de pénalité pour un engagement de l'offre.");
        if (!has_one)
                return arena_printf(arena, "Le contrat ne prévoit pas de pénalité %s.",
                                    is_hours ? "pour les heures non réalisées" : "de retard");
        bool from_notice = plan->lateness_from == CONTRACTS__LATENESS_START__FROM_FORMAL_NOTICE;
        return arena_printf(arena, "Le contrat prévoit une pénalité de %s%s.", told,
                            letter_stake_is_later(loaded, ground) ? " au terme du contrat"
                            : is_hours                            ? ""
                            : from_notice ? ", à compter de la mise en demeure restée sans effet"
                                          : ", à compter de l'échéance");
}

static struct day due_of(const struct loaded_control *loaded, const struct work *work)
{
        struct period period;
        struct refusal refusal;
        const Contracts__ControlCase *record = loaded->record;
        if (record != NULL && record->period_end != NULL &&
            loaded_control_period(loaded, record->period_end, &period, &refusal))
                return period.due;
        return record == NULL ? work->today : day_of(record->opened_on);
}

bool letter_stake_is_later(const struct loaded_control *loaded, Contracts__CaseGround ground)
{
        const Contracts__HoursPenalty *hours = loaded->plan->missing_hours;
        return ground == CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS && hours != NULL && !hours->before_end;
}

char *letter_at_stake(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground)
{
        struct id without = loaded->record == NULL ? (struct id){{0}} : id_of(loaded->record->case_id);
        struct case_sums sums = loaded_control_sums(work, loaded, without);
        const struct penalty_facts facts = {
                .plan = loaded->plan,
                .rules = loaded->rules,
                .ground = letter_stake_is_later(loaded, ground) ? CONTRACTS__CASE_GROUND__HOURS_NOT_DONE : ground,
                .due_on = due_of(loaded, work),
                .served_on = work->today,
                .until = work->today,
                .missing = loaded_control_hours(loaded, ground, &sums),
                .decided = sums.decided,
        };
        struct penalty penalty;
        struct refusal refusal;
        if (!penalty_compute(&facts, work->arena, &penalty, &refusal) || money_cents(penalty.computed) <= 0)
                return arena_text(work->arena, "");
        return arena_printf(work->arena, "%s (%s).", french_money(work->arena, penalty.computed), penalty.formula);
}

char *letter_reminders(const Contracts__ControlCase *record, struct arena *arena)
{
        char *told = arena_text(arena, "");
        for (size_t i = 0; record != NULL && i < record->n_reminders; i++)
                told = arena_printf(arena, "%s%sle %s", told,
                                    i == 0                         ? ""
                                    : i + 1 == record->n_reminders ? " et "
                                                                   : ", ",
                                    french_day(arena, day_of(record->reminders[i]->sent_on)));
        return told;
}

/* ---- what to confirm */

static void doubt_penalties(const struct work *work, const struct loaded_control *loaded, struct to_confirm *list)
{
        const Contracts__KeptPenalties *kept = kept_penalties_of(loaded->contract.file, loaded->obligation->lot);
        if (kept != NULL) {
                char *differ = kept_penalties_differ(kept, loaded->plan, list->arena);
                if (differ != NULL)
                        to_confirm_add(list, differ);
                return;
        }
        to_confirm_add(list,
                       arena_text(list->arena, "Pénalités : aucun CCAP remis à l'acheteur n'est connu pour ce lot ; "
                                               "vérifiez-les dans le contrat signé."));
        const Contracts__ControlPlanPut *put =
                control_plan_find(work->txn, work->arena, id_of(loaded->obligation->clause_id));
        const Contracts__ControlModel *model = put == NULL ? NULL : control_model(loaded->rules, put->model);
        if (model != NULL)
                to_confirm_source(list, arena_printf(list->arena, "Modèle de suivi « %s »", model->label),
                                  model->source);
}

static void doubt_rate(const struct work *work, const struct loaded_control *loaded, struct to_confirm *list)
{
        const Contracts__HoursPenalty *hours = loaded->plan->missing_hours;
        const Contracts__ReferenceRate *rate =
                hours == NULL || text_is_empty(hours->rate) ? NULL : control_rate(loaded->rules, hours->rate);
        if (rate == NULL)
                return;
        to_confirm_source(list, rate->label, control_rate_on(rate, work->today)->source);
}

void letter_doubts(const struct work *work, const struct loaded_control *loaded, struct to_confirm *list)
{
        if (text_is_empty(loaded->plan->article))
                to_confirm_add(list,
                               arena_text(list->arena,
                                          "Article du contrat qui porte la clause et ses pénalités : il n'est pas "
                                          "indiqué dans le plan de contrôle."));
        doubt_penalties(work, loaded, list);
        doubt_rate(work, loaded, list);
        const struct ceilings_of ceilings = {loaded->plan, loaded->rules,
                                             amount_trusted(work, loaded->contract.record->amount), work->today};
        ceilings_doubt(&ceilings, list);
        to_confirm_source(list, "Décompte des délais", loaded->rules->notice->source);
        to_confirm_source(list, "Durée du délai d'observations", loaded->rules->contradictory->source);
}
