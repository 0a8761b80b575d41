#include "services/contracts/programming/levers.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { FACT_COUNT = CONTRACTS__LEVER_FACT__FACT_ESS_DURATION + 1, SCORE_MAX = 100, MILLIONTHS_OF_PERCENT = 10000 };

static const Contracts__Lever all_levers[] = {
        CONTRACTS__LEVER__LEVER_CONDITION,
        CONTRACTS__LEVER__LEVER_CRITERION,
        CONTRACTS__LEVER__LEVER_RESERVED,
        CONTRACTS__LEVER__LEVER_NONE,
};

const char *lever_name(Contracts__Lever lever)
{
        switch (lever) {
        case CONTRACTS__LEVER__LEVER_CONDITION: return "condition d'exécution";
        case CONTRACTS__LEVER__LEVER_CRITERION: return "critère d'attribution";
        case CONTRACTS__LEVER__LEVER_RESERVED: return "marché réservé";
        case CONTRACTS__LEVER__LEVER_NONE: return "aucune considération sociale";
        default: return "à choisir";
        }
}

/* ---- facts: a number that the bands are looked up by, and what a reader sees of it */

struct fact {
        bool known;
        int64_t value;
        const char *text;
};

struct gathering {
        const struct lever_inputs *in;
        struct arena *arena;
        struct fact facts[FACT_COUNT];
        Contracts__LineAssessment *assessment;
};

static void know(struct gathering *g, Contracts__LeverFact fact, int64_t value, const char *text)
{
        g->facts[fact] = (struct fact){true, value, text};
}

/* The row of the table with the longest prefix of the code; NULL: none. */
static const Contracts__CpvTrade *trade_row(const Contracts__LeverRulesVersion *rules, const char *cpv)
{
        const Contracts__CpvTrade *best = NULL;
        for (size_t i = 0; i < rules->n_trades; i++) {
                const Contracts__CpvTrade *row = rules->trades[i];
                size_t length = strlen(row->prefix);
                if (strncmp(cpv, row->prefix, length) == 0 && (best == NULL || length > strlen(best->prefix)))
                        best = row;
        }
        return best;
}

static const Contracts__CalibrationTrade *trade_of(const struct lever_inputs *in)
{
        const Contracts__CpvTrade *row = trade_row(in->rules, in->line->cpv);
        for (size_t i = 0; row != NULL && i < in->calibration->n_trades; i++)
                if (strcmp(in->calibration->trades[i]->code, row->trade) == 0)
                        return in->calibration->trades[i];
        return NULL;
}

static void gather_labour(struct gathering *g)
{
        const Contracts__CalibrationTrade *trade = trade_of(g->in);
        if (trade == NULL || trade->usual == NULL || trade->usual->min == NULL || trade->usual->max == NULL)
                return;
        uint32_t middle = (trade->usual->min->millionths + trade->usual->max->millionths) / 2;
        struct share share = share_of_millionths(middle);
        g->assessment->trade = arena_text(g->arena, trade->label);
        g->assessment->labour_share = share_to(g->arena, share);
        know(g, CONTRACTS__LEVER_FACT__FACT_LABOUR_SHARE, middle / MILLIONTHS_OF_PERCENT,
             arena_printf(g->arena, "%s (%s)", french_share(g->arena, share), trade->label));
}

static void gather_amount(struct gathering *g)
{
        const Contracts__HoursEstimate *estimate = g->in->rules->estimate;
        struct hours hours;
        if (g->in->line->amount == NULL)
                return;
        struct money amount = money_of(g->in->line->amount);
        know(g, CONTRACTS__LEVER_FACT__FACT_AMOUNT, money_cents(amount) / 100,
             arena_printf(g->arena, "%s HT", french_money(g->arena, amount)));
        if (g->assessment->labour_share == NULL || estimate == NULL ||
            hours_bought(amount, share_of(g->assessment->labour_share), share_of(estimate->insertion_rate),
                         money_of(estimate->hourly_cost), &hours) != 0)
                return;
        hours = hours_of_hundredths(hours_hundredths(hours) / 100 * 100); /* whole hours are all it can promise */
        g->assessment->hours = hours_to(g->arena, hours);
        know(g, CONTRACTS__LEVER_FACT__FACT_HOURS, hours_hundredths(hours) / 100, french_hours(g->arena, hours));
}

