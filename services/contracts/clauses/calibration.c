#include "services/contracts/clauses/calibration.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/err.h"
#include "common/base/require.h"
#include "common/codec/types.h"

enum { PERCENT_TEXT_SIZE = QUANTITY_TEXT_SIZE + 4, MILLIONTHS_OF_PERCENT = 10000 };

/* ---- French figures: comma, no decimals that say nothing */

static void french(char text[QUANTITY_TEXT_SIZE])
{
        char *point = strchr(text, '.');
        if (point == NULL)
                return;
        if (strcmp(point, ".00") == 0)
                *point = '\0';
        else
                *point = ',';
}

static void french_hours(struct hours hours, char ret_text[QUANTITY_TEXT_SIZE])
{
        hours_format(hours, ret_text);
        french(ret_text);
}

static void french_money(struct money money, char ret_text[QUANTITY_TEXT_SIZE])
{
        money_format(money, ret_text);
        french(ret_text);
}

static void french_percent(struct share share, char ret_text[PERCENT_TEXT_SIZE])
{
        uint32_t whole = share_millionths(share) / MILLIONTHS_OF_PERCENT;
        uint32_t rest = share_millionths(share) % MILLIONTHS_OF_PERCENT;
        (void)snprintf(ret_text, PERCENT_TEXT_SIZE, "%" PRIu32 ",%04" PRIu32, whole, rest);
        size_t length = strlen(ret_text);
        while (ret_text[length - 1] == '0')
                ret_text[--length] = '\0';
        if (ret_text[length - 1] == ',')
                ret_text[--length] = '\0';
        (void)snprintf(ret_text + length, PERCENT_TEXT_SIZE - length, " %%");
}

/* ---- reading */

static bool share_within(struct share share, const struct share_range *range)
{
        return share_millionths(share) >= share_millionths(range->min) &&
               share_millionths(share) <= share_millionths(range->max);
}

static bool money_within(struct money money, const struct money_range *range)
{
        return money_cents(money) >= money_cents(range->min) && money_cents(money) <= money_cents(range->max);
}

static bool share_read(const Types__Share *message, const char *what[2], const struct share_range *accepted,
                       struct share *ret, struct refusal *ret_refusal)
{
        if (message == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, what[0],
                              "%s n'est pas indiquée : donnez-la entre 0 et 1 (0.5 pour 50 %%).", what[1]);
        if (!share_within(share_of(message), accepted)) {
                char min[PERCENT_TEXT_SIZE], max[PERCENT_TEXT_SIZE];
                french_percent(accepted->min, min);
                french_percent(accepted->max, max);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, what[0],
                              "%s doit aller de %s à %s : corrigez-la.", what[1], min, max);
        }
        *ret = share_of(message);
        return true;
}

static bool cost_read(const Types__Money *message, const struct money_range *accepted, struct money *ret,
                      struct refusal *ret_refusal)
{
        char min[QUANTITY_TEXT_SIZE], max[QUANTITY_TEXT_SIZE];

        if (message != NULL && money_within(money_of(message), accepted)) {
                *ret = money_of(message);
                return true;
        }
        french_money(accepted->min, min);
        french_money(accepted->max, max);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.hourly_cost",
                      "Le coût horaire %s : donnez-le entre %s € et %s € de l'heure.",
                      message == NULL ? "n'est pas indiqué" : "sort de ce qui est admis", min, max);
}

static bool rounding_read(Contracts__Rounding message, Contracts__Rounding *ret)
{
        if (message < CONTRACTS__ROUNDING__ROUNDING_UNKNOWN || message > CONTRACTS__ROUNDING__TO_35)
                return false;
        *ret = message == CONTRACTS__ROUNDING__ROUNDING_UNKNOWN ? CONTRACTS__ROUNDING__DOWN : message;
        return true;
}

bool calibration_read(const Contracts__Calibration *message, const struct calibration_rules *rules,
                      struct calibration *ret, struct refusal *ret_refusal)
{
        static const char *labour[] = {"calibration.labour_share", "La part de main-d'œuvre"};
        static const char *rate[] = {"calibration.insertion_rate", "La part d'insertion"};
        struct calibration read;

        if (message == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration",
                              "Le calcul de la clause n'est pas indiqué : donnez le montant HT, la part de "
                              "main-d'œuvre, la part d'insertion et le coût horaire.");
        read.amount = money_of(message->amount);
        if (money_cents(read.amount) <= 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.amount",
                              "Le montant HT doit être supérieur à 0 € : indiquez celui du lot.");
        if (!share_read(message->labour_share, labour, &rules->labour_share_accepted, &read.labour_share,
                        ret_refusal) ||
            !share_read(message->insertion_rate, rate, &rules->insertion_rate_accepted, &read.insertion_rate,
                        ret_refusal) ||
            !cost_read(message->hourly_cost, &rules->hourly_cost_accepted, &read.hourly_cost, ret_refusal))
                return false;
        if (!rounding_read(message->rounding, &read.rounding))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.rounding",
                              "Cet arrondi n'existe pas : choisissez DOWN, NEAREST, TO_5, TO_7 ou TO_35.");
        *ret = read;
        return true;
}

/* ---- computing */

static bool too_much(struct refusal *ret_refusal)
{
        return refuse(
            ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.amount",
            "Le calcul donne plus d'heures qu'une clause ne peut en porter : vérifiez le montant (en euros HT) "
            "et le coût horaire.");
}

