#include "services/accounts/people/consent.h"

#include <string.h>

#include "accounts/events.pb-c.h"
#include "common/codec/token.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/people/user.h"
#include "services/accounts/settings.h"

static bool stands(const struct work *work, const Accounts__MembershipRow *membership)
{
        if (membership == NULL || membership->ended || membership->awaits_consent)
                return false;
        const Accounts__AccountRow *account =
                store_account(work->txn, id_of(membership->what->account_id), work->arena);
        return account != NULL && !account->closed;
}

/* Whose token it is; NULL: it opens nothing. */
static const Accounts__MembershipRow *of_token(struct work *work, const char *token)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        if (!token_of_text(token, hash))
                return NULL;
        const Accounts__KeyRow *key = store_key_of_hash(work->txn, slice_of(hash, sizeof(hash)), work->arena);
        bool opens =
                key != NULL && key->given->kind == ACCOUNTS__KEY_KIND__KEY_TOKEN && key->given->ends->ms > work->now_ms;
        return opens ? store_membership(work->txn, id_of(key->given->membership_id), work->arena) : NULL;
}

const Accounts__MembershipRow *consent_of(struct work *work, const char *consent_token)
{
        const Wire__Passport *actor = work->actor;
        const Accounts__MembershipRow *by = NULL;
        if (consent_token[0] != '\0')
                by = of_token(work, consent_token);
        /* Security: a passport that a tool signed may state any account; a gateway states whose key it saw. */
        else if (work_is_from_gateway(work) && actor->membership != NULL)
                by = store_membership(work->txn, id_of(actor->membership), work->arena);
        return stands(work, by) ? by : NULL;
}

bool consent_knows(const struct work *work, const Accounts__MembershipRow *by, const Accounts__MembershipRow *of)
{
        if (work->actor->role == TYPES__ROLE__OPERATOR || work->actor->role == TYPES__ROLE__COORDINATOR)
                return true;
        return by != NULL && (id_equal(id_of(by->what->account_id), id_of(of->what->account_id)) ||
                              user_may_consent(by->what, of->what));
}

/* ---- which membership is meant */

static bool is_meant(const struct search *search, const Accounts__MembershipRow *row)
{
        if (search->membership_id != NULL)
                return id_equal(id_of(search->membership_id), id_of(row->what->membership_id));
        return !row->ended && row->awaits_consent == (search->which == ONE_THAT_AWAITS);
}

static bool refuse_unknown(struct refusal *ret)
{
        return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                      "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
}

bool consent_find(struct work *work, const struct search *search, struct person *ret, struct refusal *ret_refusal)
{
        Accounts__AccountRow *account = store_account_named(work->txn, search->name, work->arena);
        size_t meant = 0, known = 0;
        if (account == NULL)
                return refuse_unknown(ret_refusal);
        struct memberships all = store_memberships(work->txn, id_of(account->account_id), work->arena);
        *ret = (struct person){.account = account};
        for (size_t i = 0; i < all.count; i++) {
                /* Security: who is not told of a membership by accounts.Users does not learn here that it exists. */
                if (!consent_knows(work, search->by, all.rows[i]))
                        continue;
                known++;
                if (is_meant(search, all.rows[i])) {
                        ret->membership = all.rows[i];
                        meant++;
                }
        }
        if (known == 0)
                return refuse_unknown(ret_refusal);
        if (meant == 0 && search->membership_id != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "membership_id",
                              "Ce compte n'a pas ce rôle-là : la liste des comptes donne ceux qu'il a.");
        if (meant > 1)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "membership_id",
                              "Cette personne a plusieurs rôles : dites duquel il s'agit, d'après la liste des "
                              "comptes.");
        return true;
}

bool consent_hands_over(struct work *work, const Accounts__MembershipRow *by, const Accounts__AccountRow *account)
{
        struct memberships all = store_memberships(work->txn, id_of(account->account_id), work->arena);
        const bool is_operator = work->actor->role == TYPES__ROLE__OPERATOR;
        bool vouches = is_operator;
        for (size_t i = 0; i < all.count; i++) {
                const bool consents = by != NULL && user_may_consent(by->what, all.rows[i]->what);
                const bool is_first = is_operator && all.rows[i]->first_coordinator && !account->has_consented;
                if (!all.rows[i]->ended && user_needs_consent(all.rows[i]->what->role) && !consents && !is_first)
                        return false;
                vouches |= consents;
        }
        return vouches;
}

/* ---- tokens */

char *token_give(struct work *work, const Accounts__MembershipRow *membership, bool by_holder, Accounts__KeyGiven *ret)
{
        const Accounts__Membership *what = membership->what;
        const Accounts__KeyRow *before = key_token_of(work, id_of(what->account_id), id_of(what->membership_id));
        int64_t default_days = accounts_settings_of(work->context)->token_life_days;
        accounts__key_given__init(ret);
        char *text = key_draw(work, token_end_ms(membership->token_days, default_days, work->now_ms), ret);
        ret->account_id = what->account_id;
        ret->membership_id = what->membership_id;
        ret->kind = ACCOUNTS__KEY_KIND__KEY_TOKEN;
        ret->replaces = before == NULL ? NULL : before->given->key_id;
        ret->by_holder = by_holder && before != NULL;
        work_record(work, &ret->base);
        return text;
}
