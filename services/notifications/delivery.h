/* delivery.h: mail on its way. Takes what is due out of the outbox, has it sent on worker threads, and records what
 * came of it as events. Lives on the loop thread; only the sending itself is elsewhere.
 *
 * At most DELIVERY_CONCURRENCY mails are under way. At least once: a crash between the server's acceptance and its
 * record sends the mail again, with the same Message-ID. */
#ifndef SERVICES_NOTIFICATIONS_DELIVERY_H
#define SERVICES_NOTIFICATIONS_DELIVERY_H

#include "common/service/service.h"
#include "services/notifications/channels/smtp.h"

enum {
        DELIVERY_CONCURRENCY = 4,               /* as many as libuv has worker threads */
        DELIVERY_LOOK_AGAIN_MS_MAX = 60 * 1000, /* the clock may jump: the outbox is looked at this often at least */
        DELIVERY_RECORD_AGAIN_MS = 1000,        /* after a result could not be recorded (full disk) */
};

struct delivery;

/* `settings` is borrowed; its url is not NULL. */
struct delivery *delivery_new(const struct smtp_settings *settings) ATTR_MUST_CHECK;
void delivery_free(struct delivery *delivery); /* accepts NULL; nothing may be under way */

void delivery_serve(struct delivery *delivery, struct service *service); /* from here on, mails leave */
void delivery_look(struct delivery *delivery);                           /* there may be something due */
/* No more mails; those under way are broken off and stay in the outbox. The loop must run until it is empty. */
void delivery_quit(struct delivery *delivery);

struct delivery_figures {
        uint64_t sent;
        uint64_t failed; /* attempts */
        uint32_t under_way;
};
struct delivery_figures delivery_figures(const struct delivery *delivery);

#endif