bool calibration_compute(const struct calibration *calibration, const struct calibration_rules *rules,
                         struct calibration_result *ret, struct refusal *ret_refusal)
{
        struct calibration_result result;
        if (hours_bought(calibration->amount, calibration->labour_share, calibration->insertion_rate,
                         calibration->hourly_cost, &result.exact) != 0)
                return too_much(ret_refusal);
        result.rounded = calibration_round(result.exact, calibration->rounding);

        int64_t millionths, hundredths;
        if (__builtin_mul_overflow(hours_hundredths(result.rounded), SHARE_ONE_MILLIONTHS, &millionths) ||
            __builtin_mul_overflow(hours_hundredths(result.rounded), 100, &hundredths))
                return too_much(ret_refusal);
        result.full_time_equivalent = decimal_of_millionths(millionths / hours_hundredths(rules->year_hours));
        result.weeks = hours_of_hundredths(hundredths / hours_hundredths(rules->week_hours));
        *ret = result;
        return true;
}

/* ---- warnings */

static void warn(struct calibration_warnings *warnings, const char *format, ...) ATTR_FORMAT(2, 3);
static void warn(struct calibration_warnings *warnings, const char *format, ...)
{
        va_list args;
        require(warnings->count < CALIBRATION_WARNINGS_MAX);
        va_start(args, format);
        (void)vsnprintf(warnings->text[warnings->count++], CALIBRATION_WARNING_SIZE, format, args);
        va_end(args);
}

static void warn_of_hours(const struct calibration_result *result, const struct calibration_rules *rules,
                          struct calibration_warnings *ret)
{
        char hours[QUANTITY_TEXT_SIZE], limit[QUANTITY_TEXT_SIZE];

        french_hours(result->rounded, hours);
        if (hours_hundredths(result->rounded) == 0) {
                warn(ret, "Le calcul donne 0 h : il n'y a rien à demander.");
        } else if (hours_hundredths(result->rounded) < hours_hundredths(rules->hire_hours)) {
                french_hours(rules->hire_hours, limit);
                warn(ret, "%s h, c'est trop peu pour embaucher quelqu'un (moins de %s h).", hours, limit);
        } else if (hours_hundredths(result->rounded) < hours_hundredths(rules->person_quarter_hours)) {
                french_hours(rules->person_quarter_hours, limit);
                warn(ret, "%s h, c'est moins d'un trimestre d'une personne à temps plein (%s h).", hours, limit);
        }
}

static void warn_of_labour(const struct calibration *calibration, const struct calibration_rules *rules,
                           struct calibration_warnings *ret)
{
        char share[PERCENT_TEXT_SIZE], bound[PERCENT_TEXT_SIZE];
        const struct trade *lowest = NULL, *highest = NULL;

        for (size_t i = 0; i < rules->trade_count; i++) {
                const struct trade *trade = &rules->trades[i];
                if (lowest == NULL || share_millionths(trade->usual.min) < share_millionths(lowest->usual.min))
                        lowest = trade;
                if (highest == NULL || share_millionths(trade->usual.max) > share_millionths(highest->usual.max))
                        highest = trade;
        }
        french_percent(calibration->labour_share, share);
        if (lowest != NULL && share_millionths(calibration->labour_share) < share_millionths(lowest->usual.min)) {
                french_percent(lowest->usual.min, bound);
                warn(ret, "Part de main-d'œuvre de %s : plus faible que dans tous les métiers connus (%s : %s).", share,
                     lowest->label, bound);
        } else if (highest != NULL &&
                   share_millionths(calibration->labour_share) > share_millionths(highest->usual.max)) {
                french_percent(highest->usual.max, bound);
                warn(ret, "Part de main-d'œuvre de %s : plus forte que dans tous les métiers connus (%s : %s).", share,
                     highest->label, bound);
        }
}

static void warn_of_rate(const struct calibration *calibration, const struct calibration_rules *rules,
                         struct calibration_warnings *ret)
{
        char rate[PERCENT_TEXT_SIZE], min[PERCENT_TEXT_SIZE], max[PERCENT_TEXT_SIZE];

        if (share_within(calibration->insertion_rate, &rules->insertion_rate_usual))
                return;
        french_percent(calibration->insertion_rate, rate);
        french_percent(rules->insertion_rate_usual.min, min);
        french_percent(rules->insertion_rate_usual.max, max);
        warn(ret, "Part d'insertion de %s : l'usage va de %s à %s.", rate, min, max);
}

static void warn_of_cost(const struct calibration *calibration, const struct calibration_rules *rules,
                         struct calibration_warnings *ret)
{
        char cost[QUANTITY_TEXT_SIZE], min[QUANTITY_TEXT_SIZE], max[QUANTITY_TEXT_SIZE];

        if (money_within(calibration->hourly_cost, &rules->hourly_cost_usual))
                return;
        french_money(calibration->hourly_cost, cost);
        french_money(rules->hourly_cost_usual.min, min);
        french_money(rules->hourly_cost_usual.max, max);
        warn(ret, "Coût horaire de %s € : l'usage va de %s € à %s €.", cost, min, max);
}

void calibration_warn(const struct calibration *calibration, const struct calibration_result *result,
                      const struct calibration_rules *rules, struct calibration_warnings *ret)
{
        ret->count = 0;
        warn_of_hours(result, rules, ret);
        warn_of_labour(calibration, rules, ret);
        warn_of_rate(calibration, rules, ret);
        warn_of_cost(calibration, rules, ret);
}
