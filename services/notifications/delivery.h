/* delivery.h: mail on its way: the one kind of job of this daemon (common/service/jobs.h). What waits by this kind's
 * name is a notice, an address whose code is to be sent, or a mail to who has an account.
 *
 * At least once: a crash between the server's acceptance and its record sends the mail again, with the same
 * Message-ID. */
#ifndef SERVICES_NOTIFICATIONS_DELIVERY_H
#define SERVICES_NOTIFICATIONS_DELIVERY_H

#include "common/service/jobs.h"

extern const struct job_kind delivery_kind;

#endif
