#include "services/accounts/sign_in/session.h"

#include "common/codec/pb.h"
#include "common/codec/scope.h"
#include "common/codec/types.h"
#include "common/service/spec.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/settings.h"
#include "services/accounts/sign_in/binding.h"
#include "services/accounts/sign_in/sign_in_rows.h"

bool session_needs_factor(Types__Role role)
{
        return (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(OPERATOR) | ROLE_BIT(DATA_PROTECTION)) &
               1u << role;
}

uint32_t session_idle_s(const struct work *work, Types__Role role)
{
        const struct accounts_settings *settings = accounts_settings_of(work->context);
        return (uint32_t)(60 *
                          (session_needs_factor(role) ? settings->session_idle_min : settings->session_idle_other_min));
}

/* Newest first; up to KEYS_LOOKED_AT of them. */
static size_t sessions_of(struct work *work, struct id account, const Accounts__KeyRow *ret[KEYS_LOOKED_AT])
{
        size_t count = 0;
        struct walk walk;
        struct id id;
        store_walk_keys(work->txn, account, (struct slice){0}, &walk);
        while (count < KEYS_LOOKED_AT && walk_next(&walk, &id)) {
                const Accounts__KeyRow *row = store_key(work->txn, id, work->arena);
                if (row != NULL && row->given->kind == ACCOUNTS__KEY_KIND__KEY_SESSION)
                        ret[count++] = row;
        }
        walk_end(&walk);
        return count;
}

bool session_may_replace_password(const struct work *work, const Accounts__KeyRow *key)
{
        return key->by_mail_link && work->now_ms - key->given_at->ms < SESSION_RESETS_MS;
}

static void make_room(struct work *work, struct id account)
{
        const Accounts__KeyRow *rows[KEYS_LOOKED_AT];
        keys_sweep(work, account);
        for (size_t count = sessions_of(work, account, rows); count >= SESSIONS_MAX; count--)
                key_end(work, rows[count - 1]);
}

uint32_t sessions_end(struct work *work, struct id account, const Types__Id *kept)
{
        const Accounts__KeyRow *rows[KEYS_LOOKED_AT];
        uint32_t ended = 0;
        size_t count = sessions_of(work, account, rows);
        for (size_t i = 0; i < count; i++) {
                if (kept != NULL && id_equal(id_of(kept), id_of(rows[i]->given->key_id)))
                        continue;
                key_end(work, rows[i]);
                ended++;
        }
        return ended;
}

Accounts__SessionReply *session_give(struct work *work, const struct session_wish *wish)
{
        static char *enrol[] = {(char *)(uintptr_t)SCOPE_ENROL};
        const int64_t life_ms = accounts_settings_of(work->context)->session_life_h * 60 * 60 * 1000;
        Accounts__SessionReply *reply = pb_new(&accounts__session_reply__descriptor, work->arena);
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        Accounts__KeyGiven given = ACCOUNTS__KEY_GIVEN__INIT;

        make_room(work, id_of(wish->membership->account_id));
        given.account_id = wish->membership->account_id;
        given.membership_id = wish->membership->membership_id;
        given.idle_s = session_idle_s(work, wish->membership->role);
        given.kind = ACCOUNTS__KEY_KIND__KEY_SESSION;
        given.replaces = wish->replaces == NULL ? NULL : wish->replaces->given->key_id;
        given.scopes = enrol;
        given.n_scopes = wish->must_enrol;
        unpublished.browser = (Accounts__Browser *)(uintptr_t)wish->browser;
        unpublished.by_mail_link = wish->by_mail_link;
        unpublished.shown_elsewhere = wish->shown_elsewhere;
        if (wish->browser == NULL && wish->replaces != NULL)
                unpublished.browser = wish->replaces->browser;
        reply->key = key_draw(work, work->now_ms + life_ms, &given);
        work_record_sealed(work, &given.base, pb_encode(&unpublished, work->arena));
        if (wish->replaces != NULL)
                key_forget_browser(work, wish->replaces);
        reply->outcome = ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN;
        reply->ends = given.ends;
        reply->key_id = given.key_id;
        reply->must_enrol = wish->must_enrol;
        return reply;
}

Accounts__SessionReply *session_go_on(struct work *work, const Accounts__KeyRow *before,
                                      const Accounts__Membership *membership, bool must_enrol)
{
        const struct session_wish wish = {.membership = membership,
                                          .replaces = before,
                                          .must_enrol = must_enrol,
                                          .shown_elsewhere = before->shown_elsewhere};
        return session_give(work, &wish);
}

void sign_in_forget(struct work *work, struct id account)
{
        const Accounts__SignInRow *row = store_sign_in(work->txn, account, work->arena);
        Accounts__SignInReset event = ACCOUNTS__SIGN_IN_RESET__INIT;
        event.account_id = id_to(work->arena, account);
        (void)sessions_end(work, account, NULL);
        bindings_end(work, account);
        if (pb_size(row) == 0)
                return;
        work_record(work, &event.base);
        const uint64_t numbers[] = {row->password_number, row->factor_number, row->begun_number};
        for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
                if (numbers[i] != 0)
                        work_forget_sealed(work, numbers[i]);
}
