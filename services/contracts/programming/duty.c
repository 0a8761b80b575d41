#include "services/contracts/programming/duty.h"

#include <stdio.h>
#include <string.h>

#include "common/base/cpv.h"
#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static bool is_concession(const Contracts__ObligationFacts *facts)
{
        return facts->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
}

const char *duty_contract_name(const Contracts__ObligationFacts *facts)
{
        static const char *const markets[] = {
                [CONTRACTS__NATURE__NATURE_UNKNOWN] = "marché",
                [CONTRACTS__NATURE__NATURE_WORKS] = "marché de travaux",
                [CONTRACTS__NATURE__NATURE_SUPPLIES] = "marché de fournitures",
                [CONTRACTS__NATURE__NATURE_SERVICES] = "marché de services",
        };
        if (facts->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return "contrat privé";
        return is_concession(facts) ? "concession" : markets[facts->nature];
}

static const char *duty_buyer_name(Contracts__BuyerType type)
{
        static const char *const names[] = {
                [CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN] = "acheteur de type non dit",
                [CONTRACTS__BUYER_TYPE__BUYER_STATE] = "État ou établissement public de l'État",
                [CONTRACTS__BUYER_TYPE__BUYER_OTHER_AUTHORITY] = "pouvoir adjudicateur autre que l'État",
                [CONTRACTS__BUYER_TYPE__BUYER_ENTITY] = "entité adjudicatrice",
        };
        return names[type];
}

/* ---- what a check says */

static void add_text(char ***texts, size_t *count, char *text, struct arena *arena)
{
        *texts = pb_append(*texts, count, sizeof(**texts), arena);
        (*texts)[*count - 1] = text;
}

static void because(Contracts__ObligationCheck *check, char *text, struct arena *arena)
{
        add_text(&check->reasons, &check->n_reasons, text, arena);
}

static void lacks(Contracts__ObligationCheck *check, const char *field, const char *why, struct arena *arena)
{
        add_text(&check->missing, &check->n_missing, arena_text(arena, field), arena);
        because(check, arena_text(arena, why), arena);
}

/* ---- thresholds */

static const Contracts__EuThreshold *threshold_of(const Contracts__EuThresholdsVersion *version,
                                                  const Contracts__ObligationFacts *facts)
{
        for (size_t i = 0; i < version->n_thresholds; i++) {
                const Contracts__EuThreshold *row = version->thresholds[i];
                bool kind = row->kind == CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN || row->kind == facts->kind;
                bool nature = row->nature == CONTRACTS__NATURE__NATURE_UNKNOWN || row->nature == facts->nature;
                bool buyer = row->buyer_type == CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN ||
                             row->buyer_type == facts->buyer_type;
                if (kind && nature && buyer)
                        return row;
        }
        return NULL;
}

/* What the threshold depends on and is not told. False: something is missing. */
static bool know_threshold(const Contracts__EuThresholdsVersion *version, Contracts__ObligationCheck *check,
                           const Contracts__EuThreshold **ret, struct arena *arena)
{
        const Contracts__ObligationFacts *facts = check->facts;
        *ret = threshold_of(version, facts);
        if (*ret == NULL && !is_concession(facts) && facts->nature == CONTRACTS__NATURE__NATURE_UNKNOWN)
                lacks(check, "nature",
                      "La nature n'est pas dite (travaux, fournitures ou services) : le seuil en dépend.", arena);
        else if (*ret == NULL)
                lacks(check, "buyer_type",
                      "Le type d'acheteur n'est pas dit (État, autre pouvoir adjudicateur, entité adjudicatrice) : le "
                      "seuil en dépend.",
                      arena);
        if (facts->amount == NULL)
                lacks(check, "amount", "La valeur estimée n'est pas dite : elle se compare au seuil européen.", arena);
        return *ret != NULL && facts->amount != NULL;
}

/* ---- grounds */

static bool ground_has_kind(const Contracts__DutyGround *ground, Contracts__ContractKind kind)
{
        for (size_t i = 0; i < ground->n_kinds; i++)
                if (ground->kinds[i] == kind)
                        return true;
        return false;
}

static const char *nature_plural(Contracts__Nature nature)
{
        static const char *const names[] = {
                [CONTRACTS__NATURE__NATURE_UNKNOWN] = "marchés",
                [CONTRACTS__NATURE__NATURE_WORKS] = "marchés de travaux",
                [CONTRACTS__NATURE__NATURE_SUPPLIES] = "marchés de fournitures",
                [CONTRACTS__NATURE__NATURE_SERVICES] = "marchés de services",
        };
        return names[nature];
}

static Contracts__GroundState state_by_duration(const Contracts__DutyGround *ground,
                                                const Contracts__ObligationFacts *facts, struct arena *arena,
                                                char **ret_why)
{
        if (facts->duration_months == 0) {
                *ret_why = arena_printf(arena, "La durée n'est pas dite : elle doit être inférieure à %u mois.",
                                        ground->below_months);
                return CONTRACTS__GROUND_STATE__GROUND_STATE_UNKNOWN;
        }
        bool proven = facts->duration_months < ground->below_months;
        *ret_why = arena_printf(arena, "La durée prévue est de %u mois, %s %u.", facts->duration_months,
                                proven ? "moins de" : "et non de moins de", ground->below_months);
        return proven ? CONTRACTS__GROUND_STATE__GROUND_PROVEN : CONTRACTS__GROUND_STATE__GROUND_NOT_APPLICABLE;
}

static Contracts__GroundState state_of(const Contracts__DutyGround *ground, const Contracts__ObligationFacts *facts,
                                       struct arena *arena, char **ret_why)
{
        if (!ground_has_kind(ground, facts->kind)) {
                *ret_why = arena_printf(arena, "Ce motif ne vaut pas pour les %s.",
                                        is_concession(facts) ? "concessions" : "marchés");
                return CONTRACTS__GROUND_STATE__GROUND_NOT_APPLICABLE;
        }
        if (ground->nature != CONTRACTS__NATURE__NATURE_UNKNOWN && ground->nature != facts->nature) {
                *ret_why = arena_printf(arena, "Ce motif ne vaut que pour les %s.", nature_plural(ground->nature));
                return CONTRACTS__GROUND_STATE__GROUND_NOT_APPLICABLE;
        }
        if (ground->below_months > 0)
                return state_by_duration(ground, facts, arena, ret_why);
        *ret_why = arena_text(arena, "À l'acheteur de le justifier par écrit.");
        return CONTRACTS__GROUND_STATE__GROUND_TO_JUSTIFY;
}

static void add_grounds(const Contracts__SocialDutyVersion *law, Contracts__ObligationCheck *check, struct arena *arena)
{
        for (size_t i = 0; i < law->n_grounds; i++) {
                Contracts__GroundView *view = pb_new(&contracts__ground_view__descriptor, arena);
                view->code = law->grounds[i]->code;
                view->label = law->grounds[i]->label;
                view->state = state_of(law->grounds[i], check->facts, arena, &view->why);
                check->grounds = pb_append(check->grounds, &check->n_grounds, sizeof(*check->grounds), arena);
                check->grounds[check->n_grounds - 1] = view;
                if (view->state == CONTRACTS__GROUND_STATE__GROUND_PROVEN)
                        check->duty = CONTRACTS__DUTY__DUTY_DEROGABLE;
        }
}

/* ---- the check */

/* Contracts that the law leaves out, whatever their value and day. */
static bool is_left_out(Contracts__ObligationCheck *check, struct arena *arena)
{
        if (check->facts->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                because(check,
                        arena_text(arena, "Contrat privé : le code de la commande publique ne s'y applique pas."),
                        arena);
        else if (check->facts->defence)
                because(check, arena_text(arena, "Contrat de défense ou de sécurité : exclu de l'obligation."), arena);
        else
                return false;
        check->duty = CONTRACTS__DUTY__DUTY_OPTIONAL;
        return true;
}

static bool is_too_early(const struct dated *duty, Contracts__ObligationCheck *check, struct arena *arena)
{
        const Contracts__SocialDuty *all = (const Contracts__SocialDuty *)duty->root;
        const Contracts__SocialDutyVersion *law = dated_on(duty, day_of(check->facts->launch_on));
        if (law->in_force)
                return false;
        const Contracts__SocialDutyVersion *last = all->versions[all->n_versions - 1];
        because(check,
                arena_printf(arena,
                             "Consultation lancée le %s : l'obligation vaut pour celles lancées à compter du %s.",
                             french_day(arena, day_of(check->facts->launch_on)),
                             french_day(arena, day_of(last->valid_from))),
                arena);
        check->duty = CONTRACTS__DUTY__DUTY_OPTIONAL;
        return true;
}

static void compare(const struct duty_rules *rules, Contracts__ObligationCheck *check, struct arena *arena)
{
        struct day launch = day_of(check->facts->launch_on);
        const Contracts__SocialDutyVersion *law = dated_on(rules->duty, launch);
        const Contracts__EuThresholdsVersion *table = dated_on(rules->thresholds, launch);
        const Contracts__EuThreshold *row;

        check->thresholds_version = table->version;
        if (!know_threshold(table, check, &row, arena))
                return;
        check->threshold = row->amount;
        bool reaches = check->facts->amount->cents >= row->amount->cents;
        because(check,
                arena_printf(arena, "Valeur estimée de %s HT, %s seuil européen de %s HT (%s, %s).",
                             french_money(arena, money_of(check->facts->amount)),
                             reaches ? "qui atteint le" : "en dessous du", french_money(arena, money_of(row->amount)),
                             duty_contract_name(check->facts), duty_buyer_name(check->facts->buyer_type)),
                arena);
        check->duty = reaches ? CONTRACTS__DUTY__DUTY_MANDATORY : CONTRACTS__DUTY__DUTY_OPTIONAL;
        if (reaches)
                add_grounds(law, check, arena);
}

static Contracts__ObligationFacts *facts_copy(const Contracts__ObligationFacts *facts, struct arena *arena)
{
        Contracts__ObligationFacts *copy = pb_new(&contracts__obligation_facts__descriptor, arena);
        if (facts != NULL)
                *copy = *facts;
        if (copy->kind == CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN)
                copy->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        return copy;
}

Contracts__ObligationCheck *duty_check(const struct duty_rules *rules, const Contracts__ObligationFacts *facts,
                                       struct arena *arena)
{
        Contracts__ObligationCheck *check = pb_new(&contracts__obligation_check__descriptor, arena);
        const Contracts__SocialDuty *all = (const Contracts__SocialDuty *)rules->duty->root;
        check->facts = facts_copy(facts, arena);
        const Contracts__SocialDutyVersion *law = check->facts->launch_on != NULL
                                                          ? dated_on(rules->duty, day_of(check->facts->launch_on))
                                                          : all->versions[all->n_versions - 1];
        check->rules_version = law->version;
        check->article = is_concession(check->facts) ? law->article_concession : law->article_market;
        if (is_left_out(check, arena))
                return check;
        if (check->facts->launch_on == NULL)
                lacks(check, "launch_on",
                      "La date de lancement de la consultation n'est pas dite : l'obligation et les seuils en "
                      "dépendent.",
                      arena);
        else if (!is_too_early(rules->duty, check, arena))
                compare(rules, check, arena);
        return check;
}

/* ---- derogating */

const Contracts__GroundView *duty_ground(const Contracts__ObligationCheck *check, const char *code)
{
        for (size_t i = 0; i < check->n_grounds; i++)
                if (strcmp(check->grounds[i]->code, code) == 0)
                        return check->grounds[i];
        return NULL;
}

static bool refuse_unknown_ground(const Contracts__ObligationCheck *check, struct refusal *ret_refusal)
{
        char known[160] = "";
        for (size_t i = 0; i < check->n_grounds; i++) {
                size_t used = strlen(known);
                (void)snprintf(known + used, sizeof(known) - used, "%s%s", used > 0 ? ", " : "",
                               check->grounds[i]->code);
        }
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ground",
                      "Ce motif de dérogation n'existe pas : choisissez parmi %s.", known);
}

bool duty_may_derogate(const Contracts__ObligationCheck *check, const char *ground, struct refusal *ret_refusal)
{
        if (check->duty == CONTRACTS__DUTY__DUTY_UNKNOWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "facts",
                              "On ne sait pas si l'obligation s'applique : complétez « %s ».", check->missing[0]);
        if (check->duty == CONTRACTS__DUTY__DUTY_OPTIONAL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "ground",
                              "Il n'y a rien à déroger, la considération sociale est facultative : %s",
                              check->reasons[check->n_reasons - 1]);
        const Contracts__GroundView *view = duty_ground(check, ground);
        if (view == NULL)
                return refuse_unknown_ground(check, ret_refusal);
        if (view->state == CONTRACTS__GROUND_STATE__GROUND_NOT_APPLICABLE ||
            view->state == CONTRACTS__GROUND_STATE__GROUND_STATE_UNKNOWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ground",
                              "Le motif « %s » ne s'applique pas ici. %s", view->label, view->why);
        return true;
}

/* ---- buyers and years */

bool duty_year_is_even(const struct duty_rules *rules, uint32_t year)
{
        struct day first = day_of_civil((struct civil){(int)year, 1, 1});
        struct day last = day_of_civil((struct civil){(int)year, 12, 31});
        return dated_on(rules->duty, first) == dated_on(rules->duty, last) &&
               dated_on(rules->thresholds, first) == dated_on(rules->thresholds, last);
}

Contracts__BuyerType duty_buyer_type(const struct duty_rules *rules, const char *siret, struct day day)
{
        const Contracts__SocialDutyVersion *law = dated_on(rules->duty, day);
        for (size_t i = 0; i < law->n_buyers; i++)
                if (siret[0] != '\0' && strncmp(siret, law->buyers[i]->prefix, strlen(law->buyers[i]->prefix)) == 0)
                        return law->buyers[i]->buyer_type;
        return CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN;
}

Contracts__Nature duty_nature(const struct duty_rules *rules, const char *cpv, struct day day)
{
        const Contracts__SocialDutyVersion *law = dated_on(rules->duty, day);
        char code[CPV_TEXT_SIZE]; /* rows of before may hold one that lost its zero */
        if (cpv_read(cpv, code) == CPV_NONE)
                return CONTRACTS__NATURE__NATURE_UNKNOWN;
        for (size_t i = 0; i < law->n_natures; i++)
                if (strncmp(code, law->natures[i]->prefix, strlen(law->natures[i]->prefix)) == 0)
                        return law->natures[i]->nature;
        return CONTRACTS__NATURE__NATURE_UNKNOWN;
}
