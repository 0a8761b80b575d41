#include "services/contracts/control/plan.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/control/rules.h"

enum { CENTS = 100, MILLIONTHS = 1000000 };

static bool invalid(struct refusal *ret_refusal, const char *field, const char *text)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s", text);
}

static bool check_documents(const Contracts__ControlPlan *plan, struct refusal *ret_refusal)
{
        if (plan->n_documents == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.documents",
                              "Nommez les documents attendus à chaque échéance.");
        for (size_t i = 0; i < plan->n_documents; i++)
                for (size_t k = 0; k < i; k++)
                        if (strcmp(plan->documents[i], plan->documents[k]) == 0)
                                return invalid(ret_refusal, "plan.documents",
                                               "Un document est nommé deux fois : gardez-le une seule fois.");
        return true;
}

static bool check_hours(const Contracts__HoursPenalty *hours, const Contracts__ControlRulesVersion *rules,
                        struct refusal *ret_refusal)
{
        static const char field[] = "plan.missing_hours";
        if (hours == NULL)
                return true;
        if ((hours->per_hour == NULL) == (hours->multiple == NULL))
                return invalid(ret_refusal, field,
                               "Une heure non réalisée coûte soit un montant fixe (perHour), soit un multiple d'un "
                               "taux daté (multiple et rate) : donnez l'un des deux.");
        if (hours->per_hour != NULL &&
            (hours->per_hour->cents <= 0 || hours->per_hour->cents > (int64_t)PLAN_EURO_PER_HOUR_MAX * CENTS))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.missing_hours.per_hour",
                              "La pénalité par heure doit être comprise entre 0,01 € et %d €.", PLAN_EURO_PER_HOUR_MAX);
        if (hours->multiple == NULL)
                return true;
        if (hours->multiple->millionths <= 0 || hours->multiple->millionths > (int64_t)PLAN_MULTIPLE_MAX * MILLIONTHS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.missing_hours.multiple",
                              "Le multiple doit être supérieur à 0 et d'au plus %d.", PLAN_MULTIPLE_MAX);
        if (control_rate(rules, hours->rate) == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.missing_hours.rate",
                              "Un multiple est celui d'un taux : nommez-le, par exemple SMIC_HORAIRE.");
        return true;
}

static bool check_lateness(const Contracts__ControlPlan *plan, struct refusal *ret_refusal)
{
        if (plan->per_day_late == NULL)
                return true;
        if (plan->per_day_late->cents < 0 || plan->per_day_late->cents > (int64_t)PLAN_EURO_PER_DAY_MAX * CENTS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.per_day_late",
                              "La pénalité par jour de retard doit être comprise entre 0 et %d €.",
                              PLAN_EURO_PER_DAY_MAX);
        if (plan->lateness_from == CONTRACTS__LATENESS_START__LATENESS_START_UNKNOWN)
                return invalid(ret_refusal, "plan.lateness_from",
                               "Dites d'où les jours de retard se comptent : de la mise en demeure "
                               "(FROM_FORMAL_NOTICE) ou de l'échéance (FROM_DUE_DATE).");
        return true;
}

static bool check_times(const Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                        struct refusal *ret_refusal)
{
        if (plan->frequency == CONTRACTS__STATEMENT_FREQUENCY__FREQUENCY_UNKNOWN)
                return invalid(ret_refusal, "plan.frequency",
                               "Dites quand les relevés sont dus : chaque mois, trimestre, semestre, ou à la fin.");
        if (plan->due_day < 1 || plan->due_day > PLAN_DUE_DAY_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.due_day",
                              "Le jour d'échéance du mois suivant doit être compris entre 1 et %d.", PLAN_DUE_DAY_MAX);
        if (plan->answer_working_days > PLAN_WORKING_DAYS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.answer_working_days",
                              "Le délai de réponse ne peut dépasser %d jours ouvrés.", PLAN_WORKING_DAYS_MAX);
        if (plan->contradictory_days < rules->contradictory->days_min ||
            plan->contradictory_days > PLAN_CONTRADICTORY_DAYS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "plan.contradictory_days",
                              "L'entreprise a entre %u et %d jours pour ses observations (%s).",
                              rules->contradictory->days_min, PLAN_CONTRADICTORY_DAYS_MAX,
                              rules->contradictory->source);
        if (plan->starts_on != NULL && plan->ends_on != NULL &&
            day_number(day_of(plan->ends_on)) <= day_number(day_of(plan->starts_on)))
                return invalid(ret_refusal, "plan.ends_on",
                               "La fin de l'exécution doit venir après son début : corrigez l'une des deux dates.");
        return true;
}

bool plan_check(const Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                struct refusal *ret_refusal)
{
        if (plan->cap != NULL && plan->cap->cents < 0)
                return invalid(ret_refusal, "plan.cap",
                               "Le plafond des pénalités ne peut être négatif : laissez-le vide s'il n'y en a pas.");
        return check_times(plan, rules, ret_refusal) && check_documents(plan, ret_refusal) &&
               check_lateness(plan, ret_refusal) && check_hours(plan->missing_hours, rules, ret_refusal);
}

static bool is_in_force(const Contracts__ReportRule *rule, const Contracts__ContractRecord *record)
{
        return record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION &&
               (record->notified_on == NULL || record->notified_on->days >= rule->from->days);
}

bool plan_set_report(Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                     const Contracts__ContractRecord *record, struct refusal *ret_refusal)
{
        const Contracts__ReportRule *rule = rules->concession_report;
        bool is_wanted = plan->yearly_report == CONTRACTS__YEARLY_REPORT__REPORT_WANTED;
        if (is_wanted && (rule == NULL || record->kind != CONTRACTS__CONTRACT_KIND__CONCESSION))
                return invalid(
                        ret_refusal, "plan.yearly_report",
                        "Seul le concessionnaire remet un rapport annuel : laissez ce champ vide pour un marché.");
        if (plan->yearly_report == CONTRACTS__YEARLY_REPORT__REPORT_BY_RULE)
                is_wanted = rule != NULL && is_in_force(rule, record);
        plan->report_terms = is_wanted ? rule->terms : NULL;
        return true;
}

Contracts__ControlPlan *plan_complete(const Contracts__ControlPlan *asked, const Contracts__ControlPlan *model,
                                      struct arena *arena)
{
        static const Contracts__ControlPlan nothing = CONTRACTS__CONTROL_PLAN__INIT;
        const Contracts__ControlPlan *from = asked == NULL ? &nothing : asked;
        Contracts__ControlPlan *plan = pb_new(&contracts__control_plan__descriptor, arena);

        *plan = *from;
        if (plan->frequency == CONTRACTS__STATEMENT_FREQUENCY__FREQUENCY_UNKNOWN)
                plan->frequency = model->frequency;
        if (plan->due_day == 0)
                plan->due_day = model->due_day;
        if (plan->n_documents == 0) {
                plan->documents = model->documents;
                plan->n_documents = model->n_documents;
        }
        if (plan->per_day_late == NULL)
                plan->per_day_late = model->per_day_late;
        if (plan->lateness_from == CONTRACTS__LATENESS_START__LATENESS_START_UNKNOWN)
                plan->lateness_from = model->lateness_from;
        if (plan->missing_hours == NULL)
                plan->missing_hours = model->missing_hours;
        if (plan->cap == NULL)
                plan->cap = model->cap;
        if (plan->answer_working_days == 0)
                plan->answer_working_days = model->answer_working_days;
        if (plan->contradictory_days == 0)
                plan->contradictory_days = model->contradictory_days;
        return plan;
}
