/* account_mail.h: what a mail to who has an account says: accounts tells what happened as it leaves, and draws its
 * link. Pure. */
#ifndef SERVICES_NOTIFICATIONS_ACCOUNT_MAIL_H
#define SERVICES_NOTIFICATIONS_ACCOUNT_MAIL_H

#include "accounts/mail.pb-c.h"
#include "services/notifications/words.h"

/* Whether it is of no use without the network's address for people. */
bool account_mail_needs_address(Accounts__MailKind kind);

struct account_mail {
        const Accounts__MailToSendReply *told;
        const Accounts__DrawMailReply *drawn; /* NULL: it carries no link */
        const char *organisation;             /* of the role; NULL: none, or not known */
        const char *public_address;           /* NULL: the network has none */
};
/* Title NULL: a kind of a later program. */
struct words account_mail_words(const Texts__TextVersion *texts, const struct account_mail *mail, struct arena *arena);
const char *account_mail_foot(const Texts__TextVersion *texts, struct arena *arena);

#endif
