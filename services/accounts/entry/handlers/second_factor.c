/* second_factor.c: the second factor of who is signed in: begun, shown to work, taken away. */
#include "accounts/calls.h"

#include "accounts/sign_in.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/settings.h"
#include "services/accounts/entry/entry.h"
#include "services/accounts/sign_in/session.h"
#include "services/accounts/sign_in/sign_in_rows.h"

static struct entry entry_of_holder(struct work *work)
{
        return entry_find(work, store_account(work->txn, id_of(work->actor->account), work->arena));
}

/* From where she came, as far as her session tells. */
static const Accounts__Browser *browser_here(struct work *work, const Accounts__KeyRow *key)
{
        return key != NULL && key->browser != NULL ? key->browser : pb_new(&accounts__browser__descriptor, work->arena);
}

static void mail_what_happened(struct work *work, struct id account, Accounts__MailKind kind)
{
        const Accounts__Browser *browser = browser_here(work, holder_key(work));
        const struct mail_wish wish = {
                .kind = kind, .account = account, .browser = browser->name, .place = browser->place};
        mail_tell(work, &wish);
}

/* Security: who finds an open session guesses no codes by it: they count as at the door. What is to be said where the
 * code is not good; NULL: it is. */
static Accounts__SessionReply *judge_code(struct work *work, const struct entry *entry, const char *code)
{
        const Accounts__KeyRow *key = holder_key(work);
        const struct attempt attempt = {ACCOUNTS__SIGN_IN_WAY__WAY_NONE, browser_here(work, key),
                                        tries_of(work, entry->account->name, "")};
        struct factor_shown shown;
        Accounts__SessionReply *wait = entry_wait(work, &attempt.tried);
        if (wait != NULL)
                return wait;
        const struct factor_of of = {id_of(entry->account->account_id), pb_slice(entry->row->factor), entry->row};
        return factor_accepts(work, &of, code, &shown) ? NULL : entry_fail(work, entry, &attempt);
}

/* BeginSecondFactor: draws a secret, shown once. Caller: who is signed in, with a code of the factor that stands where
 * there is one. Emits SecondFactorBegun. Refuses NOT_ALLOWED (a tool), INVALID_FIELD (code), UNAVAILABLE (the network
 * has no key to seal it with). */
struct reply handle_begin_second_factor(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__BeginSecondFactor *command = (const Accounts__BeginSecondFactor *)message;
        Accounts__BeginSecondFactorReply *reply = pb_new(&accounts__begin_second_factor_reply__descriptor, work->arena);
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        const struct entry entry = entry_of_holder(work);
        if (entry.account == NULL)
                return refuse_tool(work);
        if (!accounts_of(work->context)->has_key)
                return reply_refuse(work, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                                    "La clé keys/second_factors.key manque à ce réseau : prévenez l'exploitant, qui la "
                                    "fait par « guichetctl init ».");
        const Accounts__SessionReply *bad = entry.row->factor.len > 0 ? judge_code(work, &entry, command->code) : NULL;
        if (bad != NULL) {
                reply->outcome = bad->outcome;
                reply->wait_s = bad->wait_s;
                return reply_ok(work, reply);
        }
        const struct factor_drawn drawn = factor_draw(work, id_of(entry.account->account_id), entry.account->name);
        Accounts__SecondFactorBegun event = ACCOUNTS__SECOND_FACTOR_BEGUN__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        event.account_id = entry.account->account_id;
        unpublished.factor = pb_bytes(drawn.sealed);
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        if (entry.row->begun_number != 0)
                work_forget_sealed(work, entry.row->begun_number);
        reply->outcome = ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN;
        reply->secret = drawn.base32;
        reply->address = drawn.address;
        return reply_ok(work, reply);
}

/* ConfirmSecondFactor: a code of what was begun; from then on it is asked for at each signing in. Caller: who is
 * signed in. Emits SecondFactorSet, MailDue; a session goes on under another key, without bounds (KeyGiven). Refuses
 * WRONG_STATE (none was begun), INVALID_FIELD (code). */
struct reply handle_confirm_second_factor(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ConfirmSecondFactor *command = (const Accounts__ConfirmSecondFactor *)message;
        struct factor_shown shown;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        const struct entry entry = entry_of_holder(work);
        if (entry.account == NULL || entry.row->begun.len == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                                    "Aucun second facteur n'a été commencé : commencez par là (BeginSecondFactor).");
        /* a recovery code of the factor before proves nothing of this one */
        const struct factor_of of = {id_of(entry.account->account_id), pb_slice(entry.row->begun), entry.row};
        if (!factor_accepts(work, &of, command->code, &shown) || shown.step == 0)
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__INVALID_FIELD, "code",
                        "Ce code n'est pas le bon : attendez le suivant sur votre téléphone, et vérifiez son "
                        "heure.");

        Accounts__SecondFactorSet event = ACCOUNTS__SECOND_FACTOR_SET__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        char **codes;
        factor_draw_recovery(work, &codes, &unpublished.recovery_hashes);
        unpublished.n_recovery_hashes = RECOVERY_CODES;
        unpublished.step = shown.step;
        event.account_id = entry.account->account_id;
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        if (entry.row->factor_number != 0)
                work_forget_sealed(work, entry.row->factor_number);

        const Accounts__KeyRow *key = holder_key(work);
        bool is_session = key != NULL && key->given->kind == ACCOUNTS__KEY_KIND__KEY_SESSION;
        const Accounts__MembershipRow *membership =
                is_session ? store_membership(work->txn, id_of(key->given->membership_id), work->arena) : NULL;
        mail_what_happened(work, id_of(entry.account->account_id), ACCOUNTS__MAIL_KIND__MAIL_FACTOR_SET);
        Accounts__SessionReply *reply = membership != NULL ? session_go_on(work, key, membership->what, false)
                                                           : entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        reply->recovery_codes = codes;
        reply->n_recovery_codes = RECOVERY_CODES;
        return reply_ok(work, reply);
}

/* EndSecondFactor: none is asked for any more. Caller: who is signed in, with a code of it. Emits SecondFactorEnded,
 * MailDue, or SignInFailed. Refuses WRONG_STATE (there is none; one of her roles demands it). */
struct reply handle_end_second_factor(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EndSecondFactor *command = (const Accounts__EndSecondFactor *)message;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        const struct entry entry = entry_of_holder(work);
        if (entry.account == NULL || entry.row->factor.len == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "", "Ce compte n'a pas de second facteur.");
        if (entry_demands_factor(work, id_of(entry.account->account_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                                    "L'un de vos rôles demande un second facteur : remplacez-le (BeginSecondFactor).");
        Accounts__SessionReply *bad = judge_code(work, &entry, command->code);
        if (bad != NULL)
                return reply_ok(work, bad);
        Accounts__SecondFactorEnded event = ACCOUNTS__SECOND_FACTOR_ENDED__INIT;
        event.account_id = entry.account->account_id;
        work_record(work, &event.base);
        work_forget_sealed(work, entry.row->factor_number);
        mail_what_happened(work, id_of(entry.account->account_id), ACCOUNTS__MAIL_KIND__MAIL_FACTOR_ENDED);
        return reply_ok(work, entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN));
}
