#include "services/tracking/hours/checks.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/days.h"
#include "common/base/french.h"
#include "common/base/working_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/invoices/invoice_checks.h"
#include "services/tracking/placements/relation.h"
#include "services/tracking/rules/wording.h"

enum { WEEK = 7, WORKING_DAYS = 5, PERCENT = 100, WEEKS_A_YEAR = 52, MONTHS_A_YEAR = 12 };

/* ---- days and hours */

/* The days of a month on which the placement ran, and which are past: today counts. */
struct span {
        struct day first, last;
        bool is_empty;
};

static struct span days_past(const struct month_facts *facts, struct month month)
{
        struct span span = {.is_empty = true};
        if (!placement_days_in(facts->placement, month, &span.first, &span.last))
                return span;
        if (day_number(span.last) > day_number(facts->today))
                span.last = facts->today;
        span.is_empty = day_number(span.first) > day_number(span.last);
        return span;
}

static int64_t possible(const struct span *span, int64_t daily, int64_t weekly)
{
        return span->is_empty ? 0 : hours_between(span->first, span->last, daily, weekly);
}

/* By the work contract: its weeks, and of a whole month no less than a twelfth of a year's, which is what is paid. */
static int64_t by_contract(const struct month_facts *facts, const struct span *span, struct month month)
{
        int64_t weekly = facts->placement->weekly_hundredths;
        int64_t hours = possible(span, (weekly + WORKING_DAYS - 1) / WORKING_DAYS, weekly);
        int64_t paid = (weekly * WEEKS_A_YEAR + MONTHS_A_YEAR - 1) / MONTHS_A_YEAR;
        bool is_whole = !span->is_empty && day_number(span->first) == day_number(month_first_day(month)) &&
                        day_number(span->last) == day_number(month_last_day(month));
        return is_whole && hours < paid ? paid : hours;
}

static int64_t legal(const struct span *span, const Tracking__HoursCheck *check)
{
        return possible(span, hours_hundredths(hours_of(check->daily)), hours_hundredths(hours_of(check->weekly)));
}

/* ---- the checks: a text where there is something to say */

struct checking {
        const Tracking__HoursCheck *check;
        const struct month_facts *facts;
        struct span span;
        int64_t of_contract; /* on these days */
        struct arena *arena;
};

static char *told(const struct checking *c, int64_t hundredths)
{
        return french_hours(c->arena, hours_of_hundredths(hundredths));
}

static char *over_days(const struct checking *c)
{
        int64_t most = legal(&c->span, c->check);
        if (c->facts->stated <= most)
                return NULL;
        if (c->span.is_empty)
                return arena_printf(c->arena, "Aucun jour du parcours n'est encore passé ce mois-là : déclarez les "
                                              "heures quand elles seront faites, ou faites corriger les dates.");
        return arena_printf(c->arena,
                            "%s : plus que les jours passés du parcours ce mois-là n'en contiennent (du %s au %s, %s "
                            "au plus). Corrigez les heures, ou faites corriger les dates par le facilitateur.",
                            told(c, c->facts->stated), french_day(c->arena, c->span.first),
                            french_day(c->arena, c->span.last), told(c, most));
}

static char *over_legal(const struct checking *c)
{
        int64_t most = legal(&c->span, c->check);
        return c->facts->stated <= most
                       ? NULL
                       : arena_printf(c->arena,
                                      "%s : plus que la durée maximale légale sur ces jours (%s). Vérifiez les heures, "
                                      "ou la dérogation qui les permet.",
                                      told(c, c->facts->stated), told(c, most));
}

static char *over_contract(const struct checking *c)
{
        int64_t expected = c->of_contract;
        if (c->facts->stated * PERCENT <= expected * c->check->percent)
                return NULL;
        return arena_printf(c->arena,
                            "%s, quand la durée hebdomadaire du contrat en donne %s sur ces jours : vérifiez les "
                            "heures, ou faites corriger la durée par le facilitateur.",
                            told(c, c->facts->stated), told(c, expected));
}

