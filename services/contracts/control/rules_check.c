#include "services/contracts/control/rules_check.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/contracts/control/plan.h"
#include "services/contracts/control/rules.h"

static int bad(struct err_info *info, const Contracts__ControlRulesVersion *rules, const char *place, const char *what)
{
        return err_set(info, ERR_CONFIG, "control.json: version %s, %s: %s", rules->version, place, what);
}

static int check_rates(const Contracts__ControlRulesVersion *rules, struct err_info *info)
{
        for (size_t i = 0; i < rules->n_rates; i++) {
                const Contracts__ReferenceRate *rate = rules->rates[i];
                if (text_is_empty(rate->code) || text_is_empty(rate->label) || rate->n_values == 0)
                        return bad(info, rules, "rates", "each needs code, label and at least one value");
                for (size_t k = 0; k < rate->n_values; k++) {
                        const Contracts__RateValue *value = rate->values[k];
                        if (value->from == NULL || money_cents(money_of(value->per_hour)) <= 0)
                                return bad(info, rules, rate->code, "a value needs from and per_hour above zero");
                        if (k > 0 && day_number(day_of(value->from)) <= day_number(day_of(rate->values[k - 1]->from)))
                                return bad(info, rules, rate->code, "values must follow each other in time");
                }
        }
        return 0;
}

static int check_models(const Contracts__ControlRulesVersion *rules, struct err_info *info)
{
        struct refusal refusal;

        for (size_t i = 0; i < rules->n_documents; i++)
                if (text_is_empty(rules->documents[i]->code) || text_is_empty(rules->documents[i]->label))
                        return bad(info, rules, "documents", "each needs code and label");
        if (rules->n_models == 0)
                return bad(info, rules, "models", "there must be at least one");
        for (size_t i = 0; i < rules->n_models; i++) {
                const Contracts__ControlModel *model = rules->models[i];
                if (text_is_empty(model->code) || text_is_empty(model->label) || model->plan == NULL)
                        return bad(info, rules, "models", "each needs code, label and plan");
                for (size_t k = 0; k < model->plan->n_documents; k++)
                        if (control_document(rules, model->plan->documents[k]) == NULL)
                                return bad(info, rules, model->code, "names a document that is not in documents");
                if (!plan_check(model->plan, rules, &refusal))
                        return bad(info, rules, model->code, refusal.text);
        }
        return 0;
}

static bool ascending_and_past(const Contracts__ReminderRule *rule)
{
        for (size_t i = 1; i < rule->n_offset_days; i++)
                if (rule->offset_days[i] <= rule->offset_days[i - 1])
                        return false;
        return rule->n_offset_days > 0 && rule->offset_days[rule->n_offset_days - 1] > 0;
}

static bool shares_in_order(const Contracts__LightRule *rule)
{
        uint32_t green = share_millionths(share_of(rule->green)), orange = share_millionths(share_of(rule->orange));
        return rule->quiet != NULL && orange > 0 && orange < green && green <= SHARE_ONE_MILLIONTHS;
}

static bool ceilings_are_whole(const Contracts__ControlRulesVersion *rules)
{
        for (size_t i = 0; i < rules->n_ceilings; i++) {
                const Contracts__PenaltyCeiling *one = rules->ceilings[i];
                bool is_share = one->kind == CONTRACTS__CEILING_KIND__CEILING_OF_ALL;
                if (one->kind == CONTRACTS__CEILING_KIND__CEILING_UNKNOWN || text_is_empty(one->source) ||
                    (is_share ? one->share == NULL : money_cents(money_of(one->amount)) <= 0))
                        return false;
        }
        return true;
}

static bool report_is_whole(const Contracts__ControlRulesVersion *rules)
{
        const Contracts__ReportRule *rule = rules->concession_report;
        return rule->from != NULL && rule->terms != NULL && control_document(rules, rule->terms->document) != NULL &&
               civil_valid((struct civil){2027, (int)rule->terms->due_month, (int)rule->terms->due_day});
}

static int check_version(const Contracts__ControlRulesVersion *rules, struct err_info *info)
{
        if (rules->contradictory == NULL || rules->contradictory->days_min == 0)
                return bad(info, rules, "contradictory", "needs days_min above zero");
        if (rules->reminders == NULL || !ascending_and_past(rules->reminders))
                return bad(info, rules, "reminders", "offset_days must ascend, and the last be after the date");
        if (rules->light == NULL || !shares_in_order(rules->light))
                return bad(info, rules, "light", "needs quiet, and 0 < orange < green <= 1");
        if (rules->notice == NULL || rules->notice->counted_from == CONTRACTS__DELAY_START__DELAY_START_UNKNOWN)
                return bad(info, rules, "notice", "needs counted_from: FROM_SENDING or FROM_RECEPTION");
        if (!ceilings_are_whole(rules))
                return bad(info, rules, "ceilings", "each needs kind, source, and an amount (of all: a share)");
        if (rules->concession_report != NULL && !report_is_whole(rules))
                return bad(info, rules, "concession_report",
                           "needs from, a document of the list, due_month and due_day that every year has");
        if (rules->holidays == NULL)
                return bad(info, rules, "holidays", "are missing");
        int err = check_rates(rules, info);
        return err != 0 ? err : check_models(rules, info);
}

int control_rules_check(const struct dated *dated, struct err_info *info)
{
        const Contracts__ControlRules *file = (const Contracts__ControlRules *)dated->root;
        for (size_t i = 0; i < file->n_versions; i++) {
                int err = check_version(file->versions[i], info);
                if (err != 0)
                        return err;
        }
        return 0;
}
