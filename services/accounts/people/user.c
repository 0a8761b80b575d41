#include "services/accounts/people/user.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/codec/types.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

enum belonging { BELONGS_NOWHERE, BELONGS_MAYBE, BELONGS_ALWAYS };

struct role_row {
        Types__Role role;
        enum belonging belonging;    /* whether it acts for an organisation */
        bool reads_persons;          /* tracking answers it */
        bool facilitators_may_vouch; /* of its territories, as a coordinator may */
};

/* A role that is not here cannot have an account: NULL. */
static const struct role_row *row_of_role(Types__Role role)
{
        static const struct role_row rows[] = {
                {TYPES__ROLE__FACILITATOR, BELONGS_NOWHERE, true, true},
                {TYPES__ROLE__COORDINATOR, BELONGS_NOWHERE, true, false},
                {TYPES__ROLE__OPERATOR, BELONGS_NOWHERE, false, false},
                {TYPES__ROLE__AUDITOR, BELONGS_MAYBE, true, false},
                {TYPES__ROLE__DATA_PROTECTION, BELONGS_NOWHERE, true, false},
                {TYPES__ROLE__BUYER, BELONGS_ALWAYS, false, false},
                {TYPES__ROLE__COMPANY, BELONGS_ALWAYS, true, true},
                {TYPES__ROLE__STRUCTURE, BELONGS_ALWAYS, true, true},
                {TYPES__ROLE__PRESCRIBER, BELONGS_ALWAYS, true, true},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (rows[i].role == role)
                        return &rows[i];
        return NULL;
}

bool user_needs_consent(Types__Role role)
{
        const struct role_row *row = row_of_role(role);
        return row != NULL && row->reads_persons;
}

static bool covers(const Accounts__Membership *membership, const char *territory)
{
        for (size_t i = 0; i < membership->n_territories; i++)
                if (strcmp(membership->territories[i], "*") == 0 || strcmp(membership->territories[i], territory) == 0)
                        return true;
        return false;
}

bool user_may_consent(const Accounts__Membership *by, const Accounts__Membership *to)
{
        const struct role_row *row = row_of_role(to->role);
        bool may = by->role == TYPES__ROLE__COORDINATOR ||
                   (by->role == TYPES__ROLE__FACILITATOR && row != NULL && row->facilitators_may_vouch);
        if (!may || row == NULL || !row->reads_persons || id_equal(id_of(by->account_id), id_of(to->account_id)))
                return false;
        for (size_t i = 0; i < to->n_territories; i++)
                if (!covers(by, to->territories[i]))
                        return false;
        return true;
}

bool user_check(Types__Role role, const Types__Id *organisation, struct refusal *ret)
{
        const struct role_row *row = row_of_role(role);
        if (row == NULL)
                return refuse(ret, INVALID, "role",
                              "Indiquez le rôle du compte : FACILITATOR, COORDINATOR, BUYER, COMPANY, STRUCTURE, "
                              "PRESCRIBER, AUDITOR, DATA_PROTECTION ou OPERATOR.");
        if (row->belonging == BELONGS_ALWAYS && organisation == NULL)
                return refuse(ret, INVALID, "organisation",
                              "Indiquez l'organisation pour laquelle ce compte agit : sans elle il ne verrait rien.");
        if (row->belonging == BELONGS_NOWHERE && organisation != NULL)
                return refuse(ret, INVALID, "organisation",
                              "Ce rôle n'agit pour aucune organisation : retirez-la, ou choisissez un autre rôle.");
        return true;
}

int64_t token_end_ms(uint32_t days, int64_t default_days, int64_t now_ms)
{
        const int64_t day_ms = 24 * 60 * 60 * 1000;
        return now_ms + (days != 0 ? days : default_days) * day_ms;
}