/* A market (concessions are not) of a service that the code lists. */
static bool may_be_for_social_economy(const struct lever_inputs *in)
{
        enum { CPV_DIGITS = 8 };
        if (in->line->kind == CONTRACTS__CONTRACT_KIND__CONCESSION || strlen(in->line->cpv) < CPV_DIGITS)
                return false;
        for (size_t i = 0; in->ess != NULL && i < in->ess->n_services; i++)
                if (strncmp(in->line->cpv, in->ess->services[i]->from, CPV_DIGITS) >= 0 &&
                    strncmp(in->line->cpv, in->ess->services[i]->to, CPV_DIGITS) <= 0)
                        return true;
        return false;
}

static void gather_times(struct gathering *g)
{
        const Contracts__ProgrammeLine *line = g->in->line;
        if (line->duration_months > 0) {
                const char *text = arena_printf(g->arena, "%u mois", line->duration_months);
                know(g, CONTRACTS__LEVER_FACT__FACT_DURATION, line->duration_months, text);
                if (may_be_for_social_economy(g->in))
                        know(g, CONTRACTS__LEVER_FACT__FACT_ESS_DURATION, line->duration_months, text);
        }
        if (line->launch_on != NULL) {
                int32_t days = day_number(day_of(line->launch_on)) - day_number(g->in->today);
                know(g, CONTRACTS__LEVER_FACT__FACT_DELAY, days,
                     days < 0 ? arena_printf(g->arena, "lancement prévu le %s, passé",
                                             french_day(g->arena, day_of(line->launch_on)))
                              : french_count(g->arena, days, "jour"));
        }
}

static void gather_rest(struct gathering *g)
{
        static const char *const natures[] = {"", "travaux", "fournitures", "services"};
        const Contracts__ObligationFacts *facts = g->in->check->facts;
        if (g->in->territory[0] != '\0') {
                g->assessment->territory = arena_text(g->arena, g->in->territory);
                g->assessment->suppliers = g->in->suppliers;
                know(g, CONTRACTS__LEVER_FACT__FACT_SUPPLIERS, g->in->suppliers,
                     arena_printf(g->arena, "%u dans le département %s", g->in->suppliers, g->in->territory));
        }
        know(g, CONTRACTS__LEVER_FACT__FACT_KIND, facts->kind,
             facts->kind == CONTRACTS__CONTRACT_KIND__CONCESSION ? "concession" : "marché");
        if (facts->nature != CONTRACTS__NATURE__NATURE_UNKNOWN)
                know(g, CONTRACTS__LEVER_FACT__FACT_NATURE, facts->nature, natures[facts->nature]);
        static const char *const duties[] = {"", "obligatoire", "obligatoire, sauf dérogation", "facultative"};
        if (g->in->check->duty != CONTRACTS__DUTY__DUTY_UNKNOWN)
                know(g, CONTRACTS__LEVER_FACT__FACT_DUTY, g->in->check->duty, duties[g->in->check->duty]);
}

/* ---- points */

static const Contracts__LeverBand *band_of(const Contracts__LeverFactRule *rule, int64_t value)
{
        const Contracts__LeverBand *band = NULL;
        for (size_t i = 0; i < rule->n_bands && rule->bands[i]->from <= value; i++)
                band = rule->bands[i];
        return band;
}

static void add_reason(Contracts__LeverFit *fit, const Contracts__LeverFactRule *rule, const struct fact *fact,
                       const Contracts__LeverEffect *effect, struct arena *arena)
{
        Contracts__LeverReason *reason = pb_new(&contracts__lever_reason__descriptor, arena);
        reason->fact = rule->fact;
        reason->label = rule->label;
        reason->value = arena_text(arena, fact->text);
        reason->points = effect->points;
        reason->excludes = effect->excludes;
        reason->withholds = effect->withholds;
        reason->text = effect->text;
        fit->reasons = pb_append(fit->reasons, &fit->n_reasons, sizeof(*fit->reasons), arena);
        fit->reasons[fit->n_reasons - 1] = reason;
}

static int64_t start_of(const Contracts__LeverRulesVersion *rules, Contracts__Lever lever)
{
        for (size_t i = 0; i < rules->n_levers; i++)
                if (rules->levers[i]->lever == lever)
                        return rules->levers[i]->points;
        return 0;
}

