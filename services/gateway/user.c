#include "services/gateway/user.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/text.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

static bool check_name(const char *name, struct refusal *ret)
{
        size_t length = strlen(name);
        if (length < USER_NAME_MIN || length > USER_NAME_MAX ||
            strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_@") != length)
                return refuse(
                    ret, INVALID, "name",
                    "Le nom du compte doit avoir de %d à %d caractères parmi a-z, 0-9, « . », « - », « _ » et "
                    "« @ », par exemple « marie.dupont ».",
                    USER_NAME_MIN, USER_NAME_MAX);
        return true;
}

enum belonging { BELONGS_NOWHERE, BELONGS_MAYBE, BELONGS_ALWAYS };

/* Which roles act for an organisation. A role that is not here cannot have an account. */
static bool find_belonging(Types__Role role, enum belonging *ret)
{
        static const struct {
                Types__Role role;
                enum belonging belonging;
        } rows[] = {
            {TYPES__ROLE__FACILITATOR, BELONGS_NOWHERE}, {TYPES__ROLE__COORDINATOR, BELONGS_NOWHERE},
            {TYPES__ROLE__OPERATOR, BELONGS_NOWHERE},    {TYPES__ROLE__AUDITOR, BELONGS_MAYBE},
            {TYPES__ROLE__BUYER, BELONGS_ALWAYS},        {TYPES__ROLE__COMPANY, BELONGS_ALWAYS},
            {TYPES__ROLE__STRUCTURE, BELONGS_ALWAYS},    {TYPES__ROLE__PRESCRIBER, BELONGS_ALWAYS},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (rows[i].role == role) {
                        *ret = rows[i].belonging;
                        return true;
                }
        return false;
}

static bool check_role(const Gateway__CreateUser *command, struct refusal *ret)
{
        enum belonging belonging;
        if (!find_belonging(command->role, &belonging))
                return refuse(ret, INVALID, "role",
                              "Indiquez le rôle du compte : FACILITATOR, COORDINATOR, BUYER, COMPANY, STRUCTURE, "
                              "PRESCRIBER, AUDITOR ou OPERATOR.");
        if (belonging == BELONGS_ALWAYS && command->organisation == NULL)
                return refuse(ret, INVALID, "organisation",
                              "Indiquez l'organisation pour laquelle ce compte agit : sans elle il ne verrait rien.");
        if (belonging == BELONGS_NOWHERE && command->organisation != NULL)
                return refuse(ret, INVALID, "organisation",
                              "Ce rôle n'agit pour aucune organisation : retirez-la, ou choisissez un autre rôle.");
        return true;
}

static bool check_territories(const Gateway__CreateUser *command, struct refusal *ret)
{
        if (command->n_territories == 0)
                return refuse(ret, INVALID, "territories",
                              "Indiquez au moins un département, par exemple \"31\", ou \"*\" pour toute la région.");
        for (size_t i = 0; i < command->n_territories; i++)
                if (strcmp(command->territories[i], "*") != 0 && !territory_valid(command->territories[i]))
                        return refuse(
                            ret, INVALID, "territories",
                            "« %.8s » n'est pas un code de département, par exemple \"31\", \"2A\" ou \"974\".",
                            command->territories[i]);
        return true;
}

bool user_check(const Gateway__CreateUser *command, struct refusal *ret)
{
        if (command->token_hash.len != TOKEN_HASH_SIZE)
                return refuse(
                    ret, INVALID, "tokenHash",
                    "L'empreinte du jeton doit être son BLAKE2b de %d octets : le jeton lui-même ne quitte pas "
                    "celui qui l'a tiré.",
                    TOKEN_HASH_SIZE);
        if (command->token_days > TOKEN_DAYS_MAX)
                return refuse(ret, INVALID, "tokenDays",
                              "Un jeton vaut %d jours au plus : indiquez moins, ou rien pour la durée habituelle.",
                              TOKEN_DAYS_MAX);
        return check_name(command->name, ret) && check_role(command, ret) && check_territories(command, ret);
}

int64_t token_end_ms(uint32_t days, int64_t default_days, int64_t now_ms)
{
        const int64_t day_ms = 24 * 60 * 60 * 1000;
        return now_ms + (days != 0 ? days : default_days) * day_ms;
}
