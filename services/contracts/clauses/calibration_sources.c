/* calibration_sources: a calculation in words, and where its figures come from. See calibration.h. */
#include "services/contracts/clauses/calibration.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/calibration_rules.h"

/* The list as it grows. */
struct sources {
        Contracts__ParameterSource **list;
        size_t count;
        struct arena *arena;
};

/* What the rules mark so has no source yet. */
static bool is_unsourced(const char *source)
{
        static const char mark[] = "à confirmer";
        return strncmp(source, mark, sizeof(mark) - 1) == 0;
}

static void add_source(struct sources *sources, const char *parameter, const char *value, const char *source,
                       bool to_confirm)
{
        Contracts__ParameterSource *one = pb_new(&contracts__parameter_source__descriptor, sources->arena);
        one->parameter = (char *)(uintptr_t)parameter;
        one->value = (char *)(uintptr_t)value;
        one->source = (char *)(uintptr_t)source;
        one->to_confirm = to_confirm;
        sources->list = pb_append(sources->list, &sources->count, sizeof(one), sources->arena);
        sources->list[sources->count - 1] = one;
}

/* "usage « Peinture intérieure » : 70 % ; Laser Emploi" */
static const char *usual_text(struct arena *arena, const char *label, const char *min, const char *max,
                              const char *source)
{
        if (strcmp(min, max) == 0)
                return arena_printf(arena, "usage « %s » : %s ; %s", label, min, source);
        return arena_printf(arena, "usage « %s » : de %s à %s ; %s", label, min, max, source);
}

static void add_labour(struct sources *sources, const Contracts__Calibration *calibration,
                       const struct calibration_basis *basis)
{
        struct arena *arena = sources->arena;
        if (calibration->labour_share == NULL)
                return;
        const Contracts__CalibrationTrade *trade = calibration_trade(basis->rules, calibration->trade);
        const char *value = french_share(arena, share_of(calibration->labour_share));
        if (trade == NULL) {
                add_source(sources, "labour_share", value, "donnée sans métier : à justifier", false);
                return;
        }
        add_source(sources, "labour_share", value,
                   usual_text(arena, trade->label, french_share(arena, share_of(trade->usual->min)),
                              french_share(arena, share_of(trade->usual->max)), trade->source),
                   is_unsourced(trade->source));
}

static void add_rate(struct sources *sources, const Contracts__Calibration *calibration,
                     const struct calibration_basis *basis)
{
        if (calibration->insertion_rate == NULL)
                return;
        const Contracts__CalibrationScheme *scheme = calibration_scheme(basis->rules, calibration->scheme);
        const char *value = french_share(sources->arena, share_of(calibration->insertion_rate));
        if (scheme == NULL)
                add_source(sources, "insertion_rate", value, basis->rules->insertion_rate->source,
                           is_unsourced(basis->rules->insertion_rate->source));
        else
                add_source(sources, "insertion_rate", value,
                           arena_printf(sources->arena, "%s : %s ; %s", scheme->label,
                                        french_share(sources->arena, share_of(scheme->rate)), scheme->source),
                           is_unsourced(scheme->source));
}

Contracts__ParameterSource **calibration_sources(const Contracts__Calibration *calibration,
                                                 const struct calibration_basis *basis, struct arena *arena,
                                                 size_t *ret_count)
{
        struct sources sources = {NULL, 0, arena};
        const Contracts__CalibrationVersion *rules = basis->rules;

        add_labour(&sources, calibration, basis);
        add_rate(&sources, calibration, basis);
        if (calibration->hourly_cost != NULL)
                add_source(&sources, "hourly_cost", french_money(arena, money_of(calibration->hourly_cost)),
                           rules->hourly_cost->source, is_unsourced(rules->hourly_cost->source));
        if (calibration->amount_per_hour != NULL)
                add_source(&sources, "amount_per_hour", french_money(arena, money_of(calibration->amount_per_hour)),
                           rules->amount_per_hour->source, is_unsourced(rules->amount_per_hour->source));
        const Contracts__CalibrationTable *table = calibration_table(rules, calibration->table);
        if (table != NULL)
                add_source(&sources, "table", table->label, table->source, is_unsourced(table->source));
        add_source(&sources, "year_hours",
                   arena_printf(arena, "%s par an", french_hours(arena, hours_of(rules->equivalents->year_hours))),
                   rules->equivalents->source, is_unsourced(rules->equivalents->source));
        *ret_count = sources.count;
        return sources.list;
}

/* ---- in one line */

static const char *told_formula(const Contracts__Calibration *calibration, struct arena *arena)
{
        return arena_printf(arena, "%s × %s × %s ÷ %s", french_money(arena, money_of(calibration->amount)),
                            french_share(arena, share_of(calibration->labour_share)),
                            french_share(arena, share_of(calibration->insertion_rate)),
                            french_money(arena, money_of(calibration->hourly_cost)));
}

static const char *told_per_invoiced(const Contracts__Calibration *calibration, struct arena *arena)
{
        const char *per_hour = french_money(arena, money_of(calibration->amount_per_hour));
        if (money_cents(money_of(calibration->trigger)) == 0)
                return arena_printf(arena, "une heure par tranche pleine de %s facturée", per_hour);
        return arena_printf(arena, "une heure par tranche pleine de %s facturée au-delà de %s", per_hour,
                            french_money(arena, money_of(calibration->trigger)));
}

static const char *told_table(const Contracts__Calibration *calibration, struct arena *arena)
{
        const char *chosen = calibration->chosen_hours == NULL ? "" : ", durée plus courte choisie par l'acheteur";
        return arena_printf(arena, "barème par paliers pour %s%s", french_money(arena, money_of(calibration->amount)),
                            chosen);
}

static const char *told_share_of_hours(const Contracts__Calibration *calibration, struct arena *arena)
{
        struct hours total;
        const char *rate = french_share(arena, share_of(calibration->insertion_rate));
        if (!calibration_total_hours(calibration, &total))
                return arena_printf(arena, "%s des heures travaillées", rate);
        return arena_printf(arena, "%s de %s travaillées%s", rate, french_hours(arena, total),
                            calibration->total_hours == NULL ? " (estimées)" : "");
}

static const char *told_fixed(const Contracts__Calibration *calibration, struct arena *arena)
{
        (void)calibration;
        (void)arena;
        return "volume fixé";
}

const char *calibration_told(const Contracts__Calibration *calibration, struct arena *arena)
{
        static const char *(*const told[])(const Contracts__Calibration *calibration, struct arena *arena) = {
                [CONTRACTS__CALIBRATION_METHOD__FORMULA] = told_formula,
                [CONTRACTS__CALIBRATION_METHOD__PER_INVOICED] = told_per_invoiced,
                [CONTRACTS__CALIBRATION_METHOD__STEP_TABLE] = told_table,
                [CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS] = told_share_of_hours,
                [CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS] = told_fixed,
        };
        return told[calibration_method(calibration)](calibration, arena);
}