/* "du 1er mars 2026 au 9 mars 2026 et du …" */
static const char *days_told(const struct checking *c)
{
        const char *text = "";
        for (size_t i = 0; i < c->facts->covered_count; i++)
                text = arena_printf(c->arena, "%s%sdu %s au %s", text, i > 0 ? " et " : "",
                                    french_day(c->arena, c->facts->covered[i].from),
                                    french_day(c->arena, c->facts->covered[i].until));
        return text;
}

/* Only what no work contract stretches, where the person's own periods are not told. */
static char *not_eligible(const struct checking *c)
{
        struct day until = c->facts->placement->eligible_until;
        bool is_behind = !c->span.is_empty && day_number(c->span.first) > day_number(until);
        if (c->span.is_empty || c->facts->stated == 0 || (c->facts->covered == NULL && !is_behind) ||
            c->facts->covered_count > 0)
                return NULL;
        if (!is_behind)
                return arena_printf(
                        c->arena, "La personne n'est éligible aucun de ces jours : ces heures ne compteront pas, sauf "
                                  "décision rétroactive motivée, ou fin de la suspension.");
        return arena_printf(c->arena,
                            "L'éligibilité a pris fin le %s, avant ces heures : elles ne compteront pas, sauf à la "
                            "prolonger d'abord.",
                            french_day(c->arena, until));
}

/* Of the days that are past. */
static int64_t expected_on(const struct checking *c, const struct period *covered, size_t count, int32_t *ret_days)
{
        int64_t hours = 0;
        *ret_days = 0;
        for (size_t i = 0; i < count; i++) {
                struct span part = {.first = covered[i].from, .last = covered[i].until};
                if (day_number(part.first) < day_number(c->span.first))
                        part.first = c->span.first;
                if (day_number(part.last) > day_number(c->span.last))
                        part.last = c->span.last;
                if (day_number(part.first) > day_number(part.last))
                        continue;
                *ret_days += day_number(part.last) - day_number(part.first) + 1;
                hours += by_contract(c->facts, &part, c->facts->month);
        }
        return hours;
}

static char *partly_eligible(const struct checking *c)
{
        struct day until = c->facts->placement->eligible_until;
        const struct period to_the_end = {c->span.first, until, false};
        const struct period *covered = c->facts->covered != NULL ? c->facts->covered : &to_the_end;
        size_t count = c->facts->covered != NULL ? c->facts->covered_count : 1;
        int32_t days;
        if (c->span.is_empty || count == 0 || day_number(c->span.first) > day_number(until))
                return NULL;
        int64_t expected = expected_on(c, covered, count, &days);
        if (days > day_number(c->span.last) - day_number(c->span.first) || c->facts->stated <= expected)
                return NULL;
        if (c->facts->covered != NULL)
                return arena_printf(c->arena,
                                    "La personne n'est éligible que %s : %s au plus comptent sur ces jours. Ne gardez "
                                    "que les heures faites ces jours-là.",
                                    days_told(c), told(c, expected));
        return arena_printf(c->arena,
                            "L'éligibilité a pris fin le %s dans ce mois : %s au plus comptent d'ici là. Ne gardez que "
                            "les heures faites jusqu'à ce jour.",
                            french_day(c->arena, until), told(c, expected));
}

static char *person_over_legal(const struct checking *c)
{
        int64_t all = c->facts->stated + c->facts->elsewhere;
        struct span month = {.first = month_first_day(c->facts->month), .last = month_last_day(c->facts->month)};
        if (!c->facts->sees_others || c->facts->elsewhere == 0)
                return NULL;
        if (day_number(month.last) > day_number(c->facts->today))
                month.last = c->facts->today;
        month.is_empty = day_number(month.first) > day_number(month.last);
        int64_t most = legal(&month, c->check);
        return all <= most ? NULL
                           : arena_printf(c->arena,
                                          "Avec ses autres parcours, la personne a %s ce mois-là, plus que la durée "
                                          "maximale légale (%s) : comparez les relevés.",
                                          told(c, all), told(c, most));
}

