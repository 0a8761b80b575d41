#include "services/accounts/entry/entry.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/mail/mail.h"
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

bool entry_demands_factor(struct work *work, struct id account)
{
        struct memberships all = store_memberships(work->txn, account, work->arena);
        for (size_t i = 0; i < all.count; i++)
                if (!all.rows[i]->ended && session_needs_factor(all.rows[i]->what->role))
                        return true;
        return false;
}

struct attempt attempt_of(struct work *work, const char *name, Accounts__SignInWay way,
                          const Accounts__Browser *browser)
{
        const Accounts__Browser *known =
                browser != NULL ? browser : pb_new(&accounts__browser__descriptor, work->arena);
        return (struct attempt){way, known, tries_of(work, name, known->place)};
}

static void note(struct work *work, const struct entry *entry, const struct attempt *attempt,
                 Accounts__SignInOutcome outcome, bool new_browser)
{
        const struct sign_in_note wish = {entry->account, outcome, attempt->way, attempt->browser, new_browser};
        journal_note(work, &wish);
}

static bool is_new(struct work *work, const struct entry *entry, const Accounts__Browser *browser)
{
        struct slice mark = pb_slice(browser->mark);
        return mark.size == 0 || !store_knows_browser(work->txn, id_of(entry->account->account_id), mark);
}

/* Who is invited has just read her mail. */
static void tell_new_browser(struct work *work, const struct entry *entry, const struct attempt *attempt)
{
        const struct mail_wish wish = {.kind = ACCOUNTS__MAIL_KIND__MAIL_NEW_BROWSER,
                                       .account = id_of(entry->account->account_id),
                                       .browser = attempt->browser->name,
                                       .place = attempt->browser->place};
        if (attempt->way != ACCOUNTS__SIGN_IN_WAY__WAY_INVITATION)
                mail_tell(work, &wish);
}

static void record_signed_in(struct work *work, const struct entry *entry, const struct attempt *attempt,
                             const Types__Id *key, const struct factor_shown *shown)
{
        Accounts__SignedIn event = ACCOUNTS__SIGNED_IN__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        unpublished.browser = (Accounts__Browser *)(uintptr_t)attempt->browser;
        unpublished.tried = (ProtobufCBinaryData *)(uintptr_t)attempt->tried.what;
        unpublished.n_tried = attempt->tried.count;
        unpublished.used_hash = pb_bytes(shown->spent);
        unpublished.step = shown->step;
        event.account_id = entry->account->account_id;
        event.key_id = (Types__Id *)(uintptr_t)key;
        event.new_browser = is_new(work, entry, attempt->browser);
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        note(work, entry, attempt, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN, event.new_browser);
        if (event.new_browser)
                tell_new_browser(work, entry, attempt);
}

Accounts__SessionReply *entry_open(struct work *work, const struct entry *entry, const struct attempt *attempt,
                                   const struct factor_shown *shown)
{
        const Accounts__Membership *what = entry->membership->what;
        const struct session_wish wish = {.membership = what,
                                          .browser = attempt->browser,
                                          .must_enrol = entry_must_enrol(entry, what->role),
                                          .by_mail_link = attempt->way == ACCOUNTS__SIGN_IN_WAY__WAY_MAIL_LINK,
                                          .shown_elsewhere = entry->shown_elsewhere};
        Accounts__SessionReply *reply = session_give(work, &wish);
        record_signed_in(work, entry, attempt, reply->key_id, shown);
        return reply;
}

ProtobufCBinaryData entry_hash_of_proof(struct work *work, struct slice proof)
{
        uint8_t *hash = arena_alloc(work->arena, PROOF_HASH_SIZE);
        require(crypto_generichash(hash, PROOF_HASH_SIZE, proof.data, proof.size, NULL, 0) == 0);
        return pb_bytes(slice_of(hash, PROOF_HASH_SIZE));
}

void entry_record_password(struct work *work, const struct entry *entry, const Accounts__Password *password)
{
        const uint64_t before = entry->row->password == NULL ? 0 : entry->row->password_number;
        Accounts__PasswordSet event = ACCOUNTS__PASSWORD_SET__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        unpublished.password = (Accounts__Password *)(uintptr_t)password;
        event.account_id = entry->account->account_id;
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        if (before != 0)
                work_forget_sealed(work, before);
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

Accounts__SessionReply *entry_fail(struct work *work, const struct entry *entry, const struct attempt *attempt)
{
        Accounts__SignInFailed event = ACCOUNTS__SIGN_IN_FAILED__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        unpublished.tried = (ProtobufCBinaryData *)(uintptr_t)attempt->tried.what;
        unpublished.n_tried = attempt->tried.count;
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        note(work, entry, attempt, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG, false);
        return entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
}

Accounts__SessionReply *entry_ask_code(struct work *work, const struct entry *entry, const struct attempt *attempt,
                                       const char *code, struct factor_shown *ret)
{
        *ret = (struct factor_shown){0};
        if (entry->shown_elsewhere || entry->row->factor.len == 0)
                return NULL;
        Accounts__SessionReply *wait = entry_wait(work, &attempt->tried);
        if (wait != NULL)
                return wait;
        if (code[0] == '\0')
                return entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE);
        const struct factor_of of = {id_of(entry->account->account_id), pb_slice(entry->row->factor), entry->row};
        return factor_accepts(work, &of, code, ret) ? NULL : entry_fail(work, entry, attempt);
}
