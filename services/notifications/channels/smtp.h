/* smtp.h: one connection to a mail server. The only room that includes <curl/curl.h>.
 *
 * smtp_send() waits for the network: it is called on a worker thread, never on the loop or the writer. A channel is
 * used by one thread at a time and keeps its connection open between mails. Settings are borrowed. */
#ifndef SERVICES_NOTIFICATIONS_CHANNELS_SMTP_H
#define SERVICES_NOTIFICATIONS_CHANNELS_SMTP_H

#include <stdatomic.h>
#include <stdbool.h>

#include "common/base/attr.h"
#include "common/base/slice.h"

enum smtp_tls { SMTP_TLS_NONE, SMTP_TLS_TRY, SMTP_TLS_REQUIRE };

struct smtp_settings {
        const char *url; /* NULL: no mail leaves */
        const char *from;
        const char *user; /* NULL: none is given */
        const char *password;
        enum smtp_tls tls;
};

enum { SMTP_REASON_SIZE = 240, SMTP_CONNECT_TIMEOUT_S = 10, SMTP_TIMEOUT_S = 60 };

struct smtp_result {
        bool accepted;  /* the server answers for the mail from here on */
        bool permanent; /* it said that it never will (a reply 5xx about this mail): no use to ask again */
        char reason[SMTP_REASON_SIZE]; /* "" where accepted; else what went wrong, printable ASCII */
};

/* Once for the process, before any thread is started. Balanced calls. */
void smtp_start(void);
void smtp_stop(void);

struct smtp_channel;
/* `quit`: a mail under way is broken off, within a second, once it is true. */
struct smtp_channel *smtp_open(const struct smtp_settings *settings, const atomic_bool *quit) ATTR_MUST_CHECK;
void smtp_close(struct smtp_channel *channel); /* accepts NULL */

void smtp_send(struct smtp_channel *channel, const char *to, struct slice message, struct smtp_result *ret);

#endif