/* Of any `weeks` calendar weeks that follow each other no more than the average; of the days beside them what a day and
 * a week hold. Each place of these weeks says so, so the least of them holds. */
static int64_t most_on_average(struct day first, struct day last, const Tracking__HoursCheck *check)
{
        int64_t daily = hours_hundredths(hours_of(check->daily)), weekly = hours_hundredths(hours_of(check->weekly));
        int64_t inside = hours_hundredths(hours_of(check->average)) * check->weeks, most = INT64_MAX;
        struct day from = day_plus(first, -weekday(day_number(first)));
        do {
                struct day behind = day_plus(from, (int32_t)check->weeks * WEEK);
                int64_t sum = inside + hours_between(first, day_earlier(day_plus(from, -1), last), daily, weekly) +
                              hours_between(behind, last, daily, weekly);
                most = sum < most ? sum : most;
                from = day_plus(from, WEEK);
        } while (day_number(from) + (int32_t)check->weeks * WEEK <= day_number(last) + WEEK);
        return most;
}

static char *over_average(const struct checking *c)
{
        const struct month_facts *facts = c->facts;
        int64_t inside = hours_hundredths(hours_of(c->check->average)) * c->check->weeks;
        for (int i = 0; facts->stated > 0 && i < AVERAGE_MONTHS; i++) {
                struct month begins = month_of_number(month_number(facts->month) - THIS_MONTH + i);
                struct month ends = month_of_number(month_number(begins) + AVERAGE_MONTHS - 1);
                struct day first = day_later(month_first_day(begins), facts->ran_from);
                struct day last = day_earlier(day_earlier(month_last_day(ends), facts->ran_until), facts->today);
                int64_t sum = facts->stated;
                for (int n = 0; n < AVERAGE_MONTHS; n++)
                        sum += facts->around[i + n];
                if (sum <= inside || day_number(first) > day_number(last))
                        continue; /* nearly all: no week is counted */
                int64_t most = most_on_average(first, last, c->check);
                if (sum > most)
                        return arena_printf(c->arena,
                                            "Du %s au %s, plus de %s%s : au-delà de %s par semaine en moyenne sur %u "
                                            "semaines. Comparez les relevés, ou vérifiez la dérogation qui le permet.",
                                            french_day(c->arena, first), french_day(c->arena, last), told(c, most),
                                            facts->sees_others ? ", tous les parcours de la personne confondus"
                                                               : " dans vos parcours de cette personne",
                                            told(c, hours_hundredths(hours_of(c->check->average))), c->check->weeks);
        }
        return NULL;
}

/* On all of these days, as far as is known of her birth. */
static char *minor_over_legal(const struct checking *c)
{
        int64_t most = legal(&c->span, c->check);
        if (!c->facts->sees_age || c->span.is_empty || c->facts->stated <= most ||
            day_number(c->span.last) >= day_number(c->facts->of_age_on))
                return NULL;
        return arena_printf(
                c->arena,
                "%s : plus que la durée maximale légale d'une personne mineure sur ces jours (%s). Vérifiez "
                "les heures, ou la dérogation qui les permet.",
                told(c, c->facts->stated), told(c, most));
}

static char *twice(const struct checking *c)
{
        return !c->facts->is_twice || c->facts->stated == 0
                       ? NULL
                       : arena_printf(c->arena,
                                      "Le même employeur déclare %s aussi pour un autre parcours de la personne ce "
                                      "mois-là : vérifiez que ce ne sont pas les mêmes heures.",
                                      told(c, c->facts->stated));
}

