#include "services/notifications/config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "services/notifications/mail.h"

#define ROW(key_, default_, doc_)                                                                                      \
        {                                                                                                              \
                .key = #key_, .type = CONFIG_TEXT, .offset = offsetof(struct notifications_config, key_),              \
                .default_text = default_, .doc = doc_                                                                  \
        }

const struct config_row notifications_config_rows[NOTIFICATIONS_CONFIG_ROWS] = {
        ROW(smtp_url, "", "smtp://host:port or smtps://host:port of the mail server; empty: inboxes only, no mail"),
        ROW(mail_from, "", "address that mails come from; needed with smtp_url"),
        ROW(smtp_user, "", "user name at the mail server; empty: none is given"),
        ROW(smtp_password_file, "", "file whose first line is that user's password"),
        ROW(smtp_tls, "try", "STARTTLS on smtp://: none, try, require. smtps:// is encrypted anyway"),
        ROW(public_address, "",
            "address of the network for people, like https://guichet.example; empty: no links in mails"),
        ROW(rules, "", "directory of the dated texts; empty: $GUICHET_RULES, else deploy/rules"),
};

enum { PASSWORD_BYTES_MAX = 512 };

static int read_password(const char *path, struct arena *arena, const char **ret, struct err_info *info)
{
        char line[PASSWORD_BYTES_MAX];
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return err_set(info, ERR_CONFIG, "smtp_password_file: %s: %s", path, strerror(errno));
        bool read = fgets(line, sizeof(line), file) != NULL;
        (void)fclose(file);
        if (!read)
                return err_set(info, ERR_CONFIG, "smtp_password_file: %s is empty; write the password there", path);
        line[strcspn(line, "\r\n")] = '\0';
        *ret = arena_text(arena, line);
        return 0;
}

static int parse_tls(const char *text, enum smtp_tls *ret, struct err_info *info)
{
        static const char *const names[] = {
                [SMTP_TLS_NONE] = "none",
                [SMTP_TLS_TRY] = "try",
                [SMTP_TLS_REQUIRE] = "require",
        };
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                if (strcmp(text, names[i]) == 0) {
                        *ret = (enum smtp_tls)i;
                        return 0;
                }
        }
        return err_set(info, ERR_CONFIG, "smtp_tls: \"%s\" is none of none, try, require", text);
}

/* A link goes out by it: https, but for a network on this machine. */
static bool is_address(const char *text)
{
        static const char secure[] = "https://", local[] = "http://127.0.0.1:";
        size_t size = strlen(text);
        bool good = strncmp(text, secure, sizeof(secure) - 1) == 0 || strncmp(text, local, sizeof(local) - 1) == 0;
        return good && size >= sizeof(secure) && text[size - 1] != '/' && strpbrk(text, " \t\r\n?#\"<>") == NULL;
}

int config_check(const struct notifications_config *config, struct arena *arena, struct smtp_settings *ret,
                 struct err_info *info)
{
        struct smtp_settings settings = {0};
        bool encrypted = strncmp(config->smtp_url, "smtps://", 8) == 0;

        if (config->public_address[0] != '\0' && !is_address(config->public_address))
                return err_set(info, ERR_CONFIG,
                               "public_address: \"%s\" is not like https://guichet.example, without a slash at its end",
                               config->public_address);
        if (config->smtp_url[0] == '\0') {
                *ret = settings;
                return 0;
        }
        if (!encrypted && strncmp(config->smtp_url, "smtp://", 7) != 0)
                return err_set(info, ERR_CONFIG, "smtp_url: \"%s\" begins neither with smtp:// nor with smtps://",
                               config->smtp_url);
        if (!mail_address_valid(config->mail_from))
                return err_set(info, ERR_CONFIG, "mail_from: \"%s\" is no address; give the one that mails come from",
                               config->mail_from);
        int err = parse_tls(config->smtp_tls, &settings.tls, info);
        if (err != 0)
                return err;
        if (config->smtp_user[0] != '\0') {
                /* a password must not be readable on the way, not even because somebody hides the server's STARTTLS */
                if (!encrypted && settings.tls != SMTP_TLS_REQUIRE)
                        return err_set(info, ERR_CONFIG, "smtp_user: a password asks for smtps:// or smtp_tls require");
                err = read_password(config->smtp_password_file, arena, &settings.password, info);
                if (err != 0)
                        return err;
                settings.user = config->smtp_user;
        }
        settings.url = config->smtp_url;
        settings.from = config->mail_from;
        *ret = settings;
        return 0;
}
