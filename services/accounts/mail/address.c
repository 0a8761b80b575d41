#include "services/accounts/mail/address.h"

#include <sodium.h>
#include <string.h>

#include "accounts/events.pb-c.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/secret_box.h"
#include "common/codec/types.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/settings.h"

/* No box of another kind under the same key passes for one. */
static struct slice binding_of(struct work *work, struct id account)
{
        static const char kind[] = "mail address";
        uint8_t *bytes = arena_alloc(work->arena, sizeof(kind) + sizeof(account));
        memcpy(bytes, kind, sizeof(kind));
        memcpy(bytes + sizeof(kind), &account, sizeof(account));
        return slice_of(bytes, sizeof(kind) + sizeof(account));
}

struct slice own_address_hash(struct work *work, const char *email)
{
        const struct accounts *accounts = accounts_of(work->context);
        uint8_t *hash = arena_alloc(work->arena, ADDRESS_HASH_SIZE);
        char *small = arena_text(work->arena, email);
        for (char *at = small; *at != '\0'; at++)
                *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        require(crypto_generichash(hash, ADDRESS_HASH_SIZE, (const uint8_t *)small, strlen(small), accounts->key,
                                   sizeof(accounts->key)) == 0);
        return slice_of(hash, ADDRESS_HASH_SIZE);
}

static void forget(struct work *work, uint64_t number)
{
        if (number != 0)
                work_forget_sealed(work, number);
}

static Accounts__OwnAddressRow *row_of(struct work *work, struct id account)
{
        return store_own_address(work->txn, account, work->arena);
}

void own_address_give(struct work *work, struct id account, const char *email)
{
        const struct accounts *accounts = accounts_of(work->context);
        uint64_t before = row_of(work, account)->awaiting_number;
        Accounts__AddressGiven given = ACCOUNTS__ADDRESS_GIVEN__INIT;
        Accounts__AddressSealed sealed = ACCOUNTS__ADDRESS_SEALED__INIT;
        sealed.box = pb_bytes(secret_box_seal(work_world(work), accounts->key, binding_of(work, account),
                                              slice_of_text(email), work->arena));
        sealed.hash = pb_bytes(own_address_hash(work, email));
        given.account_id = id_to(work->arena, account);
        work_record_sealed(work, &given.base, pb_encode(&sealed, work->arena));
        forget(work, before);
}

void own_address_confirm(struct work *work, struct id account)
{
        uint64_t before = row_of(work, account)->confirmed_number;
        Accounts__OwnAddressConfirmed confirmed = ACCOUNTS__OWN_ADDRESS_CONFIRMED__INIT;
        confirmed.account_id = id_to(work->arena, account);
        work_record(work, &confirmed.base);
        forget(work, before);
}

void own_address_drop_awaiting(struct work *work, struct id account)
{
        uint64_t before = row_of(work, account)->awaiting_number;
        Accounts__AddressDropped dropped = ACCOUNTS__ADDRESS_DROPPED__INIT;
        if (before == 0)
                return;
        dropped.account_id = id_to(work->arena, account);
        work_record(work, &dropped.base);
        forget(work, before);
}

void own_address_remove(struct work *work, struct id account)
{
        const Accounts__OwnAddressRow *row = row_of(work, account);
        const uint64_t confirmed = row->confirmed_number, awaiting = row->awaiting_number;
        Accounts__AddressRemoved removed = ACCOUNTS__ADDRESS_REMOVED__INIT;
        if (confirmed == 0 && awaiting == 0)
                return;
        removed.account_id = id_to(work->arena, account);
        work_record(work, &removed.base);
        forget(work, confirmed);
        forget(work, awaiting);
}

const char *own_address_open(struct work *work, struct id account, const Accounts__AddressSealed *sealed)
{
        const struct accounts *accounts = accounts_of(work->context);
        struct slice plain;
        if (sealed == NULL || sealed->box.len == 0 ||
            !secret_box_open(accounts->key, binding_of(work, account), pb_slice(sealed->box), work->arena, &plain))
                return NULL;
        return arena_printf(work->arena, "%.*s", (int)plain.size, (const char *)plain.data);
}

bool own_address_may_be_kept(const struct work *work, struct refusal *ret_refusal)
{
        return accounts_of(work->context)->has_key ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "email",
                      "La clé keys/second_factors.key manque à ce réseau, qui ne peut pas garder d'adresse : prévenez "
                      "l'exploitant, qui la fait par « guichetctl init ».");
}
