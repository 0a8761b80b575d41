#include "services/contracts/needs/need.h"

#include <string.h>

#include "common/codec/types.h"

enum { ROME_DIGITS = 4 };

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
        if (text_is_empty(command->title) || utf8_length(command->title) > NEED_TITLE_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "title",
                              "L'intitulé du poste manque, ou dépasse %d caractères : c'est lui que les prescripteurs "
                              "liront.",
                              NEED_TITLE_MAX);
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
        memcpy(ret_territory, territory, sizeof(territory));
        return true;
}
