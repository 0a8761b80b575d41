#include "services/contracts/needs/need.h"

#include "common/codec/types.h"

static bool check_start(const Types__Day *starts_on, struct day today, struct refusal *ret_refusal)
{
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
        if (!check_start(command->starts_on, today, ret_refusal) || !check_end(command, ret_refusal) ||
            !check_partner(command, ret_refusal))
                return false;
        territory_of_commune(command->commune, ret_territory);
        return true;
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
