#include "services/contracts/drafting/estimate.h"

#include <string.h>

#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/calibration.h"

enum { MILLIONTHS = 10000 /* in a hundredth */ };

static const char *parameter_name(const char *parameter)
{
        static const struct {
                const char *parameter, *name;
        } names[] = {
                {"labour_share", "part de main-d'œuvre"},
                {"insertion_rate", "taux d'insertion"},
                {"hourly_cost", "coût horaire"},
                {"amount_per_hour", "montant facturé pour une heure"},
                {"table", "barème"},
                {"year_hours", "équivalent temps plein"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                if (strcmp(names[i].parameter, parameter) == 0)
                        return names[i].name;
        return "autre donnée";
}

static void put_figure(const Contracts__ParameterSource *source, bool is_last, struct arena *arena,
                       struct estimate *estimate)
{
        const char *figure =
                arena_printf(arena, "%s : %s (%s)", parameter_name(source->parameter), source->value, source->source);
        estimate->figures = arena_printf(arena, "%s- %s%s", estimate->figures, figure, is_last ? "." : " ;\n");
        if (!source->to_confirm)
                return;
        estimate->to_confirm = pb_append(estimate->to_confirm, &estimate->to_confirm_count, sizeof(char *), arena);
        estimate->to_confirm[estimate->to_confirm_count - 1] = (char *)(uintptr_t)figure;
}

static const char *calculation_of(const Contracts__CalibrateReply *result, struct arena *arena)
{
        const char *told = calibration_told(result->calibration, arena);
        struct hours exact = hours_of(result->exact);
        if (hours_hundredths(exact) == hours_hundredths(hours_of(result->hours)))
                return told;
        return arena_printf(arena, "%s = %s, arrondies à %s", told, french_hours(arena, exact),
                            french_hours(arena, hours_of(result->hours)));
}

struct estimate estimate_told(const Contracts__CalibrateReply *result, struct arena *arena)
{
        const Types__Money *amount = result->calibration->amount;
        struct estimate estimate = {
                .amount = amount == NULL ? "" : french_money(arena, money_of(amount)),
                .hours = french_hours(arena, hours_of(result->hours)),
                .calculation = calculation_of(result, arena),
                .figures = "",
                .warnings = "",
        };
        struct decimal weeks = decimal_of_millionths(hours_hundredths(hours_of(result->weeks_35h)) * MILLIONTHS);
        estimate.equivalents = arena_printf(
                arena, "%s semaines de 35\u00a0h, soit %s équivalent temps plein pendant un an",
                french_decimal(arena, weeks), french_decimal(arena, decimal_of(result->full_time_equivalent)));
        for (size_t i = 0; i < result->n_sources; i++)
                put_figure(result->sources[i], i + 1 == result->n_sources, arena, &estimate);
        for (size_t i = 0; i < result->n_warnings; i++)
                estimate.warnings =
                        arena_printf(arena, "%s%s- %s", estimate.warnings, i == 0 ? "" : "\n", result->warnings[i]);
        return estimate;
}

const char *conversion_told(const Contracts__Calibration *calibration, struct arena *arena)
{
        if (calibration->labour_share == NULL || calibration->hourly_cost == NULL ||
            share_millionths(share_of(calibration->labour_share)) == 0)
                return "";
        return arena_printf(arena, "montant facturé hors taxes × %s (part de main-d'œuvre) ÷ %s (coût horaire)",
                            french_share(arena, share_of(calibration->labour_share)),
                            french_money(arena, money_of(calibration->hourly_cost)));
}
