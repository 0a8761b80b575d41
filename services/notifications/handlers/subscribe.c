/* Subscribe: an organisation asks to be told of what happens in a territory. Emits Subscribed, unless the same
 * subscription is there already. A new address is mailed a code, and told nothing else before the code comes back
 * (ConfirmAddress); until then alerts go where they went. Asking again for the same address mails another code.
 * Whether an address is known to anybody else makes no difference here. Refuses what subscription_check() and
 * subscription_may_ask() refuse. */
#include <string.h>

#include "common/base/text.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/address.h"
#include "services/notifications/daemon.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

/* What there was before, and what is asked for. */
struct asked {
        const Notifications__Subscribe *command;
        const Notifications__SubscriptionRow *row; /* NULL: none */
        const char *email;                         /* that alerts go to; "": none */
        bool is_removal, is_new_address;
};

static struct asked compare(struct work *work, const Notifications__Subscribe *command,
                            const Notifications__SubscriptionRow *row)
{
        struct asked asked = {.command = command, .row = row, .email = ""};
        if (row != NULL) {
                const Notifications__SealedAddress *known =
                        address_open(work->engine, work->txn, row->address_id, work->arena);
                asked.email = known != NULL ? known->email : row->email;
                asked.is_removal = command->email[0] == '\0' &&
                                   (asked.email[0] != '\0' || row->address_id != NULL || row->awaiting_id != NULL);
        }
        asked.is_new_address = command->email[0] != '\0' && strcmp(command->email, asked.email) != 0;
        return asked;
}

static bool changes_nothing(const struct asked *asked)
{
        return asked->row != NULL && !asked->is_removal && !asked->is_new_address &&
               strcmp(asked->row->organisation_name, asked->command->organisation_name) == 0;
}

static void record_subscription(struct work *work, const struct asked *asked, Notifications__Subscribed *subscribed,
                                const struct new_address *address)
{
        subscribed->organisation_name = asked->command->organisation_name;
        subscribed->territory = asked->command->territory;
        subscribed->keeps_address = !asked->is_removal;
        if (asked->row != NULL && asked->is_removal)
                address_destroy(work, asked->row->address_id);
        if (asked->row != NULL && (asked->is_removal || asked->is_new_address))
                address_destroy(work, asked->row->awaiting_id);
        if (asked->is_new_address) {
                subscribed->address_id = id_to(work->arena, address->id);
                subscribed->expires_at = instant_to(work->arena, work->now_ms + CODE_LIFE_MS);
                subscribed->mailed = daemon_sends_mail(work->context);
        }
        work_record_sealed(work, &subscribed->base, address->sealed);
}

/* One thing, one name: that of the directory, where it has one; else what was typed, which lists show as such. */
static char *name_of(struct work *work, struct id organisation, char *typed)
{
        const Notifications__OrganisationCopy *known = store_organisation_copy(work->txn, organisation, work->arena);
        return known != NULL && !text_is_empty(known->name) ? known->name : typed;
}

struct reply handle_subscribe(struct work *work, const ProtobufCMessage *message)
{
        Notifications__Subscribe named = *(const Notifications__Subscribe *)message;
        const Notifications__Subscribe *command = &named;
        struct id organisation = subscription_organisation(work->actor, command->organisation_id);
        struct new_address address = {0};
        struct refusal refusal;
        named.organisation_name = name_of(work, organisation, named.organisation_name);
        if (!subscription_check(work->actor, organisation, command, &refusal))
                return reply_refusal(work, &refusal);

        struct asked asked = compare(
                work, command, store_find_subscription_of(work->txn, organisation, command->territory, work->arena));
        if (asked.is_new_address) {
                struct subscriptions all = store_subscriptions_of(work->txn, organisation, work->arena);
                if (!subscription_may_ask(asked.row, &all, work->now_ms, &refusal))
                        return reply_refusal(work, &refusal);
                int err = address_make(work, command->email, &address);
                if (err != 0)
                        return reply_refuse(work, TYPES__REFUSAL_CODE__UNAVAILABLE, "email",
                                            "L'adresse n'a pas pu être scellée (%s) : prévenez l'exploitant du réseau.",
                                            err_name(err));
        }
        Notifications__Subscribed subscribed = NOTIFICATIONS__SUBSCRIBED__INIT;
        subscribed.subscription_id =
                asked.row != NULL ? asked.row->subscription_id : id_to(work->arena, work_new_id(work));
        subscribed.organisation_id = id_to(work->arena, organisation);
        if (!changes_nothing(&asked))
                record_subscription(work, &asked, &subscribed, &address);

        Notifications__SubscribeReply *reply = pb_new(&notifications__subscribe_reply__descriptor, work->arena);
        reply->subscription_id = subscribed.subscription_id;
        reply->awaits_confirmation = asked.is_new_address;
        return reply_ok(work, reply);
}
