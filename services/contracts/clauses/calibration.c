#include "services/contracts/clauses/calibration.h"

#include "common/base/err.h"
#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/calibration_rules.h"

enum { HUNDREDTHS = 100, MONTHS_OF_YEAR = 12, MONTHS_MAX = 600 };

/* What every check works on. */
struct completing {
        Contracts__Calibration *calibration;
        const struct calibration_basis *basis;
        struct arena *arena;
        struct refusal *refusal;
};

static bool invalid(const struct completing *c, const char *field, const char *text)
{
        return refuse(c->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s", text);
}

/* ---- single figures: each within what the rules accept */

static bool check_share(const struct completing *c, const char *what[2], const Types__Share *share,
                        const Contracts__CalibrationShareRange *accepted)
{
        if (share != NULL && share->millionths >= accepted->min->millionths &&
            share->millionths <= accepted->max->millionths)
                return true;
        return refuse(c->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, what[0], "%s %s : donnez-la entre %s et %s.",
                      what[1], share == NULL ? "n'est pas indiquée" : "sort de ce qui est admis",
                      french_share(c->arena, share_of(accepted->min)), french_share(c->arena, share_of(accepted->max)));
}

static bool check_money(const struct completing *c, const char *what[2], const Types__Money *money,
                        const Contracts__CalibrationMoneyRange *accepted)
{
        if (money != NULL && money->cents >= accepted->min->cents && money->cents <= accepted->max->cents)
                return true;
        return refuse(c->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, what[0], "%s %s : donnez-le entre %s et %s.",
                      what[1], money == NULL ? "n'est pas indiqué" : "sort de ce qui est admis",
                      french_money(c->arena, money_of(accepted->min)), french_money(c->arena, money_of(accepted->max)));
}

static bool check_labour(const struct completing *c)
{
        static const char *what[] = {"calibration.labour_share", "La part de main-d'œuvre"};
        return check_share(c, what, c->calibration->labour_share, c->basis->rules->labour_share->accepted);
}

static bool check_cost(const struct completing *c)
{
        static const char *what[] = {"calibration.hourly_cost", "Le coût horaire"};
        return check_money(c, what, c->calibration->hourly_cost, c->basis->rules->hourly_cost->accepted);
}

static bool check_rate(const struct completing *c)
{
        static const char *what[] = {"calibration.insertion_rate", "La part d'insertion"};
        return check_share(c, what, c->calibration->insertion_rate, c->basis->rules->insertion_rate->accepted);
}

/* ---- what each method needs */

static bool check_formula(const struct completing *c)
{
        return check_labour(c) && check_rate(c) && check_cost(c);
}

static bool check_per_invoiced(const struct completing *c)
{
        static const char *what[] = {"calibration.amount_per_hour", "Le montant facturé qui vaut une heure"};
        if (!check_money(c, what, c->calibration->amount_per_hour, c->basis->rules->amount_per_hour->accepted))
                return false;
        if (money_cents(money_of(c->calibration->trigger)) >= 0)
                return true;
        return invalid(c, "calibration.trigger",
                       "Le seuil de déclenchement ne peut pas être négatif : corrigez-le, ou laissez-le vide.");
}

static bool check_steps(const struct completing *c)
{
        const Contracts__Calibration *calibration = c->calibration;
        bool is_sound = calibration->n_steps > 0 && calibration->n_steps <= CALIBRATION_STEPS_MAX;
        for (size_t i = 0; i < calibration->n_steps && is_sound; i++) {
                const Contracts__HoursStep *step = calibration->steps[i];
                const Contracts__HoursStep *before = i == 0 ? NULL : calibration->steps[i - 1];
                is_sound = step->from != NULL && step->from->cents >= 0 && hours_hundredths(hours_of(step->hours)) > 0;
                if (is_sound && before != NULL)
                        is_sound = step->from->cents > before->from->cents &&
                                   step->hours->hundredths >= before->hours->hundredths;
        }
        return is_sound || invalid(c, "calibration.steps",
                                   "Donnez de 1 à 50 paliers, du plus bas au plus haut, chacun avec son montant de "
                                   "départ et ses heures ; ou nommez un barème des règles dans « Barème ».");
}

/* The steps of a table of the rules, which says nothing of contracts that are too short for it. */
static bool take_table(const struct completing *c)
{
        const Contracts__CalibrationTable *table = calibration_table(c->basis->rules, c->calibration->table);
        uint32_t months = calibration_months(c->calibration, c->basis);

        if (table == NULL)
                return true; /* of no version that counts any more: its steps will be missing */
        if (months < table->minimum_months)
                return refuse(c->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.duration_months",
                              "Le barème « %s » vaut à partir de %u mois%s : choisissez une autre méthode, ou "
                              "corrigez la durée du lot.",
                              table->label, table->minimum_months, months == 0 ? ", et la durée n'est pas connue" : "");
        c->calibration->steps = table->steps;
        c->calibration->n_steps = table->n_steps;
        return true;
}

static bool check_table_method(const struct completing *c)
{
        if ((!text_is_empty(c->calibration->table) && !take_table(c)) || !check_steps(c))
                return false;
        if (c->calibration->chosen_hours == NULL)
                return true;

        Contracts__Calibration whole = *c->calibration;
        struct hours most;
        whole.chosen_hours = NULL;
        if (!calibration_exact(&whole, money_of(whole.amount), &most, c->refusal))
                return false;
        int64_t chosen = c->calibration->chosen_hours->hundredths;
        if (chosen > 0 && chosen <= hours_hundredths(most))
                return true;
        return refuse(c->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.chosen_hours",
                      "L'acheteur peut demander moins que le barème, jamais plus : donnez plus de 0 h et au plus %s.",
                      french_hours(c->arena, most));
}

static bool check_share_of_hours(const struct completing *c)
{
        if (!check_rate(c))
                return false;
        if (c->calibration->total_hours == NULL)
                return check_labour(c) && check_cost(c); /* what the hours are estimated from */
        return c->calibration->total_hours->hundredths > 0 ||
               invalid(c, "calibration.total_hours",
                       "Le nombre d'heures travaillées doit être supérieur à 0 h : corrigez-le, ou laissez-le vide "
                       "pour l'estimer d'après le montant, la part de main-d'œuvre et le coût horaire.");
}

static bool check_fixed(const struct completing *c)
{
        return hours_hundredths(hours_of(c->calibration->chosen_hours)) > 0 ||
               invalid(c, "calibration.chosen_hours", "Indiquez le nombre d'heures de la clause, plus de 0 h.");
}

static const struct {
        bool (*check)(const struct completing *c);
        bool needs_amount;
} methods[] = {
        [CONTRACTS__CALIBRATION_METHOD__FORMULA] = {check_formula, true},
        [CONTRACTS__CALIBRATION_METHOD__PER_INVOICED] = {check_per_invoiced, true},
        [CONTRACTS__CALIBRATION_METHOD__STEP_TABLE] = {check_table_method, true},
        [CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS] = {check_share_of_hours, false},
        [CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS] = {check_fixed, false},
};

/* ---- filling in */

static void fill_from_trade(const struct completing *c)
{
        const Contracts__CalibrationTrade *trade = calibration_trade(c->basis->rules, c->calibration->trade);
        if (trade != NULL && c->calibration->labour_share == NULL)
                c->calibration->labour_share = trade->usual->min;
}

static void fill_from_scheme(const struct completing *c)
{
        const Contracts__CalibrationScheme *scheme = calibration_scheme(c->basis->rules, c->calibration->scheme);
        if (scheme == NULL)
                return;
        if (c->calibration->insertion_rate == NULL)
                c->calibration->insertion_rate = scheme->rate;
        if (c->calibration->n_target_publics == 0 && !text_is_empty(scheme->target_public)) {
                c->calibration->target_publics = arena_copy(c->arena, &scheme->target_public, sizeof(char *));
                c->calibration->n_target_publics = 1;
        }
}

static bool check_common(const struct completing *c)
{
        const Contracts__Calibration *calibration = c->calibration;
        if (calibration->method < CONTRACTS__CALIBRATION_METHOD__CALIBRATION_METHOD_UNKNOWN ||
            calibration->method > CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS)
                return invalid(c, "calibration.method",
                               "Cette méthode n'existe pas : choisissez FORMULA, PER_INVOICED, STEP_TABLE, "
                               "SHARE_OF_HOURS ou FIXED_HOURS.");
        if (calibration->rounding < CONTRACTS__ROUNDING__ROUNDING_UNKNOWN ||
            calibration->rounding > CONTRACTS__ROUNDING__TO_35)
                return invalid(c, "calibration.rounding",
                               "Cet arrondi n'existe pas : choisissez DOWN, NEAREST, TO_5, TO_7 ou TO_35.");
        if (calibration->duration_months > MONTHS_MAX)
                return invalid(c, "calibration.duration_months", "La durée dépasse 600 mois : corrigez-la.");
        return true;
}

static bool check_amount(const struct completing *c, bool is_needed)
{
        if (money_cents(money_of(c->calibration->amount)) > 0 || (!is_needed && c->calibration->amount == NULL))
                return true;
        if (c->calibration->amount == NULL && c->basis->doubtful != NULL)
                return refuse(c->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.amount",
                              "Le montant connu du lot (%s) est sans doute fictif et n'entre dans aucun calcul : "
                              "indiquez le montant HT du lot.",
                              french_money(c->arena, money_of(c->basis->doubtful)));
        return invalid(c, "calibration.amount", "Le montant HT doit être supérieur à 0 € : indiquez celui du lot.");
}

/* Shares and costs that the method does not need are still what invoices are converted with: none or a sound one. */
static bool check_unneeded(const struct completing *c)
{
        return (c->calibration->labour_share == NULL || check_labour(c)) &&
               (c->calibration->hourly_cost == NULL || check_cost(c)) &&
               (c->calibration->insertion_rate == NULL || check_rate(c));
}

bool calibration_complete(const Contracts__Calibration *asked, const struct calibration_basis *basis,
                          struct arena *arena, Contracts__Calibration **ret, struct refusal *ret_refusal)
{
        struct completing c = {NULL, basis, arena, ret_refusal};
        if (asked == NULL)
                return invalid(&c, "calibration",
                               "Le calcul de la clause n'est pas indiqué : donnez la méthode et ses chiffres, ou pour "
                               "la formule le montant HT, la part de main-d'œuvre, la part d'insertion et le coût "
                               "horaire.");
        c.calibration = arena_copy(arena, asked, sizeof(*asked));
        if (c.calibration->amount == NULL)
                c.calibration->amount = (Types__Money *)(uintptr_t)basis->amount;
        if (!check_common(&c))
                return false;
        size_t method = (size_t)calibration_method(asked);
        if (!check_amount(&c, methods[method].needs_amount))
                return false;
        fill_from_trade(&c);
        fill_from_scheme(&c);
        if (!methods[method].check(&c) || !check_unneeded(&c))
                return false;
        *ret = c.calibration;
        return true;
}

uint32_t calibration_months(const Contracts__Calibration *calibration, const struct calibration_basis *basis)
{
        return calibration->duration_months != 0 ? calibration->duration_months : basis->duration_months;
}

/* ---- computing */

static bool add_equivalents(struct calibration_result *result, const struct calibration_basis *basis, uint32_t months)
{
        const Contracts__CalibrationEquivalents *equivalents = basis->rules->equivalents;
        int64_t millionths, weeks, yearly;

        if (__builtin_mul_overflow(hours_hundredths(result->rounded), SHARE_ONE_MILLIONTHS, &millionths) ||
            __builtin_mul_overflow(hours_hundredths(result->rounded), HUNDREDTHS, &weeks) ||
            __builtin_mul_overflow(millionths, MONTHS_OF_YEAR, &yearly))
                return false;
        int64_t year = equivalents->year_hours->hundredths;
        result->full_time_equivalent = decimal_of_millionths(millionths / year);
        result->weeks = hours_of_hundredths(weeks / equivalents->week_hours->hundredths);
        result->persons = decimal_of_millionths(months == 0 ? 0 : yearly / year / months);
        return true;
}

bool calibration_compute(const Contracts__Calibration *calibration, const struct calibration_basis *basis,
                         struct calibration_result *ret, struct refusal *ret_refusal)
{
        struct calibration_result result;
        if (!calibration_exact(calibration, money_of(calibration->amount), &result.exact, ret_refusal))
                return false;
        result.rounded = calibration_round(result.exact, calibration->rounding);
        if (!add_equivalents(&result, basis, calibration_months(calibration, basis)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration.amount",
                              "Le calcul donne plus d'heures qu'une clause ne peut en porter : vérifiez le montant (en "
                              "euros HT) et le coût horaire.");
        *ret = result;
        return true;
}
