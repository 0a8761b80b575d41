#include "services/contracts/reserved/reservation.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { GROUNDS = 4, CPV_DIGITS = 8, MONTHS_A_YEAR = 12 };

/* ---- the rules */

/* NULL: unknown. */
static const Contracts__ReservationGroundRule *reservation_ground(const Contracts__ReservationRulesVersion *rules,
                                                                  Contracts__ReservationGround ground)
{
        for (size_t i = 0; i < rules->n_grounds; i++)
                if (rules->grounds[i]->ground == ground)
                        return rules->grounds[i];
        return NULL;
}

static bool is_complete(const Contracts__ReservationRulesVersion *rules)
{
        if (rules->share == NULL || rules->share->minimum == NULL || rules->notice == NULL || rules->ess == NULL ||
            rules->ess->months_max == 0 || rules->ess->n_services == 0)
                return false;
        for (int ground = 1; ground <= GROUNDS; ground++) {
                const Contracts__ReservationGroundRule *rule =
                        reservation_ground(rules, (Contracts__ReservationGround)ground);
                if (rule == NULL || text_is_empty(rule->label) || text_is_empty(rule->market_article))
                        return false;
        }
        for (size_t i = 0; i < rules->n_combinations; i++)
                if (rules->combinations[i]->n_grounds != 2 ||
                    rules->combinations[i]->rule == CONTRACTS__COMBINATION_RULE__COMBINATION_UNKNOWN)
                        return false;
        for (size_t i = 0; i < rules->ess->n_services; i++)
                if (!text_is_digits(rules->ess->services[i]->from, CPV_DIGITS) ||
                    !text_is_digits(rules->ess->services[i]->to, CPV_DIGITS))
                        return false;
        return true;
}

