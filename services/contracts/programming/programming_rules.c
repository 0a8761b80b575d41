#include "services/contracts/programming/programming_rules.h"

#include "contracts/programming.pb-c.h"
#include "texts.pb-c.h"
#include "common/texts/texts.h"

static int bad(struct err_info *info, const char *file, const char *version, const char *what)
{
        return err_set(info, ERR_CONFIG, "%s.json: version %s: %s", file, version, what);
}

static bool ground_is_whole(const Contracts__DutyGround *ground)
{
        return ground->code[0] != '\0' && ground->label[0] != '\0' && ground->n_kinds > 0;
}

static int check_duty(const Contracts__SocialDuty *duty, struct err_info *info)
{
        for (size_t i = 0; i < duty->n_versions; i++) {
                const Contracts__SocialDutyVersion *version = duty->versions[i];
                if (version->article_market[0] == '\0' || version->article_concession[0] == '\0')
                        return bad(info, "social_duty", version->version, "needs article_market, article_concession");
                if (version->in_force && version->n_grounds == 0)
                        return bad(info, "social_duty", version->version, "in force, and without grounds");
                for (size_t j = 0; j < version->n_grounds; j++)
                        if (!ground_is_whole(version->grounds[j]))
                                return bad(info, "social_duty", version->version,
                                           "each ground needs code, label, kinds");
        }
        return 0;
}

static int check_thresholds(const Contracts__EuThresholds *thresholds, struct err_info *info)
{
        for (size_t i = 0; i < thresholds->n_versions; i++) {
                const Contracts__EuThresholdsVersion *version = thresholds->versions[i];
                if (version->n_thresholds == 0)
                        return bad(info, "eu_thresholds", version->version, "needs thresholds");
                for (size_t j = 0; j < version->n_thresholds; j++)
                        if (version->thresholds[j]->amount == NULL || version->thresholds[j]->amount->cents <= 0)
                                return bad(info, "eu_thresholds", version->version, "each needs an amount above 0");
        }
        return 0;
}

static bool bands_ascend(const Contracts__LeverFactRule *rule)
{
        for (size_t i = 1; i < rule->n_bands; i++)
                if (rule->bands[i]->from <= rule->bands[i - 1]->from)
                        return false;
        return rule->n_bands > 0;
}

static bool effects_are_whole(const Contracts__LeverFactRule *rule)
{
        for (size_t i = 0; i < rule->n_bands; i++)
                for (size_t j = 0; j < rule->bands[i]->n_effects; j++) {
                        const Contracts__LeverEffect *effect = rule->bands[i]->effects[j];
                        if (effect->lever == CONTRACTS__LEVER__LEVER_UNKNOWN || effect->text[0] == '\0')
                                return false;
                }
        return true;
}

static int check_levers(const Contracts__LeverRules *rules, struct err_info *info)
{
        for (size_t i = 0; i < rules->n_versions; i++) {
                const Contracts__LeverRulesVersion *version = rules->versions[i];
                const Contracts__HoursEstimate *estimate = version->estimate;
                if (estimate == NULL || estimate->insertion_rate == NULL || estimate->hourly_cost == NULL)
                        return bad(info, "levers", version->version, "estimate needs insertion_rate, hourly_cost");
                for (size_t j = 0; j < version->n_facts; j++) {
                        const Contracts__LeverFactRule *rule = version->facts[j];
                        if (rule->fact == CONTRACTS__LEVER_FACT__FACT_UNKNOWN || rule->label[0] == '\0')
                                return bad(info, "levers", version->version, "each of facts needs fact and label");
                        if (!bands_ascend(rule))
                                return bad(info, "levers", version->version, "bands must ascend");
                        if (!effects_are_whole(rule))
                                return bad(info, "levers", version->version, "each effect needs lever and text");
                }
        }
        return 0;
}

static int check_words(const Contracts__ProgrammeWords *words, struct err_info *info)
{
        for (size_t i = 0; i < words->n_versions; i++) {
                const Contracts__ProgrammeWordsVersion *version = words->versions[i];
                bool title = false;
                for (size_t j = 0; j < version->n_columns; j++)
                        title = title || strcmp(version->columns[j]->field, "title") == 0;
                if (!title)
                        return bad(info, "programme_words", version->version, "columns needs words for title");
        }
        return 0;
}

static int check_texts(const Texts__TextLibrary *library, struct err_info *info)
{
        static const char *const names[] = {"note_mandatory", "note_derogation", "note_optional"};
        for (size_t i = 0; i < library->n_versions; i++)
                for (size_t j = 0; j < ARRAY_SIZE(names); j++)
                        if (text_find(library->versions[i], names[j]) == NULL)
                                return bad(info, "programming_texts", library->versions[i]->version, names[j]);
        return 0;
}

int programming_rules_check(const struct programming_rules *rules, struct err_info *info)
{
        int err = check_duty((const Contracts__SocialDuty *)rules->duty->root, info);
        if (err == 0)
                err = check_thresholds((const Contracts__EuThresholds *)rules->thresholds->root, info);
        if (err == 0)
                err = check_levers((const Contracts__LeverRules *)rules->levers->root, info);
        if (err == 0)
                err = check_words((const Contracts__ProgrammeWords *)rules->words->root, info);
        if (err == 0)
                err = check_texts((const Texts__TextLibrary *)rules->texts->root, info);
        return err;
}
