/* mail.h: a notice as a message of RFC 5322, ready for a mail server. Pure: the same notice gives the same bytes, with
 * the same Message-ID, however often it is tried. Called by the delivery, on a worker thread; memory is the arena's.
 *
 * No text from outside can add a header: a carriage return, a line feed or any other control character in a header
 * field is refused (ERR_MALFORMED), addresses hold nothing but the plain characters of addresses, and the subject and
 * the text leave as base64. */
#ifndef SERVICES_NOTIFICATIONS_MAIL_H
#define SERVICES_NOTIFICATIONS_MAIL_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/id.h"
#include "common/base/mail_address.h"

struct mail {
        struct id id;  /* of the notice */
        int64_t at_ms; /* when the notice was posted: its Date */
        const char *from;
        const char *to;
        const char *subject;
        const char *text; /* without the end of its last line, as `foot`, which stands below it */
        const char *foot;
};

/* Takes addresses out of a server's words ("<a@b.fr>: no such user"), which end in an event and in the log: each word
 * that holds an @ becomes "...". In place: the shortest address is no shorter. */
void mail_hide_addresses(char *text);

int mail_compose(const struct mail *mail, struct arena *arena, struct slice *ret_message,
                 struct err_info *info) ATTR_MUST_CHECK;

#endif
