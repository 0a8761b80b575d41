#include "services/contracts/needs/need.h"

#include <string.h>

#include "common/codec/types.h"

enum { ROME_DIGITS = 4, HUNDREDTHS = 100 };

static bool rome_valid(const char *code)
{
        return code[0] >= 'A' && code[0] <= 'Z' && text_is_digits(code + 1, ROME_DIGITS);
}

/* "31555", "2A004": the department, then digits only. */
static bool commune_territory(const char *commune, char ret_territory[TERRITORY_TEXT_SIZE])
{
        territory_of_commune(commune, ret_territory);
        return ret_territory[0] != '\0' && text_is_digits(commune + 2, 3);
}

static bool check_work(const Contracts__DeclareNeed *command, struct refusal *ret_refusal)
{
        if (!rome_valid(command->rome_code))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "rome_code",
                              "Le code ROME du métier s'écrit avec une lettre et quatre chiffres, par exemple F1703.");
        if (text_is_empty(command->title))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "title",
                              "L'intitulé du poste manque : c'est lui que les prescripteurs liront.");
        if (command->positions < 1 || command->positions > NEED_POSITIONS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "positions",
                              "Le nombre de postes doit être compris entre 1 et %d.", NEED_POSITIONS_MAX);
        if (command->modality == TYPES__MODALITY__MODALITY_UNKNOWN)
                return refuse(
                    ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "modality",
                    "La modalité manque : embauche directe (DIRECT_HIRE), mise à disposition (STAFF_PROVIDED) "
                    "ou sous-traitance (SUBCONTRACTING).");
        return true;
}

static bool check_start(const Types__Day *starts_on, struct day today, struct refusal *ret_refusal)
{
        if (starts_on == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "La date de début manque : une date approchée suffit.");
        if (starts_on->days < day_number(today) - NEED_LATE_DAYS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "La date de début est passée de plus de %d jours : indiquez celle où la personne "
                              "commencera.",
                              NEED_LATE_DAYS_MAX);
        if (starts_on->days > day_number(day_add_months(today, NEED_AHEAD_MONTHS_MAX)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "La date de début est à plus de deux ans : vérifiez l'année, ou déclarez le besoin plus "
                              "tard.");
        return true;
}

static bool check_end(const Contracts__DeclareNeed *need, struct refusal *ret_refusal)
{
        if (need->ends_on == NULL)
                return true; /* not known yet */
        if (need->ends_on->days >= need->starts_on->days &&
            need->ends_on->days <= day_number(day_add_months(day_of(need->starts_on), NEED_MONTHS_MAX)))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                      "La date de fin précède le début, ou le dépasse de plus de dix ans : corrigez-la, ou laissez-la "
                      "vide.");
}

static bool check_conditions(const Contracts__NeedConditions *said, struct refusal *ret_refusal)
{
        if (said == NULL)
                return true;
        if (said->weekly_hours != NULL && (said->weekly_hours->hundredths <= 0 ||
                                           said->weekly_hours->hundredths > NEED_WEEK_HOURS_MAX * HUNDREDTHS))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "conditions.weekly_hours",
                              "La durée hebdomadaire doit être comprise entre 0,01 et %d heures (L3121-20).",
                              NEED_WEEK_HOURS_MAX);
        return true;
}

static bool check_partner(const Contracts__DeclareNeed *need, struct refusal *ret_refusal)
{
        const Contracts__NeedPartner *partner = need->partner;
        if (partner == NULL)
                return true;
        if (need->modality == TYPES__MODALITY__DIRECT_HIRE &&
            partner->choice != CONTRACTS__PARTNER_CHOICE__PARTNER_CHOICE_UNKNOWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "partner",
                              "En embauche directe il n'y a pas de structure partenaire : laissez ce champ vide, ou "
                              "changez de modalité.");
        if (partner->choice != CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN)
                return true;
        if (text_is_empty(partner->name))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "partner.name",
                              "Le nom de la structure choisie manque : le facilitateur prendra contact avec elle.");
        return true;
}

bool need_check(const Contracts__DeclareNeed *command, struct day today, char ret_territory[TERRITORY_TEXT_SIZE],
                struct refusal *ret_refusal)
{
        char territory[TERRITORY_TEXT_SIZE];

        if (!check_work(command, ret_refusal) || !check_start(command->starts_on, today, ret_refusal))
                return false;
        if (!commune_territory(command->commune, territory))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "commune",
                              "La commune du lieu de travail s'écrit avec son code INSEE de cinq caractères, par "
                              "exemple 31555 (et non le code postal).");
        if (!check_end(command, ret_refusal) || !check_conditions(command->conditions, ret_refusal) ||
            !check_partner(command, ret_refusal))
                return false;
        memcpy(ret_territory, territory, sizeof(territory));
        return true;
}

bool need_reason(const char *reason, bool must, struct refusal *ret_refusal)
{
        if (!must || !text_is_empty(reason))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                      "Dites pourquoi : ceux qui cherchent des personnes le liront.");
}

static char *step_with_partner(const Contracts__DeclareNeed *need, struct arena *arena)
{
        if (need->modality == TYPES__MODALITY__SUBCONTRACTING)
                return arena_printf(arena,
                                    "Votre choix est respecté : le facilitateur prend contact avec %s. Transmettez-lui "
                                    "les factures de la sous-traitance, qui seront converties en heures.",
                                    need->partner->name);
        return arena_printf(arena,
                            "Votre choix est respecté : le facilitateur se met en relation avec %s pour valider "
                            "l'éligibilité des candidats et le suivi. Nommez un tuteur ; la structure nomme un "
                            "référent.",
                            need->partner->name);
}

char *need_next_step(const Contracts__DeclareNeed *need, struct arena *arena)
{
        if (need->modality == TYPES__MODALITY__DIRECT_HIRE)
                return arena_text(arena, "Le facilitateur vous propose des personnes éligibles. Nommez un tuteur dans "
                                         "l'entreprise.");
        if (need->partner != NULL && need->partner->choice == CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN)
                return step_with_partner(need, arena);
        if (need->partner != NULL && need->partner->choice == CONTRACTS__PARTNER_CHOICE__PARTNER_WANTED)
                return arena_text(arena, "Le facilitateur vous remet, à titre indicatif, la liste des structures "
                                         "inclusives du territoire. Vous choisissez, puis l'en informez.");
        return arena_text(arena, "Dites si vous avez déjà une structure partenaire : votre choix sera respecté ; sinon "
                                 "le facilitateur vous remet la liste de celles du territoire.");
}
