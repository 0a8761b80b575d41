#include "services/notifications/subscription.h"

#include <ctype.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/notifications/mail.h"
#include "services/notifications/store.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

struct id subscription_organisation(const Wire__Passport *actor, const Types__Id *named)
{
        return named != NULL ? id_of(named) : id_of(actor->organisation);
}

bool subscription_may_act_for(const Wire__Passport *actor, struct id organisation, const char *territory)
{
        if (actor->role == TYPES__ROLE__FACILITATOR)
                return passport_covers(actor, territory);
        return actor->role == TYPES__ROLE__OPERATOR || passport_is_organisation(actor, organisation);
}

bool subscription_check(const Wire__Passport *actor, struct id organisation, const Notifications__Subscribe *command,
                        struct refusal *ret)
{
        if (id_is_zero(organisation))
                return refuse(ret, INVALID, "organisationId",
                              "Vous n'agissez pas pour une organisation : indiquez laquelle s'abonne.");
        if (text_is_empty(command->organisation_name)) /* nor does the directory know it */
                return refuse(ret, INVALID, "organisationName",
                              "Indiquez le nom de votre organisation : l'annuaire ne le connaît pas.");
        /* Security: a prescriber hears of its own territories, not of the whole region. */
        if ((actor->role == TYPES__ROLE__PRESCRIBER || actor->role == TYPES__ROLE__FACILITATOR) &&
            !passport_covers(actor, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Ce territoire n'est pas l'un des vôtres. Demandez-en l'accès à %s.",
                              actor->role == TYPES__ROLE__PRESCRIBER ? "votre facilitateur" : "la coordination");
        if (!subscription_may_act_for(actor, organisation, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisation_id",
                              "Vous ne pouvez abonner que votre propre organisation.");
        return true;
}

/* Of the day that is under way. */
static uint32_t asked_today(const Notifications__SubscriptionRow *row, int64_t now_ms)
{
        return row->asked_since != NULL && now_ms - row->asked_since->ms < CODE_LIFE_MS ? row->asked_count : 0;
}

bool subscription_may_ask(const Notifications__SubscriptionRow *row, const struct subscriptions *all, int64_t now_ms,
                          struct refusal *ret)
{
        uint32_t of_organisation = 0;
        for (size_t i = 0; i < all->count; i++)
                of_organisation += asked_today(all->rows[i], now_ms);
        if (row != NULL && row->asked_at != NULL && now_ms - row->asked_at->ms < CODE_INTERVAL_MS)
                return refuse(
                        ret, TYPES__REFUSAL_CODE__WRONG_STATE, "email",
                        "Un code vient d'être envoyé pour cet abonnement : attendez dix minutes avant d'en demander "
                        "un autre.");
        if ((row != NULL && asked_today(row, now_ms) >= CODES_A_DAY_OF_SUBSCRIPTION) ||
            of_organisation >= CODES_A_DAY_OF_ORGANISATION)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "email",
                              "Trop de codes ont été demandés aujourd'hui : recommencez demain, après avoir vérifié "
                              "l'adresse.");
        return true;
}

bool subscription_may_send_links(const Notifications__SubscriptionRow *row, int64_t now_ms)
{
        if (row->links_at != NULL && now_ms - row->links_at->ms < LINKS_INTERVAL_MS)
                return false;
        return row->links_since == NULL || now_ms - row->links_since->ms >= LINKS_DAY_MS ||
               row->links_count < LINKS_A_DAY;
}

void code_of_typed(const char *typed, char ret_code[CODE_DIGITS + 1])
{
        size_t size = 0;
        for (; *typed != '\0' && size < CODE_DIGITS; typed++)
                if (isdigit((unsigned char)*typed))
                        ret_code[size++] = *typed;
        ret_code[size] = '\0';
}
