#include "services/accounts/sign_in/binding.h"

#include <sodium.h>
#include <string.h>

#include "accounts/events.pb-c.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/sign_in/binding_rows.h"

static void hash_text(crypto_generichash_state *state, const char *text)
{
        const uint32_t size = (uint32_t)strlen(text);
        const uint8_t length[] = {(uint8_t)(size >> 24), (uint8_t)(size >> 16), (uint8_t)(size >> 8), (uint8_t)size};
        require(crypto_generichash_update(state, length, sizeof(length)) == 0);
        require(crypto_generichash_update(state, (const uint8_t *)text, size) == 0);
}

struct slice binding_hash(const Accounts__ProviderIdentity *identity, struct arena *arena)
{
        uint8_t *hash = arena_alloc(arena, BINDING_HASH_SIZE);
        crypto_generichash_state state;
        require(crypto_generichash_init(&state, NULL, 0, BINDING_HASH_SIZE) == 0);
        hash_text(&state, identity->issuer);
        hash_text(&state, identity->identity_provider);
        hash_text(&state, identity->subject);
        require(crypto_generichash_final(&state, hash, BINDING_HASH_SIZE) == 0);
        return slice_of(hash, BINDING_HASH_SIZE);
}

Accounts__BindingRow *binding_find(struct work *work, const Accounts__ProviderIdentity *identity)
{
        return store_binding(work->txn, binding_hash(identity, work->arena), work->arena);
}

void binding_end(struct work *work, const Accounts__BindingRow *row)
{
        Accounts__ProviderBindingEnded event = ACCOUNTS__PROVIDER_BINDING_ENDED__INIT;
        event.binding_id = row->binding_id;
        event.account_id = row->account_id;
        work_record(work, &event.base);
        work_forget_sealed(work, row->number);
}

void bindings_end(struct work *work, struct id account)
{
        Accounts__BindingRow *rows[BINDINGS_MAX];
        size_t count = store_bindings(work->txn, account, work->arena, rows);
        for (size_t i = 0; i < count; i++)
                binding_end(work, rows[i]);
}