static Contracts__Fit fit_of(const Contracts__LeverRulesVersion *rules, int64_t score)
{
        if (score >= rules->good_from)
                return CONTRACTS__FIT__FIT_GOOD;
        return score >= rules->possible_from ? CONTRACTS__FIT__FIT_POSSIBLE : CONTRACTS__FIT__FIT_WEAK;
}

static Contracts__LeverFit *weigh(const struct gathering *g, Contracts__Lever lever)
{
        const Contracts__LeverRulesVersion *rules = g->in->rules;
        Contracts__LeverFit *fit = pb_new(&contracts__lever_fit__descriptor, g->arena);
        int64_t score = start_of(rules, lever);
        bool excluded = false;

        fit->lever = lever;
        for (size_t i = 0; i < rules->n_facts; i++) {
                const struct fact *fact = &g->facts[rules->facts[i]->fact];
                const Contracts__LeverBand *band = fact->known ? band_of(rules->facts[i], fact->value) : NULL;
                for (size_t j = 0; band != NULL && j < band->n_effects; j++) {
                        if (band->effects[j]->lever != lever)
                                continue;
                        add_reason(fit, rules->facts[i], fact, band->effects[j], g->arena);
                        score += band->effects[j]->points;
                        excluded = excluded || band->effects[j]->excludes;
                        fit->withheld = fit->withheld || band->effects[j]->withholds;
                }
        }
        int64_t most = fit->withheld ? (int64_t)rules->possible_from - 1 : SCORE_MAX;
        score = score > most ? most : score;
        score = score < 0 ? 0 : score;
        fit->score = excluded ? 0 : (uint32_t)score;
        fit->fit = excluded ? CONTRACTS__FIT__FIT_EXCLUDED : fit_of(rules, score);
        return fit;
}

/* Best first; what its own reasons speak against behind the others, what is excluded last; levers that are equal in
 * their usual order. */
static int by_fit(const void *a, const void *b)
{
        const Contracts__LeverFit *const *left = a, *const *right = b;
        bool out_left = (*left)->fit == CONTRACTS__FIT__FIT_EXCLUDED;
        bool out_right = (*right)->fit == CONTRACTS__FIT__FIT_EXCLUDED;
        if (out_left != out_right)
                return out_left ? 1 : -1;
        if ((*left)->withheld != (*right)->withheld)
                return (*left)->withheld ? 1 : -1;
        if ((*left)->score != (*right)->score)
                return (*left)->score < (*right)->score ? 1 : -1;
        return ((*left)->lever > (*right)->lever) - ((*left)->lever < (*right)->lever);
}

static void tell_missing(const struct gathering *g)
{
        const Contracts__LeverRulesVersion *rules = g->in->rules;
        Contracts__LineAssessment *assessment = g->assessment;
        for (size_t i = 0; i < rules->n_facts; i++) {
                if (g->facts[rules->facts[i]->fact].known || rules->facts[i]->missing[0] == '\0')
                        continue;
                assessment->missing =
                        pb_append(assessment->missing, &assessment->n_missing, sizeof(*assessment->missing), g->arena);
                assessment->missing[assessment->n_missing - 1] = rules->facts[i]->missing;
        }
}

Contracts__LineAssessment *levers_assess(const struct lever_inputs *inputs, struct arena *arena)
{
        struct gathering g = {.in = inputs, .arena = arena};

        g.assessment = pb_new(&contracts__line_assessment__descriptor, arena);
        g.assessment->rules_version = inputs->rules->version;
        g.assessment->assessed_on = day_to(arena, inputs->today);
        gather_labour(&g);
        gather_amount(&g);
        gather_times(&g);
        gather_rest(&g);
        tell_missing(&g);
        g.assessment->levers = arena_alloc(arena, ARRAY_SIZE(all_levers) * sizeof(*g.assessment->levers));
        for (size_t i = 0; i < ARRAY_SIZE(all_levers); i++)
                g.assessment->levers[i] = weigh(&g, all_levers[i]);
        g.assessment->n_levers = ARRAY_SIZE(all_levers);
        qsort(g.assessment->levers, g.assessment->n_levers, sizeof(*g.assessment->levers), by_fit);
        return g.assessment;
}

const Contracts__LeverFit *levers_fit(const Contracts__LineAssessment *assessment, Contracts__Lever lever)
{
        size_t i = 0;
        while (i < assessment->n_levers && assessment->levers[i]->lever != lever)
                i++;
        require(i < assessment->n_levers);
        return assessment->levers[i];
}