/* A month without work is no typing error: a zero is compared with nothing. */
static char *far_from_before(const struct checking *c)
{
        if (c->facts->before <= 0 || c->facts->stated == 0)
                return NULL;
        struct month last_month = month_of_number(month_number(c->facts->month) - 1);
        struct span then = days_past(c->facts, last_month);
        int64_t of_then = by_contract(c->facts, &then, last_month);
        if (of_then == 0)
                return NULL;
        int64_t expected = c->facts->before * c->of_contract / of_then;
        int64_t apart = c->facts->stated - expected;
        if (apart < 0)
                apart = -apart;
        if (apart <= hours_hundredths(hours_of(c->check->hours)) || apart * PERCENT <= expected * c->check->percent)
                return NULL;
        return arena_printf(c->arena, "%s, loin du mois précédent (%s) : vérifiez le nombre, ou dites ce qui a changé.",
                            told(c, c->facts->stated), told(c, c->facts->before));
}

static char *staff_and_invoice(const struct checking *c)
{
        return !c->facts->sees_others || c->facts->invoice == NULL || c->facts->stated == 0
                       ? NULL
                       : arena_printf(
                                 c->arena,
                                 "La facture %.40s du même employeur compte déjà pour cette obligation ce mois-là : "
                                 "vérifiez que ces heures n'y sont pas.",
                                 c->facts->invoice);
}

static char *outside_contract(const struct checking *c)
{
        struct day first, last;
        return c->facts->stated == 0 || !placement_days_in(c->facts->placement, c->facts->month, &first, &last)
                       ? NULL
                       : contract_life_outside(&c->facts->life, first, last, c->arena);
}

/* Of one family the first that speaks is told, in the order of the rules: they say the same, more or less gravely. */
enum family { OVER, ELIGIBLE, PERSON, AVERAGE, MINOR, SAME, BEFORE, INVOICE, LIFE };
enum needs { NOTHING, DAILY_AND_WEEKLY, AN_AVERAGE, A_PERCENT };

static const struct kind {
        const char *code;
        enum family family;
        enum needs needs;
        char *(*say)(const struct checking *c);
} kinds[] = {
        {"OVER_DAYS", OVER, DAILY_AND_WEEKLY, over_days},
        {"OVER_LEGAL", OVER, DAILY_AND_WEEKLY, over_legal},
        {"FAR_OVER_CONTRACT", OVER, A_PERCENT, over_contract},
        {"OVER_CONTRACT", OVER, A_PERCENT, over_contract},
        {"NOT_ELIGIBLE", ELIGIBLE, NOTHING, not_eligible},
        {"PARTLY_ELIGIBLE", ELIGIBLE, NOTHING, partly_eligible},
        {"PERSON_OVER_LEGAL", PERSON, DAILY_AND_WEEKLY, person_over_legal},
        {"OVER_AVERAGE", AVERAGE, AN_AVERAGE, over_average},
        {"MINOR_OVER_LEGAL", MINOR, DAILY_AND_WEEKLY, minor_over_legal},
        {"TWICE", SAME, NOTHING, twice},
        {"FAR_FROM_BEFORE", BEFORE, A_PERCENT, far_from_before},
        {"STAFF_AND_INVOICE", INVOICE, NOTHING, staff_and_invoice},
        {"OUTSIDE_CONTRACT", LIFE, NOTHING, outside_contract},
};
_Static_assert((int)LIFE < (int)FINDINGS_MAX, "a finding of each family has room");

static const struct kind *kind_of(const char *code)
{
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (strcmp(kinds[i].code, code) == 0)
                        return &kinds[i];
        return NULL;
}

void month_check(const Tracking__HoursVersion *rules, const struct month_facts *facts, struct arena *arena,
                 struct findings *ret)
{
        struct checking c = {.facts = facts, .span = days_past(facts, facts->month), .arena = arena};
        unsigned spoken = 0;
        c.of_contract = by_contract(facts, &c.span, facts->month);
        ret->count = 0;
        for (size_t i = 0; i < rules->n_checks; i++) {
                c.check = rules->checks[i];
                const struct kind *kind = kind_of(c.check->code);
                if (kind == NULL || c.check->severity == TRACKING__HOURS_SEVERITY__OFF ||
                    (spoken & (1u << kind->family)) != 0)
                        continue;
                char *text = kind->say(&c);
                if (text == NULL)
                        continue;
                spoken |= 1u << kind->family;
                ret->list[ret->count++] = (struct finding){c.check, text};
        }
}

