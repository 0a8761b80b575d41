#include "services/accounts/links/link.h"

#include "common/base/limits.h"
#include "common/codec/link_purpose.h"
#include "common/codec/types.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

static const int64_t day_ms = 24 * 60 * 60 * 1000;

Accounts__LinkState link_state(const Accounts__LinkRow *row, int64_t now_ms)
{
        if (row->used_at != NULL)
                return ACCOUNTS__LINK_STATE__LINK_USED;
        if (row->closed_at != NULL)
                return row->disowned ? ACCOUNTS__LINK_STATE__LINK_DISOWNED : ACCOUNTS__LINK_STATE__LINK_ENDED;
        return row->ends->ms > now_ms ? ACCOUNTS__LINK_STATE__LINK_OPEN : ACCOUNTS__LINK_STATE__LINK_EXPIRED;
}

int64_t link_end_ms(uint32_t days, int64_t now_ms)
{
        return now_ms + days * day_ms;
}

/* Security: whoever sees a link can do its act, and its maker may be shown it. So she makes none for what she may not
 * do herself, nor give an account for; and none of another territory. */
static bool check_maker(const struct link_purpose *purpose, const Accounts__MakeLink *command,
                        const Wire__Passport *maker, struct refusal *ret)
{
        if ((purpose->makers & (1u << maker->role)) == 0)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "purpose",
                              "Un lien qui décide à la place de l'acheteur est fait par l'exploitant du réseau, comme "
                              "son compte : demandez-le-lui.");
        if (!passport_covers(maker, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Ce territoire n'est pas un des vôtres : demandez le lien à son facilitateur.");
        return true;
}

bool link_check(const Accounts__MakeLink *command, const Wire__Passport *maker, Types__Role *ret_role,
                struct refusal *ret)
{
        const struct link_purpose *purpose = link_purpose(command->purpose);
        if (purpose == NULL)
                return refuse(ret, INVALID, "purpose", "Dites à quoi le lien sert, par exemple LINK_DECLARE_MONTH.");
        *ret_role = link_role(purpose, command->role);
        if (*ret_role == TYPES__ROLE__ROLE_NONE)
                return refuse(
                        ret, INVALID, "role",
                        "Dites le rôle de qui recevra le lien, parmi ceux que ce lien permet : par exemple COMPANY "
                        "ou STRUCTURE pour déclarer un mois.");
        if ((purpose->month != NULL) != (command->month != NULL))
                return refuse(ret, INVALID, "month",
                              purpose->month != NULL ? "Indiquez le mois que le lien fera déclarer."
                                                     : "Ce lien n'est d'aucun mois : retirez-le.");
        return check_maker(purpose, command, maker, ret);
}

bool link_is_actor(const Accounts__Link *link, const Wire__Passport *actor)
{
        return actor->key != NULL && id_equal(id_of(actor->key), id_of(link->link_id)) && actor->membership == NULL &&
               actor->role == link->role && passport_is_organisation(actor, id_of(link->organisation_id));
}

bool link_key_is_remembered(struct id act_key, int64_t now_ms)
{
        return id_instant_ms(act_key) > now_ms - (LIMIT_DEDUP_DAYS - 1) * day_ms;
}
