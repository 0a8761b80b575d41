#include "services/contracts/consultation/consultation_rules.h"

#include "common/base/require.h"
#include "contracts/consultation.pb-c.h"
#include "common/texts/texts.h"

enum { DAYS_MAX = 60, YEARS_MAX = 100 };

static bool is_delay(const Contracts__InformationDelay *delay)
{
        return delay != NULL && delay->days >= 1 && delay->days <= DAYS_MAX && delay->urgent_days >= 1 &&
               delay->urgent_days <= delay->days;
}

static const char *missing(const Contracts__ConsultationVersion *version)
{
        if (!is_delay(version->information) || !is_delay(version->concession) || !is_delay(version->private_contract))
                return "information, concession, private_contract need days (1 to 60), and no more urgent_days";
        if (version->send_to_buyer == NULL || version->send_to_buyer->days > DAYS_MAX || version->soon == NULL ||
            version->soon->days > DAYS_MAX)
                return "send_to_buyer and soon need days (at most 60)";
        if (version->agreement == NULL || version->agreement->gap == NULL)
                return "agreement needs gap";
        if (version->retention == NULL || version->retention->years < 1 || version->retention->years > YEARS_MAX)
                return "retention needs years (1 to 100)";
        if (version->identifying == NULL || version->identifying->n_phrases == 0 ||
            version->identifying->n_titles == 0 || version->identifying->n_common == 0)
                return "identifying needs phrases, titles and common";
        if (version->criteria != NULL && (version->criteria->from == NULL || version->criteria->text[0] == '\0' ||
                                          version->criteria->source[0] == '\0'))
                return "criteria needs from, text and source";
        return NULL;
}

static int check_texts(const Texts__TextLibrary *library, struct err_info *info)
{
        static const char *const names[] = {"appraisal_head", "appraisal_foot"};
        for (size_t i = 0; i < library->n_versions; i++)
                for (size_t j = 0; j < ARRAY_SIZE(names); j++)
                        if (text_find(library->versions[i], names[j]) == NULL)
                                return err_set(info, ERR_CONFIG, "consultation_texts.json: version %s: needs %s",
                                               library->versions[i]->version, names[j]);
        return 0;
}

int consultation_rules_check(const struct dated *rules, const struct dated *texts, struct err_info *info)
{
        const Contracts__ConsultationRules *root = (const Contracts__ConsultationRules *)rules->root;
        for (size_t i = 0; i < root->n_versions; i++) {
                const char *what = missing(root->versions[i]);
                if (what != NULL)
                        return err_set(info, ERR_CONFIG, "consultation.json: version %s: %s",
                                       root->versions[i]->version, what);
        }
        return check_texts((const Texts__TextLibrary *)texts->root, info);
}
