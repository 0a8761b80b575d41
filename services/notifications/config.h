/* config.h: the settings of the notifications daemon, from the "settings" of its instance in the topology, and what
 * they come to once checked: how its mail leaves. */
#ifndef SERVICES_NOTIFICATIONS_CONFIG_H
#define SERVICES_NOTIFICATIONS_CONFIG_H

#include "common/base/arena.h"
#include "common/service/spec.h"
#include "services/notifications/channels/smtp.h"

struct notifications_config {
        const char *smtp_url;
        const char *mail_from;
        const char *smtp_user;
        const char *smtp_password_file;
        const char *smtp_tls;
        const char *public_address; /* "https://guichet.example"; "": mails carry no links */
        const char *rules;          /* directory of the dated texts; "": see config_rules_directory() */
};

enum { NOTIFICATIONS_CONFIG_ROWS = 7 };
extern const struct config_row notifications_config_rows[NOTIFICATIONS_CONFIG_ROWS];

/* The settings as the channel takes them, the password read, all in the arena. `url` is NULL where no mail is to leave.
 * ERR_CONFIG with the key and the remedy. */
int config_check(const struct notifications_config *config, struct arena *arena, struct smtp_settings *ret,
                 struct err_info *info) ATTR_MUST_CHECK;

#endif
