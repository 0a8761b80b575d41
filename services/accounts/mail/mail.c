#include "services/accounts/mail/mail.h"

#include "accounts/events.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/settings.h"

#define KIND(name) ACCOUNTS__MAIL_KIND__MAIL_##name

enum { FORGOTTEN_AT_ONCE = 8, LOOKED_AT = 64 };

/* ---- rules */

bool mail_carries_link(Accounts__MailKind kind)
{
        return kind == KIND(CONFIRM_ADDRESS) || kind == KIND(INVITATION) || kind == KIND(SIGN_IN_LINK);
}

bool mail_is_to_sign_in(Accounts__MailKind kind)
{
        return kind == KIND(SIGN_IN_LINK) || kind == KIND(NO_SIGN_IN_LINK);
}

bool mail_is_asked_for(Accounts__MailKind kind)
{
        return mail_carries_link(kind) || mail_is_to_sign_in(kind);
}

bool mail_may_be_asked(const Accounts__MailAskings *before, int64_t rest_ms, int64_t now_ms)
{
        if (before == NULL || before->at == NULL || before->since == NULL)
                return true;
        bool rests = now_ms - before->at->ms < rest_ms;
        return !rests && (before->count < MAIL_OF_A_DAY || now_ms - before->since->ms >= MAIL_DAY_MS);
}

int64_t mail_link_end_ms(struct work *work, Accounts__MailKind kind)
{
        const int64_t days =
                kind == KIND(INVITATION) ? accounts_settings_of(work->context)->invitation_days : MAIL_CONFIRM_DAYS;
        return work->now_ms + (kind == KIND(SIGN_IN_LINK) ? MAIL_LINK_LIFE_MS : days * MAIL_DAY_MS);
}

Accounts__LinkState mail_state(const Accounts__MailRow *row, int64_t now_ms)
{
        bool over = row->state == ACCOUNTS__LINK_STATE__LINK_OPEN && row->ends != NULL && row->ends->ms <= now_ms;
        return over ? ACCOUNTS__LINK_STATE__LINK_EXPIRED : row->state;
}

/* ---- found */

Accounts__MailRow *mail_open_link(struct work *work, struct slice hash)
{
        Accounts__MailRow *row = store_mail_of_hash(work->txn, hash, work->arena);
        /* Security: at its instant, not a moment later. */
        return row != NULL && mail_state(row, work->now_ms) == ACCOUNTS__LINK_STATE__LINK_OPEN ? row : NULL;
}

/* Those of an account, newest first: so many at most. */
static size_t mails_of(struct work *work, struct id account, const Accounts__MailRow *ret[LOOKED_AT])
{
        size_t count = 0;
        struct walk walk;
        struct id id;
        store_walk_mails(work->txn, account, &walk);
        while (count < LOOKED_AT && walk_next(&walk, &id)) {
                const Accounts__MailRow *row = store_mail(work->txn, id, work->arena);
                if (row != NULL)
                        ret[count++] = row;
        }
        walk_end(&walk);
        return count;
}

Accounts__MailRow *mail_newest(struct work *work, struct id account, Accounts__MailKind kind)
{
        const Accounts__MailRow *rows[LOOKED_AT];
        size_t count = mails_of(work, account, rows);
        for (size_t i = 0; i < count; i++)
                if (rows[i]->due->kind == kind)
                        return (Accounts__MailRow *)(uintptr_t)rows[i];
        return NULL;
}

/* ---- recorded */

void mail_used(struct work *work, const Accounts__MailRow *row)
{
        Accounts__MailUsed used = ACCOUNTS__MAIL_USED__INIT;
        used.mail_id = row->due->mail_id;
        work_record(work, &used.base);
}

void mail_end(struct work *work, const Accounts__MailRow *row, bool disowned)
{
        Accounts__MailEnded ended = ACCOUNTS__MAIL_ENDED__INIT;
        ended.mail_id = row->due->mail_id;
        ended.disowned = disowned;
        work_record(work, &ended.base);
}

static void end_open(struct work *work, struct id account, Accounts__MailKind kind)
{
        const Accounts__MailRow *rows[LOOKED_AT];
        size_t count = mails_of(work, account, rows);
        for (size_t i = 0; i < count; i++)
                if (rows[i]->due->kind == kind && rows[i]->state == ACCOUNTS__LINK_STATE__LINK_OPEN)
                        mail_end(work, rows[i], false);
}

static void forget(struct work *work, const Accounts__MailRow *const *rows, size_t count)
{
        Accounts__MailsForgotten event = ACCOUNTS__MAILS_FORGOTTEN__INIT;
        if (count == 0)
                return;
        event.mail_ids = arena_alloc(work->arena, count * sizeof(*event.mail_ids));
        for (size_t i = 0; i < count; i++)
                event.mail_ids[event.n_mail_ids++] = rows[i]->due->mail_id;
        work_record(work, &event.base);
        for (size_t i = 0; i < count; i++)
                work_forget_sealed(work, rows[i]->number);
}

/* Those that anybody was sent long ago. */
static void forget_old(struct work *work)
{
        const Accounts__MailRow *old[FORGOTTEN_AT_ONCE];
        size_t count = 0;
        struct walk walk;
        struct id id;
        store_walk_oldest_mails(work->txn, &walk);
        while (count < FORGOTTEN_AT_ONCE && walk_next(&walk, &id)) {
                const Accounts__MailRow *row = store_mail(work->txn, id, work->arena);
                if (row == NULL || row->at->ms > work->now_ms - MAIL_KEPT_DAYS * (int64_t)MAIL_DAY_MS)
                        break;
                old[count++] = row;
        }
        walk_end(&walk);
        forget(work, old, count);
}

void mail_forget_account(struct work *work, struct id account)
{
        const Accounts__MailRow *rows[LOOKED_AT];
        size_t count;
        own_address_remove(work, account);
        while ((count = mails_of(work, account, rows)) > 0)
                forget(work, rows, count);
}

static char *text_of(struct work *work, const char *text)
{
        return arena_text(work->arena, text == NULL ? "" : text);
}

void mail_due(struct work *work, const struct mail_wish *wish)
{
        Accounts__MailDue due = ACCOUNTS__MAIL_DUE__INIT;
        Accounts__MailSealed sealed = ACCOUNTS__MAIL_SEALED__INIT;
        forget_old(work);
        if (mail_carries_link(wish->kind))
                end_open(work, wish->account, wish->kind);
        due.mail_id = id_to(work->arena, work_new_id(work));
        due.account_id = id_to(work->arena, wish->account);
        due.kind = wish->kind;
        due.membership_id = (Types__Id *)(uintptr_t)wish->membership;
        if (wish->to != NULL)
                sealed.box = wish->to->box;
        sealed.browser = text_of(work, wish->browser);
        sealed.place = text_of(work, wish->place);
        sealed.label = text_of(work, wish->label);
        work_record_sealed(work, &due.base, pb_encode(&sealed, work->arena));
}

/* Security: an address that is not confirmed gets nothing but what confirms it. */
void mail_tell(struct work *work, const struct mail_wish *wish)
{
        if (store_own_address(work->txn, wish->account, work->arena)->confirmed != NULL)
                mail_due(work, wish);
}