bool month_asks_for_age(const Tracking__HoursVersion *rules, const struct month_facts *facts)
{
        for (size_t i = 0; facts->sees_age && i < rules->n_checks; i++) {
                const Tracking__HoursCheck *check = rules->checks[i];
                if (check->severity == TRACKING__HOURS_SEVERITY__OFF || strcmp(check->code, "MINOR_OVER_LEGAL") != 0)
                        continue;
                struct span span = days_past(facts, facts->month);
                return facts->stated > legal(&span, check);
        }
        return false;
}

/* ---- what is made of them */

static bool blocks(const struct finding *finding)
{
        return finding->check->severity == TRACKING__HOURS_SEVERITY__BLOCK;
}

const struct finding *findings_block(const struct findings *findings)
{
        for (size_t i = 0; i < findings->count; i++)
                if (blocks(&findings->list[i]))
                        return &findings->list[i];
        return NULL;
}

bool findings_pass(const struct findings *findings, struct refusal *ret_refusal)
{
        const struct finding *first = findings_block(findings);
        return first == NULL || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours", "%s", first->text);
}

bool findings_are_over(const struct findings *findings)
{
        for (size_t i = 0; i < findings->count; i++) {
                const struct kind *kind = kind_of(findings->list[i].check->code);
                if (kind != NULL && kind->family == OVER)
                        return true;
        }
        return false;
}

Tracking__HoursWarning **findings_to(struct arena *arena, const struct findings *findings, size_t *ret_count)
{
        Tracking__HoursWarning **list = arena_alloc(arena, (findings->count + 1) * sizeof(*list));
        for (size_t i = 0; i < findings->count; i++) {
                list[i] = pb_new(&tracking__hours_warning__descriptor, arena);
                list[i]->code = findings->list[i].check->code;
                list[i]->field = arena_text(arena, "hours");
                list[i]->text = findings->list[i].text;
                list[i]->blocks = blocks(&findings->list[i]);
                list[i]->source = findings->list[i].check->source;
        }
        *ret_count = findings->count;
        return list;
}

/* ---- the rules themselves */

static const char *fault_of(const Tracking__HoursCheck *check)
{
        const struct kind *kind = kind_of(check->code);
        if (kind == NULL)
                return "is no check of this program";
        if (check->severity == TRACKING__HOURS_SEVERITY__HOURS_SEVERITY_UNKNOWN)
                return "says neither WARN, BLOCK nor OFF";
        if ((kind->needs == DAILY_AND_WEEKLY || kind->needs == AN_AVERAGE) &&
            (check->daily == NULL || check->weekly == NULL))
                return "needs daily and weekly";
        if (kind->needs == AN_AVERAGE && (check->average == NULL || check->weeks == 0 || check->weeks > WEEKS_A_YEAR))
                return "needs average, and weeks: a year of them at most";
        return kind->needs == A_PERCENT && check->percent == 0 ? "needs percent" : NULL;
}

int hours_rules_hold(const Tracking__HoursRules *rules, struct err_info *info)
{
        for (size_t i = 0; i < rules->n_versions; i++) {
                const Tracking__HoursVersion *version = rules->versions[i];
                if (version->training == NULL || version->training->counted_percent > PERCENT)
                        return err_set(info, ERR_CONFIG,
                                       "hours.json: version %s: training needs counted_percent, 0..100",
                                       version->version);
                const char *of_others = invoice_rules_fault(version);
                if (of_others == NULL)
                        of_others = relation_rules_fault(version);
                if (of_others != NULL)
                        return err_set(info, ERR_CONFIG, "hours.json: version %s: %s", version->version, of_others);
                for (size_t n = 0; n < version->n_checks; n++) {
                        const char *fault = fault_of(version->checks[n]);
                        if (fault != NULL)
                                return err_set(info, ERR_CONFIG, "hours.json: version %s: \"%s\" %s", version->version,
                                               version->checks[n]->code, fault);
                }
        }
        return 0;
}