int reservation_rules_check(const struct dated *dated, struct err_info *info)
{
        const Contracts__ReservationRules *rules = (const Contracts__ReservationRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                if (!is_complete(rules->versions[i]))
                        return err_set(info, ERR_CONFIG,
                                       "reservations.json: version %s: needs share, notice, ess with months_max and "
                                       "services of eight digits, the four grounds with label and market_article, and "
                                       "combinations of two grounds with a rule",
                                       rules->versions[i]->version);
        return 0;
}

/* ---- findings */

struct checking {
        const Contracts__Reservation *reservation;
        const Contracts__ReservationRulesVersion *rules;
        struct day on;
        struct arena *arena;                     /* NULL: only the verdict is asked for */
        Contracts__ReservationCheckReply *reply; /* likewise */
        Contracts__ReservationVerdict gravest;
};

static void find(struct checking *checking, Contracts__ReservationVerdict verdict, const char *article, char *reason,
                 const char *remedy)
{
        Contracts__ReservationCheckReply *reply = checking->reply;
        if (verdict > checking->gravest)
                checking->gravest = verdict;
        if (reply == NULL)
                return;
        Contracts__ReservationFinding *finding = pb_new(&contracts__reservation_finding__descriptor, checking->arena);
        finding->verdict = verdict;
        finding->article = (char *)(uintptr_t)article;
        finding->reason = reason;
        finding->remedy = (char *)(uintptr_t)remedy;
        reply->findings = pb_append(reply->findings, &reply->n_findings, sizeof(*reply->findings), checking->arena);
        reply->findings[reply->n_findings - 1] = finding;
}

/* The text is made only where it is told. */
#define TEXT(checking, ...) ((checking)->reply == NULL ? NULL : arena_printf((checking)->arena, __VA_ARGS__))

#define VALID(checking, article, ...)                                                                                  \
        find(checking, CONTRACTS__RESERVATION_VERDICT__RESERVATION_VALID, article, TEXT(checking, __VA_ARGS__), "")
#define TO_CHECK(checking, article, remedy, ...)                                                                       \
        find(checking, CONTRACTS__RESERVATION_VERDICT__RESERVATION_TO_CHECK, article, TEXT(checking, __VA_ARGS__),     \
             remedy)
#define INVALID(checking, article, remedy, ...)                                                                        \
        find(checking, CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID, article, TEXT(checking, __VA_ARGS__),      \
             remedy)

static bool is_concession(const struct checking *checking)
{
        return checking->reservation->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
}

static bool has_ground(const struct checking *checking, Contracts__ReservationGround ground)
{
        for (size_t i = 0; i < checking->reservation->n_grounds; i++)
                if (checking->reservation->grounds[i] == ground)
                        return true;
        return false;
}

/* ---- each ground, and the article it rests on */

static const char *article_of(const struct checking *checking, const Contracts__ReservationGroundRule *rule)
{
        return is_concession(checking) ? rule->concession_article : rule->market_article;
}

static void check_grounds(struct checking *checking)
{
        for (size_t i = 0; i < checking->reservation->n_grounds; i++) {
                const Contracts__ReservationGroundRule *rule =
                        reservation_ground(checking->rules, checking->reservation->grounds[i]);
                if (rule == NULL)
                        continue; /* the border refuses an unknown one */
                if (*article_of(checking, rule) == '\0')
                        INVALID(checking, rule->market_article,
                                "Choisissez un autre titre de réservation, ou une condition d'exécution.",
                                "Une concession ne peut pas être réservée aux %s : seul un marché le peut.",
                                rule->label);
                else
                        VALID(checking, article_of(checking, rule), "%s réservé%s aux %s.",
                              is_concession(checking) ? "Concession" : "Marché", is_concession(checking) ? "e" : "",
                              rule->label);
        }
}

/* ---- two grounds at once */

static const Contracts__ReservationCombination *
combination_of(const struct checking *checking, Contracts__ReservationGround a, Contracts__ReservationGround b)
{
        for (size_t i = 0; i < checking->rules->n_combinations; i++) {
                const Contracts__ReservationCombination *one = checking->rules->combinations[i];
                bool same = (one->grounds[0] == a && one->grounds[1] == b) ||
                            (one->grounds[0] == b && one->grounds[1] == a);
                if (same && one->kind == checking->reservation->kind)
                        return one;
        }
        return NULL;
}

static void check_pair(struct checking *checking, Contracts__ReservationGround a, Contracts__ReservationGround b)
{
        static const char split[] = "Réservez à un seul titre, ou par lots séparés.";
        const Contracts__ReservationCombination *rule = combination_of(checking, a, b);
        const char *first = reservation_ground(checking->rules, a)->label;
        const char *second = reservation_ground(checking->rules, b)->label;
        Contracts__ReservationAnswer all = checking->reservation->meets_all_conditions;

        if (rule == NULL) {
                TO_CHECK(checking, "", split,
                         "Aucun texte connu ici ne dit qu'on puisse réserver à la fois aux %s et aux %s.", first,
                         second);
                return;
        }
        switch (rule->rule) {
        case CONTRACTS__COMBINATION_RULE__COMBINATION_ALLOWED:
                VALID(checking, rule->article, "La réservation à la fois aux %s et aux %s est permise.", first, second);
                return;
        case CONTRACTS__COMBINATION_RULE__COMBINATION_ALLOWED_IF_ALL:
                if (all == CONTRACTS__RESERVATION_ANSWER__RESERVATION_YES)
                        VALID(checking, rule->article, "Les conditions des deux titres sont réunies (%s ; %s).", first,
                              second);
                else if (all == CONTRACTS__RESERVATION_ANSWER__RESERVATION_NOT_TOLD)
                        TO_CHECK(checking, rule->article,
                                 "Vérifiez que les candidats réunissent les conditions des deux titres.",
                                 "Les deux titres ne se cumulent que si toutes leurs conditions sont réunies.");
                else
                        INVALID(checking, rule->article, split,
                                "Les deux titres ne se cumulent que si toutes leurs conditions sont réunies ; elles ne "
                                "le sont pas.");
                return;
        default:
                INVALID(checking, rule->article, split, "Il est interdit de réserver à la fois aux %s et aux %s.",
                        first, second);
        }
}

static void check_combinations(struct checking *checking)
{
        const Contracts__Reservation *reservation = checking->reservation;
        for (size_t i = 0; i < reservation->n_grounds; i++)
                for (size_t j = 0; j < i; j++)
                        if (reservation->grounds[i] != reservation->grounds[j])
                                check_pair(checking, reservation->grounds[j], reservation->grounds[i]);
}

/* ---- the share of workers */

static void check_share(struct checking *checking)
{
        const Contracts__Reservation *reservation = checking->reservation;
        struct share minimum = share_of(checking->rules->share->minimum);
        const Contracts__ReservationGroundRule *rule = NULL;

        for (size_t i = 0; i < reservation->n_grounds && (rule == NULL || *rule->workers == '\0'); i++)
                rule = reservation_ground(checking->rules, reservation->grounds[i]);
        if (rule == NULL || *rule->workers == '\0')
                return; /* ESS alone: no share */
        const char *article = article_of(checking, rule);
        if (reservation->minimum_share == NULL)
                TO_CHECK(checking, article, "Écrivez la part minimale dans l'avis ou dans le dossier.",
                         "La part minimale de %s n'est pas dite : elle est d'au moins %s.", rule->workers,
                         french_share(checking->arena, minimum));
        else if (reservation->minimum_share->millionths < share_millionths(minimum))
                INVALID(checking, article, "Relevez la part minimale exigée.",
                        "La part minimale de %s est de %s : la loi en demande au moins %s.", rule->workers,
                        french_share(checking->arena, share_of(reservation->minimum_share)),
                        french_share(checking->arena, minimum));
        else
                VALID(checking, article, "Part minimale de %s : %s.", rule->workers,
                      french_share(checking->arena, share_of(reservation->minimum_share)));
}

/* ---- the notice */

static void check_notice(struct checking *checking)
{
        const Contracts__ReservationNotice *notice = checking->rules->notice;
        const char *article = is_concession(checking) ? notice->concession_article
                              : has_ground(checking, CONTRACTS__RESERVATION_GROUND__RESERVED_ESS)
                                      ? notice->ess_article
                                      : notice->market_article;
        static const char remedy[] = "Mentionnez la réservation et son article dans l'avis ou le dossier.";

        switch (checking->reservation->told_in_notice) {
        case CONTRACTS__RESERVATION_ANSWER__RESERVATION_YES:
                VALID(checking, article, "L'avis ou le dossier mentionne la réservation.");
                return;
        case CONTRACTS__RESERVATION_ANSWER__RESERVATION_NO:
                INVALID(checking, article, remedy, "L'avis ne mentionne pas la réservation.");
                return;
        default: TO_CHECK(checking, article, remedy, "La mention de la réservation dans l'avis n'est pas vérifiée.");
        }
}

/* ---- the social economy: some services, some buyers, not for long, not again at once */

static const Contracts__CpvRange *service_of(const struct checking *checking)
{
        const Contracts__ReservationEss *ess = checking->rules->ess;
        for (size_t i = 0; i < ess->n_services; i++)
                if (strncmp(checking->reservation->cpv, ess->services[i]->from, CPV_DIGITS) >= 0 &&
                    strncmp(checking->reservation->cpv, ess->services[i]->to, CPV_DIGITS) <= 0)
                        return ess->services[i];
        return NULL;
}

static void check_ess_service(struct checking *checking)
{
        const char *article =
                reservation_ground(checking->rules, CONTRACTS__RESERVATION_GROUND__RESERVED_ESS)->market_article;
        const Contracts__CpvRange *service = service_of(checking);
        switch (checking->reservation->contracting_authority) {
        case CONTRACTS__RESERVATION_ANSWER__RESERVATION_YES: break;
        case CONTRACTS__RESERVATION_ANSWER__RESERVATION_NO:
                INVALID(checking, article, "Choisissez un autre titre de réservation.",
                        "Seul un pouvoir adjudicateur peut réserver à l'économie sociale et solidaire.");
                break;
        default:
                TO_CHECK(checking, article, "Vérifiez que l'acheteur est un pouvoir adjudicateur.",
                         "La nature de l'acheteur n'est pas dite : seul un pouvoir adjudicateur peut réserver à ce "
                         "titre.");
        }
        if (strlen(checking->reservation->cpv) < CPV_DIGITS)
                TO_CHECK(checking, article, "Indiquez le code CPV du marché.",
                         "Le code CPV manque : seuls certains services sociaux, de santé ou culturels peuvent être "
                         "réservés à ce titre.");
        else if (service == NULL)
                INVALID(checking, article, "Choisissez un autre titre de réservation, ou une condition d'exécution.",
                        "Le code CPV %.8s n'est pas de ceux des services qui peuvent être réservés à ce titre.",
                        checking->reservation->cpv);
        else
                VALID(checking, article, "Service réservable à ce titre : %s.", service->label);
}

static void check_ess_duration(struct checking *checking)
{
        const Contracts__ReservationEss *ess = checking->rules->ess;
        uint32_t months = checking->reservation->duration_months;
        if (months == 0)
                TO_CHECK(checking, ess->article, "Indiquez la durée du marché.",
                         "La durée n'est pas dite : elle est d'au plus %u mois.", ess->months_max);
        else if (months > ess->months_max)
                INVALID(checking, ess->article, "Ramenez la durée, reconductions comprises, à ce maximum.",
                        "Un marché réservé à ce titre dure au plus %u mois ; celui-ci en dure %u.", ess->months_max,
                        months);
        else
                VALID(checking, ess->article, "Durée de %u mois, dans la limite de %u.", months, ess->months_max);
}

static void check_ess_again(struct checking *checking)
{
        const Contracts__ReservationEss *ess = checking->rules->ess;
        if (checking->reservation->previous_award_on == NULL)
                return;
        struct day previous = day_of(checking->reservation->previous_award_on);
        struct day free_from = day_add_months(previous, (int)ess->years_between * MONTHS_A_YEAR);
        if (day_number(checking->on) < day_number(free_from))
                INVALID(checking, ess->article, "Attribuez à une autre entreprise, ou ne réservez pas à ce titre.",
                        "Cet acheteur a déjà attribué à cette entreprise un marché réservé au même titre le %s : il ne "
                        "peut le refaire avant le %s.",
                        french_day(checking->arena, previous), french_day(checking->arena, free_from));
        else
                VALID(checking, ess->article,
                      "Le marché précédent au même titre date du %s : le délai de %u ans est passé.",
                      french_day(checking->arena, previous), ess->years_between);
}

/* ---- the whole */

static char *told(const struct checking *checking)
{
        const Contracts__ReservationCheckReply *reply = checking->reply;
        size_t wrong = 0, open = 0;
        const Contracts__ReservationFinding *gravest = NULL;
        for (size_t i = 0; i < reply->n_findings; i++) {
                wrong += reply->findings[i]->verdict == CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID;
                open += reply->findings[i]->verdict == CONTRACTS__RESERVATION_VERDICT__RESERVATION_TO_CHECK;
                if (gravest == NULL && reply->findings[i]->verdict == reply->verdict)
                        gravest = reply->findings[i];
        }
        if (wrong > 0)
                return arena_printf(checking->arena, "Réservation irrégulière (%s) : %s", gravest->article,
                                    gravest->reason);
        if (open > 0)
                return arena_printf(checking->arena, "Réservation possible ; %s à vérifier.",
                                    french_count(checking->arena, (int64_t)open, "point"));
        return arena_text(checking->arena, "Réservation régulière.");
}

static void check_all(struct checking *checking)
{
        check_grounds(checking);
        check_combinations(checking);
        check_share(checking);
        check_notice(checking);
        if (has_ground(checking, CONTRACTS__RESERVATION_GROUND__RESERVED_ESS)) {
                check_ess_service(checking);
                check_ess_duration(checking);
                check_ess_again(checking);
        }
}

static struct day day_asked(const Contracts__Reservation *reservation, struct day on)
{
        return reservation->on == NULL ? on : day_of(reservation->on);
}

Contracts__ReservationCheckReply *reservation_check(const Contracts__Reservation *reservation,
                                                    const Contracts__ReservationRulesVersion *rules, struct day on,
                                                    struct arena *arena)
{
        struct checking checking = {.reservation = reservation, .rules = rules, .arena = arena};
        checking.on = day_asked(reservation, on);
        checking.reply = pb_new(&contracts__reservation_check_reply__descriptor, arena);
        check_all(&checking);
        checking.reply->verdict = checking.gravest;
        checking.reply->text = told(&checking);
        checking.reply->rules_version = rules->version;
        return checking.reply;
}

Contracts__ReservationVerdict reservation_verdict(const Contracts__Reservation *reservation,
                                                  const Contracts__ReservationRulesVersion *rules, struct day on)
{
        struct checking checking = {.reservation = reservation, .rules = rules};
        checking.on = day_asked(reservation, on);
        check_all(&checking);
        return checking.gravest;
}
