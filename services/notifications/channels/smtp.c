#include "services/notifications/channels/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

struct smtp_channel {
        CURL *curl;
        const struct smtp_settings *settings;
        const atomic_bool *quit;
        struct slice rest; /* of the message, not read yet */
        char refusal[128]; /* the last line that said no */
};

void smtp_start(void)
{
        require(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

void smtp_stop(void)
{
        curl_global_cleanup();
}

static size_t on_read(char *buffer, size_t size, size_t count, void *argument)
{
        struct smtp_channel *channel = argument;
        size_t wanted = size * count;
        size_t given = wanted < channel->rest.size ? wanted : channel->rest.size;
        memcpy(buffer, channel->rest.data, given);
        channel->rest = slice_of(channel->rest.data + given, channel->rest.size - given);
        return given;
}

/* Every line of the server comes here. Those that say no are told in events and logs: printable ASCII only. */
static size_t on_line(char *line, size_t size, size_t count, void *argument)
{
        struct smtp_channel *channel = argument;
        size_t length = size * count, kept = 0;
        if (length == 0 || (line[0] != '4' && line[0] != '5'))
                return length;
        for (size_t i = 0; i < length && kept < sizeof(channel->refusal) - 1; i++) {
                if (line[i] != '\r' && line[i] != '\n')
                        channel->refusal[kept++] = line[i] >= 0x20 && line[i] < 0x7f ? line[i] : '?';
        }
        channel->refusal[kept] = '\0';
        return length;
}

static int on_progress(void *argument, curl_off_t to_load, curl_off_t loaded, curl_off_t to_send, curl_off_t sent)
{
        const struct smtp_channel *channel = argument;
        (void)to_load, (void)loaded, (void)to_send, (void)sent;
        return atomic_load(channel->quit) ? 1 : 0; /* not 0: break off */
}

static void set_up(struct smtp_channel *channel)
{
        static const long use_ssl[] = {
                [SMTP_TLS_NONE] = CURLUSESSL_NONE,
                [SMTP_TLS_TRY] = CURLUSESSL_TRY,
                [SMTP_TLS_REQUIRE] = CURLUSESSL_ALL,
        };
        const struct smtp_settings *settings = channel->settings;
        CURL *curl = channel->curl;

        (void)curl_easy_setopt(curl, CURLOPT_URL, settings->url);
        (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        (void)curl_easy_setopt(curl, CURLOPT_USE_SSL, use_ssl[settings->tls]);
        (void)curl_easy_setopt(curl, CURLOPT_MAIL_FROM, settings->from);
        if (settings->user != NULL) {
                (void)curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
                (void)curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password);
        }
        (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); /* other threads live here */
        (void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)SMTP_CONNECT_TIMEOUT_S);
        (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SMTP_TIMEOUT_S);
        (void)curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        (void)curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
        (void)curl_easy_setopt(curl, CURLOPT_READDATA, channel);
        (void)curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_line);
        (void)curl_easy_setopt(curl, CURLOPT_HEADERDATA, channel);
        (void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
        (void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, channel);
        (void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

struct smtp_channel *smtp_open(const struct smtp_settings *settings, const atomic_bool *quit)
{
        struct smtp_channel *channel = calloc(1, sizeof(*channel));
        require(channel != NULL);
        channel->settings = settings;
        channel->quit = quit;
        channel->curl = curl_easy_init();
        require(channel->curl != NULL);
        set_up(channel);
        return channel;
}

void smtp_close(struct smtp_channel *channel)
{
        if (channel == NULL)
                return;
        curl_easy_cleanup(channel->curl);
        free(channel);
}

/* A reply 5xx is about this mail, unless it is about us: who we are, or how we speak (RFC 4954, RFC 3207). Those are
 * for the operator to mend, and the mail is worth another try. */
static bool is_permanent(CURLcode code, long reply)
{
        static const long about_us[] = {500, 501, 502, 503, 504, 521, 530, 534, 535, 538};
        if (reply < 500 || reply > 599 || code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED)
                return false;
        for (size_t i = 0; i < ARRAY_SIZE(about_us); i++) {
                if (about_us[i] == reply)
                        return false;
        }
        return true;
}

void smtp_send(struct smtp_channel *channel, const char *to, struct slice message, struct smtp_result *ret)
{
        struct curl_slist *recipients = curl_slist_append(NULL, to);
        long reply = 0;

        require(recipients != NULL);
        channel->rest = message;
        channel->refusal[0] = '\0';
        (void)curl_easy_setopt(channel->curl, CURLOPT_MAIL_RCPT, recipients);
        CURLcode code = curl_easy_perform(channel->curl);
        (void)curl_easy_getinfo(channel->curl, CURLINFO_RESPONSE_CODE, &reply);
        (void)curl_easy_setopt(channel->curl, CURLOPT_MAIL_RCPT, NULL);
        curl_slist_free_all(recipients);

        /* After a failure the server may hold the half of a mail: the next one begins with a connection of its own. */
        (void)curl_easy_setopt(channel->curl, CURLOPT_FRESH_CONNECT, code == CURLE_OK ? 0L : 1L);
        *ret = (struct smtp_result){.accepted = code == CURLE_OK};
        if (code == CURLE_OK)
                return;
        ret->permanent = is_permanent(code, reply);
        (void)snprintf(ret->reason, sizeof(ret->reason), "%s",
                       channel->refusal[0] != '\0' ? channel->refusal : curl_easy_strerror(code));
}
