/* calibration_warn: what is odd about a calculation that is possible. See calibration.h. */
#include "services/contracts/clauses/calibration.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/calibration_rules.h"

enum { WARNING_SIZE = 400 };

/* What every warning looks at, and where it writes. */
struct warning {
        const Contracts__Calibration *calibration;
        const struct calibration_result *result;
        const struct calibration_basis *basis;
        struct arena *arena;
        struct calibration_warnings *warnings;
};

static void warn(const struct warning *w, const char *format, ...) ATTR_FORMAT(2, 3);
static void warn(const struct warning *w, const char *format, ...)
{
        char text[WARNING_SIZE];
        va_list args;
        va_start(args, format);
        int size = vsnprintf(text, sizeof(text), format, args);
        va_end(args);
        require(size > 0 && size < WARNING_SIZE); /* the longest label of the rules fits twice */
        w->warnings->texts = pb_append(w->warnings->texts, &w->warnings->count, sizeof(char *), w->arena);
        w->warnings->texts[w->warnings->count - 1] = arena_text(w->arena, text);
}

static const char *hours_text(const struct warning *w, const Types__Hours *hours)
{
        return french_hours(w->arena, hours_of(hours));
}

static void warn_of_hours(const struct warning *w)
{
        const Contracts__CalibrationThresholds *limits = w->basis->rules->thresholds;
        int64_t hours = hours_hundredths(w->result->rounded);
        const char *told = french_hours(w->arena, w->result->rounded);

        if (hours == 0 && calibration_method(w->calibration) == CONTRACTS__CALIBRATION_METHOD__PER_INVOICED)
                warn(w,
                     "Le montant prévu n'atteint pas une heure au-delà du seuil : il n'y aura rien à demander avant.");
        else if (hours == 0)
                warn(w, "Le calcul donne 0 h : il n'y a rien à demander.");
        else if (hours < limits->hire_hours->hundredths)
                warn(w, "%s, c'est trop peu pour embaucher quelqu'un (moins de %s).", told,
                     hours_text(w, limits->hire_hours));
        else if (hours < limits->person_quarter_hours->hundredths)
                warn(w, "%s, c'est moins d'un trimestre d'une personne à temps plein (%s).", told,
                     hours_text(w, limits->person_quarter_hours));
}

static void warn_of_trade(const struct warning *w, const Contracts__CalibrationTrade *trade)
{
        uint32_t share = w->calibration->labour_share->millionths;
        if (share >= trade->usual->min->millionths && share <= trade->usual->max->millionths)
                return;
        warn(w, "Part de main-d'œuvre de %s : l'usage du métier « %s » va de %s à %s.",
             french_share(w->arena, share_of_millionths(share)), trade->label,
             french_share(w->arena, share_of(trade->usual->min)), french_share(w->arena, share_of(trade->usual->max)));
}

/* No trade is named: what is outside all of them is odd. */
static void warn_of_any_trade(const struct warning *w)
{
        const Contracts__CalibrationVersion *rules = w->basis->rules;
        const Contracts__CalibrationTrade *lowest = NULL, *highest = NULL;
        uint32_t share = w->calibration->labour_share->millionths;

        for (size_t i = 0; i < rules->n_trades; i++) {
                const Contracts__CalibrationTrade *trade = rules->trades[i];
                if (lowest == NULL || trade->usual->min->millionths < lowest->usual->min->millionths)
                        lowest = trade;
                if (highest == NULL || trade->usual->max->millionths > highest->usual->max->millionths)
                        highest = trade;
        }
        const char *told = french_share(w->arena, share_of_millionths(share));
        if (lowest != NULL && share < lowest->usual->min->millionths)
                warn(w, "Part de main-d'œuvre de %s : plus faible que dans tous les métiers connus (%s : %s).", told,
                     lowest->label, french_share(w->arena, share_of(lowest->usual->min)));
        else if (highest != NULL && share > highest->usual->max->millionths)
                warn(w, "Part de main-d'œuvre de %s : plus forte que dans tous les métiers connus (%s : %s).", told,
                     highest->label, french_share(w->arena, share_of(highest->usual->max)));
}

static void warn_of_labour(const struct warning *w)
{
        if (w->calibration->labour_share == NULL)
                return;
        const Contracts__CalibrationTrade *trade = calibration_trade(w->basis->rules, w->calibration->trade);
        if (trade != NULL)
                warn_of_trade(w, trade);
        else
                warn_of_any_trade(w);
}

