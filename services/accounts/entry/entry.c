#include "services/accounts/entry/entry.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/sign_in/session.h"
#include "services/accounts/sign_in/sign_in_rows.h"

enum { PROOF_HASH_SIZE = 32 };

struct entry entry_find(struct work *work, const Accounts__AccountRow *account)
{
        struct entry entry = {0};
        if (account == NULL || account->closed) {
                entry.row = pb_new(&accounts__sign_in_row__descriptor, work->arena);
                return entry;
        }
        entry.account = account;
        entry.row = store_sign_in(work->txn, id_of(account->account_id), work->arena);
        struct memberships all = store_memberships(work->txn, id_of(account->account_id), work->arena);
        for (size_t i = 0; i < all.count && entry.membership == NULL; i++)
                if (!all.rows[i]->ended && !all.rows[i]->awaits_consent)
                        entry.membership = all.rows[i];
        return entry;
}

bool entry_proves(const struct entry *entry, struct slice proof)
{
        static const uint8_t nothing[PROOF_HASH_SIZE];
        const Accounts__Password *password = entry->row->password;
        const bool has = password != NULL && password->proof_hash.len == PROOF_HASH_SIZE;
        uint8_t hash[PROOF_HASH_SIZE];
        require(crypto_generichash(hash, sizeof(hash), proof.data, proof.size, NULL, 0) == 0);
        return sodium_memcmp(hash, has ? password->proof_hash.data : nothing, sizeof(hash)) == 0 && has;
}

bool entry_must_enrol(const struct entry *entry, Types__Role role)
{
        return session_needs_factor(role) && entry->row->factor.len == 0 && !entry->shown_elsewhere;
}

static void record_signed_in(struct work *work, const struct entry *entry, const Types__Id *key,
                             Accounts__Unpublished *unpublished)
{
        Accounts__SignedIn event = ACCOUNTS__SIGNED_IN__INIT;
        struct slice mark = pb_slice(unpublished->browser->mark);
        event.account_id = entry->account->account_id;
        event.key_id = (Types__Id *)(uintptr_t)key;
        event.new_browser = mark.size == 0 || !store_knows_browser(work->txn, id_of(entry->account->account_id), mark);
        work_record_sealed(work, &event.base, pb_encode(unpublished, work->arena));
}

Accounts__SessionReply *entry_open(struct work *work, const struct entry *entry, const Accounts__Browser *browser,
                                   const struct tried_by *tried, const struct factor_shown *shown)
{
        const Accounts__Membership *what = entry->membership->what;
        const struct session_wish wish = {.account = id_of(what->account_id),
                                          .membership = id_of(what->membership_id),
                                          .browser = browser,
                                          .must_enrol = entry_must_enrol(entry, what->role)};
        Accounts__SessionReply *reply = session_give(work, &wish);
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        unpublished.browser = (Accounts__Browser *)(uintptr_t)browser;
        unpublished.tried = (ProtobufCBinaryData *)(uintptr_t)tried->what;
        unpublished.n_tried = tried->count;
        unpublished.used_hash = pb_bytes(shown->spent);
        unpublished.step = shown->step;
        record_signed_in(work, entry, reply->key_id, &unpublished);
        return reply;
}

Accounts__SessionReply *entry_say(struct work *work, Accounts__SignInOutcome outcome)
{
        Accounts__SessionReply *reply = pb_new(&accounts__session_reply__descriptor, work->arena);
        reply->outcome = outcome;
        return reply;
}

Accounts__SessionReply *entry_wait(struct work *work, const struct tried_by *tried)
{
        uint32_t wait_s = tries_must_wait_s(work, tried);
        if (wait_s == 0)
                return NULL;
        Accounts__SessionReply *reply = entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT);
        reply->wait_s = wait_s;
        return reply;
}

Accounts__SessionReply *entry_fail(struct work *work, const struct tried_by *tried)
{
        Accounts__SignInFailed event = ACCOUNTS__SIGN_IN_FAILED__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        unpublished.tried = (ProtobufCBinaryData *)(uintptr_t)tried->what;
        unpublished.n_tried = tried->count;
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        return entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
}
