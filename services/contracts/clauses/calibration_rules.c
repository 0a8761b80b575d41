#include "services/contracts/clauses/calibration_rules.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"

/* Whose rules are being checked, for messages. */
struct checking {
        const char *version;
        struct err_info *info;
};

static int bad(const struct checking *checking, const char *block, const char *what)
{
        return err_set(checking->info, ERR_CONFIG, "calibration: version %s, %s: %s", checking->version, block, what);
}

static bool is_share_range(const Contracts__CalibrationShareRange *range)
{
        return range != NULL && range->min != NULL && range->max != NULL && range->min->millionths > 0 &&
               range->min->millionths <= range->max->millionths;
}

static bool is_money_range(const Contracts__CalibrationMoneyRange *range)
{
        return range != NULL && range->min != NULL && range->max != NULL && range->min->cents > 0 &&
               range->min->cents <= range->max->cents;
}

static bool is_positive(const Types__Hours *hours)
{
        return hours != NULL && hours->hundredths > 0;
}

static int check_amounts(const struct checking *checking, const char *block,
                         const Contracts__CalibrationAmounts *amounts)
{
        if (amounts == NULL || !is_money_range(amounts->accepted) || !is_money_range(amounts->usual))
                return bad(checking, block, "needs accepted and usual, each min and max in euros");
        return 0;
}

static int check_trades(const struct checking *checking, const Contracts__CalibrationVersion *version)
{
        for (size_t i = 0; i < version->n_trades; i++) {
                const Contracts__CalibrationTrade *trade = version->trades[i];
                if (text_is_empty(trade->code) || text_is_empty(trade->label))
                        return bad(checking, "trades", "each needs code and label");
                if (!is_share_range(trade->usual))
                        return bad(checking, trade->code, "needs usual min and max within 0..1");
        }
        for (size_t i = 0; i < version->n_schemes; i++) {
                const Contracts__CalibrationScheme *scheme = version->schemes[i];
                if (text_is_empty(scheme->code) || text_is_empty(scheme->label) || scheme->rate == NULL ||
                    scheme->rate->millionths == 0)
                        return bad(checking, "schemes", "each needs code, label and rate");
        }
        return 0;
}

static int check_table(const struct checking *checking, const Contracts__CalibrationTable *table)
{
        if (text_is_empty(table->code) || text_is_empty(table->label) || table->n_steps == 0)
                return bad(checking, "tables", "each needs code, label and steps");
        for (size_t i = 0; i < table->n_steps; i++) {
                const Contracts__HoursStep *step = table->steps[i], *before = i == 0 ? NULL : table->steps[i - 1];
                if (step->from == NULL || step->from->cents <= 0 || !is_positive(step->hours))
                        return bad(checking, table->code, "each step needs from and hours");
                if (before != NULL &&
                    (before->from->cents >= step->from->cents || before->hours->hundredths > step->hours->hundredths))
                        return bad(checking, table->code, "steps must go upwards");
        }
        return 0;
}

static int check_hours(const struct checking *checking, const Contracts__CalibrationVersion *version)
{
        const Contracts__CalibrationThresholds *thresholds = version->thresholds;
        const Contracts__CalibrationEquivalents *equivalents = version->equivalents;

        if (thresholds == NULL || !is_positive(thresholds->hire_hours) ||
            !is_positive(thresholds->person_quarter_hours) || thresholds->short_months == 0 ||
            thresholds->crowded_share == NULL)
                return bad(checking, "thresholds",
                           "needs hire_hours, person_quarter_hours, short_months and crowded_share");
        if (equivalents == NULL || !is_positive(equivalents->year_hours) || !is_positive(equivalents->week_hours))
                return bad(checking, "equivalents", "needs year_hours and week_hours");
        return 0;
}

static int check_version(struct err_info *info, const Contracts__CalibrationVersion *version)
{
        const struct checking checking = {version->version, info};
        const Contracts__CalibrationShares *rate = version->insertion_rate, *labour = version->labour_share;

        if (rate == NULL || !is_share_range(rate->accepted) || !is_share_range(rate->usual))
                return bad(&checking, "insertion_rate", "needs accepted and usual, each min and max within 0..1");
        if (labour == NULL || !is_share_range(labour->accepted))
                return bad(&checking, "labour_share", "needs accepted min and max within 0..1");
        int err = check_amounts(&checking, "hourly_cost", version->hourly_cost);
        if (err == 0)
                err = check_amounts(&checking, "amount_per_hour", version->amount_per_hour);
        if (err == 0)
                err = check_trades(&checking, version);
        for (size_t i = 0; i < version->n_tables && err == 0; i++)
                err = check_table(&checking, version->tables[i]);
        return err != 0 ? err : check_hours(&checking, version);
}

int calibration_rules_check(const struct dated *dated, struct err_info *info)
{
        const Contracts__CalibrationRules *rules = (const Contracts__CalibrationRules *)dated->root;
        int err = 0;
        for (size_t i = 0; i < rules->n_versions && err == 0; i++)
                err = check_version(info, rules->versions[i]);
        return err;
}

const Contracts__CalibrationVersion *calibration_rules_named(const struct dated *dated, const char *version,
                                                             struct day day)
{
        const Contracts__CalibrationRules *rules = (const Contracts__CalibrationRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                if (strcmp(rules->versions[i]->version, version) == 0)
                        return rules->versions[i];
        return dated_on(dated, day);
}

const Contracts__CalibrationTrade *calibration_trade(const Contracts__CalibrationVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_trades; i++)
                if (strcmp(rules->trades[i]->code, code) == 0)
                        return rules->trades[i];
        return NULL;
}

const Contracts__CalibrationScheme *calibration_scheme(const Contracts__CalibrationVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_schemes; i++)
                if (strcmp(rules->schemes[i]->code, code) == 0)
                        return rules->schemes[i];
        return NULL;
}

const Contracts__CalibrationTable *calibration_table(const Contracts__CalibrationVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_tables; i++)
                if (strcmp(rules->tables[i]->code, code) == 0)
                        return rules->tables[i];
        return NULL;
}
