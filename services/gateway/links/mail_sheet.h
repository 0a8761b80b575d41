/* mail_sheet.h: the pages of links that mails to who has an account carry: an invitation, a link to sign in by, an
 * address to confirm. In French, without a script. */
#ifndef SERVICES_GATEWAY_LINKS_MAIL_SHEET_H
#define SERVICES_GATEWAY_LINKS_MAIL_SHEET_H

#include "accounts/mail.pb-c.h"
#include "common/codec/refusal.h"
#include "services/gateway/door/http.h"

/* Names of what is asked. */
#define FORM_PASSWORD "motdepasse"
#define FORM_AGAIN    "encore"
#define FORM_CODE     "code"

struct mail_sheet {
        struct http_request *request;
        const Accounts__MailLinkReply *shown;
        const char *organisation; /* its name; NULL: none, or not known */
        struct slice hash;        /* of the link's secret */
        bool is_disowning;        /* what was posted */
        struct refusal wrong;     /* text "": nothing is; field: one of those above, FORM_NUMBER */
};
void mail_sheet_form(const struct mail_sheet *sheet);
void mail_sheet_confirmed(struct http_request *request);
void mail_sheet_disowned(struct http_request *request);
/* One that opens nothing, whatever the reason. */
void mail_sheet_closed(struct http_request *request);

#endif
