/* daemon.h: what the notifications daemon keeps in memory besides its store: its checked settings, the words of its
 * notices and mails, the connections to its mail server. The hooks of its spec; called by the runtime. */
#ifndef SERVICES_NOTIFICATIONS_DAEMON_H
#define SERVICES_NOTIFICATIONS_DAEMON_H

#include <stdbool.h>

#include "common/base/day.h"
#include "common/service/spec.h"
#include "services/notifications/channels/smtp.h"
#include "services/notifications/deadlines/deadline_rules.h"
#include "texts.pb-c.h"

enum { DAEMON_CHANNELS = 4 }; /* mails under way: as many as libuv has worker threads */

struct daemon;

int daemon_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void daemon_stop(void *context);
int daemon_serve(struct service *service, void *context, struct err_info *info);
void daemon_quit(struct service *service, void *context);
size_t daemon_metrics(void *context, char *ret_text, size_t size);

/* The words that were in force on that day (words.h). Any thread. */
const Texts__TextVersion *daemon_texts(const struct daemon *daemon, struct day day);

/* By which deadlines are reckoned. Any thread. */
const struct deadline_rules *daemon_deadline_rules(const struct daemon *daemon);
/* All that the others have told so far is taken in, as far as can be known. */
bool daemon_is_abreast(const struct daemon *daemon);

/* For planning.c, loop thread: a piece of all things is being planned; there is none left. */
bool daemon_is_planning(const struct daemon *daemon);
void daemon_set_planning(struct daemon *daemon, bool planning);
bool daemon_has_planned(const struct daemon *daemon);
void daemon_set_planned(struct daemon *daemon);

/* The address that links begin with; NULL: mails carry none. */
const char *daemon_public_address(const struct daemon *daemon);
/* NULL before it serves. */
struct service *daemon_service(const struct daemon *daemon);

/* Is there a mail server? Where there is none, notices are told in inboxes only. */
bool daemon_sends_mail(const struct daemon *daemon);
/* Where there is one. A channel is used by one thread at a time. */
const struct smtp_settings *daemon_smtp(const struct daemon *daemon);
struct smtp_channel *daemon_channel(struct daemon *daemon, size_t number);

#endif
