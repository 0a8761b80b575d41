/* mail.h: what is mailed to who has an account, and the links of one use that such mails carry. Who is told of what is
 * decided here and recorded as MailDue; notifications sends it. */
#ifndef SERVICES_ACCOUNTS_MAIL_MAIL_H
#define SERVICES_ACCOUNTS_MAIL_MAIL_H

#include "accounts/mail.pb-c.h"
#include "common/service/work.h"

enum {
        MAIL_DAY_MS = 24 * 60 * 60 * 1000,
        MAIL_LINK_REST_MS = 10 * 60 * 1000, /* between two links to sign in by */
        MAIL_LINK_LIFE_MS = 10 * 60 * 1000,
        MAIL_OF_A_DAY = 6, /* links to sign in by; and, apart, what confirms an address or invites */
        MAIL_CONFIRM_DAYS = 3,
        MAIL_KEPT_DAYS = 40,
};

bool mail_carries_link(Accounts__MailKind kind);
bool mail_is_asked_for(Accounts__MailKind kind); /* so its number a day is bounded */
bool mail_is_to_sign_in(Accounts__MailKind kind);

/* Whether one more may be asked for now: `rest_ms` after the last one, MAIL_OF_A_DAY a day. Pure. */
bool mail_may_be_asked(const Accounts__MailAskings *before, int64_t rest_ms, int64_t now_ms);

/* One that is to leave. Texts may be NULL. */
struct mail_wish {
        Accounts__MailKind kind;
        struct id account;
        const Types__Id *membership;         /* NULL: it is about none */
        const char *browser, *place, *label; /* what it tells */
        const Accounts__AddressSealed *to;   /* NULL: the address that the account has */
};
/* Records it, and the end of links of its kind that were open; forgets mails of long ago. */
void mail_due(struct work *work, const struct mail_wish *wish);
/* The same of what she is told, where she has a confirmed address: else nothing. */
void mail_tell(struct work *work, const struct mail_wish *wish);

/* What a link opens now; NULL: nothing. */
Accounts__MailRow *mail_open_link(struct work *work, struct slice hash);
/* As its maker sees it. */
Accounts__LinkState mail_state(const Accounts__MailRow *row, int64_t now_ms);
/* The newest of that kind; NULL: none. */
Accounts__MailRow *mail_newest(struct work *work, struct id account, Accounts__MailKind kind);
void mail_used(struct work *work, const Accounts__MailRow *row);
void mail_end(struct work *work, const Accounts__MailRow *row, bool disowned);
int64_t mail_link_end_ms(struct work *work, Accounts__MailKind kind);

/* The account's address and all its mails are forgotten. */
void mail_forget_account(struct work *work, struct id account);

#endif
