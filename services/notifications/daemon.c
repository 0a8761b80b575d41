#include "services/notifications/daemon.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/require.h"
#include "services/notifications/config.h"
#include "services/notifications/delivery.h"

struct daemon {
        struct arena arena; /* of the settings */
        struct smtp_settings smtp;
        struct delivery *delivery; /* NULL: no mail server */
        const char *instance;      /* for the metrics; "" before it serves */
};

int daemon_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        (void)engine;
        struct daemon *daemon = calloc(1, sizeof(*daemon));
        require(daemon != NULL);
        int err = config_check(config, &daemon->arena, &daemon->smtp, info);
        if (err != 0) {
                arena_fini(&daemon->arena);
                free(daemon);
                return err;
        }
        daemon->instance = "";
        if (daemon->smtp.url != NULL) {
                smtp_start();
                daemon->delivery = delivery_new(&daemon->smtp);
        }
        *ret_context = daemon;
        return 0;
}

void daemon_stop(void *context)
{
        struct daemon *daemon = context;
        if (daemon->delivery != NULL) {
                delivery_free(daemon->delivery);
                smtp_stop();
        }
        arena_fini(&daemon->arena);
        free(daemon);
}

int daemon_serve(struct service *service, void *context, struct err_info *info)
{
        struct daemon *daemon = context;
        (void)info;
        daemon->instance = service_instance(service)->name;
        if (daemon->delivery != NULL)
                delivery_serve(daemon->delivery, service);
        return 0;
}

void daemon_committed(struct service *service, void *context)
{
        struct daemon *daemon = context;
        (void)service;
        if (daemon->delivery != NULL)
                delivery_look(daemon->delivery);
}

void daemon_quit(struct service *service, void *context)
{
        struct daemon *daemon = context;
        (void)service;
        if (daemon->delivery != NULL)
                delivery_quit(daemon->delivery);
}

size_t daemon_metrics(void *context, char *ret_text, size_t size)
{
        const struct daemon *daemon = context;
        if (daemon->delivery == NULL)
                return 0;
        struct delivery_figures figures = delivery_figures(daemon->delivery);
        int length = snprintf(ret_text, size,
                              "guichet_mails_sent_total{instance=\"%s\"} %llu\n"
                              "guichet_mail_failures_total{instance=\"%s\"} %llu\n"
                              "guichet_mails_under_way{instance=\"%s\"} %u\n",
                              daemon->instance, (unsigned long long)figures.sent, daemon->instance,
                              (unsigned long long)figures.failed, daemon->instance, figures.under_way);
        require(length > 0 && (size_t)length < size);
        return (size_t)length;
}

bool daemon_sends_mail(const struct daemon *daemon)
{
        return daemon->delivery != NULL;
}
