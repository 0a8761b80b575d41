#include "services/contracts/clauses/calibration_hours.h"

#include "common/base/require.h"
#include "common/codec/types.h"

enum { HUNDREDTHS = 100 };

Contracts__CalibrationMethod calibration_method(const Contracts__Calibration *calibration)
{
        return calibration->method == CONTRACTS__CALIBRATION_METHOD__CALIBRATION_METHOD_UNKNOWN
                       ? CONTRACTS__CALIBRATION_METHOD__FORMULA
                       : calibration->method;
}

/* ---- rounding */

static int64_t unit_of(Contracts__Rounding rounding) /* hundredths of an hour */
{
        switch (rounding) {
        case CONTRACTS__ROUNDING__TO_5: return 500;
        case CONTRACTS__ROUNDING__TO_7: return 700;
        case CONTRACTS__ROUNDING__TO_35: return 3500;
        default: return HUNDREDTHS;
        }
}

struct hours calibration_round(struct hours exact, Contracts__Rounding rounding)
{
        bool is_down = rounding == CONTRACTS__ROUNDING__DOWN || rounding == CONTRACTS__ROUNDING__ROUNDING_UNKNOWN;
        int64_t unit = unit_of(rounding);
        int64_t hundredths = hours_hundredths(exact);
        int64_t units = hundredths / unit;

        /* The exact figure is already cut to a hundredth; every half is a whole number of them, so cutting moved
         * none across. The comparison cannot overflow where units + 1 could. */
        if (!is_down && hundredths % unit >= unit / 2 && units < INT64_MAX / unit)
                units++;
        return hours_of_hundredths(units * unit);
}

/* ---- the methods */

static bool too_much(struct refusal *ret_refusal)
{
        return refuse(
                ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.amount",
                "Le calcul donne plus d'heures qu'une clause ne peut en porter : vérifiez le montant (en euros HT) "
                "et le coût horaire.");
}

static bool by_formula(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                       struct refusal *ret_refusal)
{
        return hours_bought(amount, share_of(calibration->labour_share), share_of(calibration->insertion_rate),
                            money_of(calibration->hourly_cost), ret) == 0 ||
               too_much(ret_refusal);
}

static bool per_invoiced(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                         struct refusal *ret_refusal)
{
        int64_t per_hour = money_cents(money_of(calibration->amount_per_hour));
        int64_t trigger = money_cents(money_of(calibration->trigger));
        int64_t beyond, hundredths;

        if (per_hour <= 0 || __builtin_sub_overflow(money_cents(amount), trigger, &beyond))
                return too_much(ret_refusal);
        if (beyond < 0)
                beyond = 0;
        if (__builtin_mul_overflow(beyond / per_hour, HUNDREDTHS, &hundredths))
                return too_much(ret_refusal);
        *ret = hours_of_hundredths(hundredths);
        return true;
}

/* The buyer may have chosen fewer hours than the table gives, never more. */
static bool by_table(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                     struct refusal *ret_refusal)
{
        struct hours hours = hours_of_hundredths(0);
        (void)ret_refusal; /* a table always gives something it holds */
        for (size_t i = 0; i < calibration->n_steps; i++)
                if (money_cents(money_of(calibration->steps[i]->from)) <= money_cents(amount))
                        hours = hours_of(calibration->steps[i]->hours);
        if (calibration->chosen_hours != NULL && calibration->chosen_hours->hundredths < hours_hundredths(hours))
                hours = hours_of(calibration->chosen_hours);
        *ret = hours;
        return true;
}

static bool share_of_hours(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                           struct refusal *ret_refusal)
{
        if (calibration->total_hours == NULL)
                return by_formula(calibration, amount, ret, ret_refusal); /* the rate of the estimated hours */
        if (hours_share(hours_of(calibration->total_hours), share_of(calibration->insertion_rate), ret) == 0)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.total_hours",
                      "Le nombre d'heures travaillées ne peut pas être négatif : corrigez-le, ou laissez-le vide pour "
                      "l'estimer d'après le montant.");
}

static bool fixed_hours(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                        struct refusal *ret_refusal)
{
        (void)amount;
        (void)ret_refusal;
        *ret = hours_of(calibration->chosen_hours);
        return true;
}

typedef bool (*method_f)(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                         struct refusal *ret_refusal);

bool calibration_exact(const Contracts__Calibration *calibration, struct money amount, struct hours *ret,
                       struct refusal *ret_refusal)
{
        static const method_f methods[] = {
                [CONTRACTS__CALIBRATION_METHOD__FORMULA] = by_formula,
                [CONTRACTS__CALIBRATION_METHOD__PER_INVOICED] = per_invoiced,
                [CONTRACTS__CALIBRATION_METHOD__STEP_TABLE] = by_table,
                [CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS] = share_of_hours,
                [CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS] = fixed_hours,
        };
        size_t method = (size_t)calibration_method(calibration);
        require(method < ARRAY_SIZE(methods)); /* the border lets no other number in */
        return methods[method](calibration, amount, ret, ret_refusal);
}

bool calibration_due(const Contracts__Calibration *calibration, struct money invoiced, struct hours *ret,
                     struct refusal *ret_refusal)
{
        struct hours exact;
        if (!calibration_exact(calibration, invoiced, &exact, ret_refusal))
                return false;
        *ret = calibration_round(exact, calibration->rounding);
        return true;
}

bool calibration_total_hours(const Contracts__Calibration *calibration, struct hours *ret)
{
        if (calibration->total_hours != NULL) {
                *ret = hours_of(calibration->total_hours);
                return true;
        }
        return share_millionths(share_of(calibration->labour_share)) > 0 &&
               hours_bought(money_of(calibration->amount), share_of(calibration->labour_share),
                            share_of_millionths(SHARE_ONE_MILLIONTHS), money_of(calibration->hourly_cost), ret) == 0;
}