static void warn_of_rate(const struct warning *w)
{
        const Contracts__CalibrationShareRange *usual = w->basis->rules->insertion_rate->usual;
        const Types__Share *rate = w->calibration->insertion_rate;
        if (rate != NULL && (rate->millionths < usual->min->millionths || rate->millionths > usual->max->millionths))
                warn(w, "Part d'insertion de %s : l'usage va de %s à %s.", french_share(w->arena, share_of(rate)),
                     french_share(w->arena, share_of(usual->min)), french_share(w->arena, share_of(usual->max)));
}

static void warn_of_amount(const struct warning *w, const char *what, const Types__Money *money,
                           const Contracts__CalibrationMoneyRange *usual)
{
        if (money != NULL && (money->cents < usual->min->cents || money->cents > usual->max->cents))
                warn(w, "%s de %s : l'usage va de %s à %s.", what, french_money(w->arena, money_of(money)),
                     french_money(w->arena, money_of(usual->min)), french_money(w->arena, money_of(usual->max)));
}

static void warn_of_duration(const struct warning *w)
{
        uint32_t months = calibration_months(w->calibration, w->basis);
        if (months > 0 && months < w->basis->rules->thresholds->short_months)
                warn(w, "Le lot dure %u mois : moins de %u mois laissent peu de temps pour recruter et accompagner.",
                     months, w->basis->rules->thresholds->short_months);
}

static int64_t persons_of(const struct warning *w, struct hours hours, uint32_t months)
{
        int64_t month = w->basis->rules->equivalents->year_hours->hundredths / 12;
        return hours_hundredths(hours) / month / months + 1; /* started ones count */
}

/* More people at full time than a lot ever takes: an amount or a duration is wrong. */
static void warn_of_crowd(const struct warning *w)
{
        uint32_t months = calibration_months(w->calibration, w->basis), whole = months == 0 ? 12 : months;
        int64_t persons = persons_of(w, w->result->rounded, whole);

        if (w->basis->rules->thresholds->crowd_persons == 0 || persons <= w->basis->rules->thresholds->crowd_persons)
                return;
        warn(w, "%s d'insertion, soit %s à plein temps pendant %u mois%s : vérifiez le montant et la durée du lot.",
             french_hours(w->arena, w->result->rounded), french_count(w->arena, persons, "personne"), whole,
             months == 0 ? " (la durée n'est pas dite)" : "");
}

/* Whether the lot has room for so many people beside its own. */
static void warn_of_room(const struct warning *w)
{
        struct hours total, room;
        uint32_t months = calibration_months(w->calibration, w->basis);
        struct share crowded = share_of(w->basis->rules->thresholds->crowded_share);

        if (!calibration_total_hours(w->calibration, &total) || hours_share(total, crowded, &room) != 0 ||
            hours_hundredths(w->result->rounded) <= hours_hundredths(room))
                return;
        const char *asked = french_hours(w->arena, w->result->rounded), *all = french_hours(w->arena, total);
        if (months == 0)
                warn(w, "%s d'insertion pour %s de travail en tout : plus de %s, le lot aura peine à les accueillir.",
                     asked, all, french_share(w->arena, crowded));
        else
                warn(w,
                     "%s d'insertion pour %s de travail en tout : plus de %s, soit %s à plein temps pendant %u mois là "
                     "où le lot en occupe %" PRId64 ".",
                     asked, all, french_share(w->arena, crowded),
                     french_count(w->arena, persons_of(w, w->result->rounded, months), "personne"), months,
                     persons_of(w, total, months));
}

static void warn_of_targets(const struct warning *w)
{
        for (size_t i = 0; i < w->calibration->n_target_publics; i++) {
                const char *label = publics_label(w->basis->publics, w->calibration->target_publics[i]);
                if (label != NULL) /* what an older clause names may have been closed since */
                        warn(w, "Heures réservées à un public (%s) : vérifiez qu'il y a assez de candidats alentour.",
                             label);
        }
}

struct calibration_warnings calibration_warn(const Contracts__Calibration *calibration,
                                             const struct calibration_result *result,
                                             const struct calibration_basis *basis, struct arena *arena)
{
        struct calibration_warnings warnings = {0};
        const struct warning w = {calibration, result, basis, arena, &warnings};
        warn_of_hours(&w);
        warn_of_duration(&w);
        warn_of_crowd(&w);
        warn_of_room(&w);
        warn_of_labour(&w);
        warn_of_rate(&w);
        warn_of_amount(&w, "Coût horaire", calibration->hourly_cost, basis->rules->hourly_cost->usual);
        warn_of_amount(&w, "Montant facturé par heure", calibration->amount_per_hour,
                       basis->rules->amount_per_hour->usual);
        warn_of_targets(&w);
        return warnings;
}
