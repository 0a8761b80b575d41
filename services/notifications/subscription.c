#include "services/notifications/subscription.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/notifications/mail.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

struct id subscription_organisation(const Wire__Passport *actor, const Types__Id *named)
{
        return named != NULL ? id_of(named) : id_of(actor->organisation);
}

bool subscription_may_act_for(const Wire__Passport *actor, struct id organisation)
{
        return actor->role == TYPES__ROLE__FACILITATOR || actor->role == TYPES__ROLE__OPERATOR ||
               passport_is_organisation(actor, organisation);
}

static bool check_fields(struct id organisation, const Notifications__Subscribe *command, struct refusal *ret)
{
        if (id_is_zero(organisation))
                return refuse(ret, INVALID, "organisationId",
                              "Vous n'agissez pas pour une organisation : indiquez laquelle s'abonne.");
        if (text_is_empty(command->organisation_name))
                return refuse(ret, INVALID, "organisationName", "Le nom de l'organisation manque : indiquez-le.");
        if (!territory_valid(command->territory))
                return refuse(ret, INVALID, "territory",
                              "Ce territoire n'est pas un code de département (31, 2A, 974). Corrigez-le.");
        return true;
}

bool subscription_check(const Wire__Passport *actor, struct id organisation, const Notifications__Subscribe *command,
                        struct refusal *ret)
{
        if (!check_fields(organisation, command, ret))
                return false;
        if (!subscription_may_act_for(actor, organisation))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisationId",
                              "Vous ne pouvez abonner que votre propre organisation.");
        /* Security: a prescriber hears of its own territories, not of the whole region. */
        if (actor->role == TYPES__ROLE__PRESCRIBER && !passport_covers(actor, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Ce territoire n'est pas l'un des vôtres. Demandez-en l'accès à votre facilitateur.");
        return true;
}

bool subscription_differs(const Notifications__SubscriptionView *kept, const Notifications__Subscribe *command)
{
        return kept == NULL || strcmp(kept->email, command->email) != 0 ||
               strcmp(kept->organisation_name, command->organisation_name) != 0;
}
