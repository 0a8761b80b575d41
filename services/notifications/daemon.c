#include "services/notifications/daemon.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/jobs.h"
#include "common/service/service.h"
#include "services/notifications/config.h"
#include "services/notifications/store.h"
#include "services/notifications/words.h"

struct daemon {
        struct arena arena; /* of the settings */
        struct dated texts;
        struct deadline_rules deadline_rules;
        bool planning, planned; /* loop thread */
        struct smtp_settings smtp;
        const char *public_address;                     /* NULL: none */
        struct smtp_channel *channels[DAEMON_CHANNELS]; /* NULL: no mail server */
        atomic_bool quit;
        struct service *service; /* NULL before it serves */
};

int daemon_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        (void)engine;
        struct daemon *daemon = calloc(1, sizeof(*daemon));
        require(daemon != NULL);
        const struct notifications_config *wanted = config;
        int err = config_check(wanted, &daemon->arena, &daemon->smtp, info);
        if (err == 0)
                err = words_load(config_rules_directory(wanted->rules), &daemon->texts, info);
        if (err == 0)
                err = deadline_rules_load(config_rules_directory(wanted->rules), &daemon->deadline_rules, info);
        if (err != 0) {
                dated_fini(&daemon->texts);
                arena_fini(&daemon->arena);
                free(daemon);
                return err;
        }
        if (wanted->public_address[0] != '\0')
                daemon->public_address = arena_text(&daemon->arena, wanted->public_address);
        if (daemon_sends_mail(daemon)) {
                smtp_start();
                for (size_t i = 0; i < DAEMON_CHANNELS; i++)
                        daemon->channels[i] = smtp_open(&daemon->smtp, &daemon->quit);
        }
        *ret_context = daemon;
        return 0;
}

void daemon_stop(void *context)
{
        struct daemon *daemon = context;
        if (daemon_sends_mail(daemon)) {
                for (size_t i = 0; i < DAEMON_CHANNELS; i++)
                        smtp_close(daemon->channels[i]);
                smtp_stop();
        }
        dated_fini(&daemon->texts);
        deadline_rules_fini(&daemon->deadline_rules);
        arena_fini(&daemon->arena);
        free(daemon);
}

int daemon_serve(struct service *service, void *context, struct err_info *info)
{
        struct daemon *daemon = context;
        (void)info;
        daemon->service = service;
        return 0;
}

void daemon_quit(struct service *service, void *context)
{
        struct daemon *daemon = context;
        (void)service;
        atomic_store(&daemon->quit, true); /* mails under way are broken off */
}

size_t daemon_metrics(void *context, char *ret_text, size_t size)
{
        const struct daemon *daemon = context;
        const struct jobs *jobs = daemon->service == NULL ? NULL : service_jobs(daemon->service);
        if (!daemon_sends_mail(daemon))
                return 0;
        struct job_figures figures = jobs == NULL ? (struct job_figures){0} : jobs_figures(jobs, JOB_MAIL);
        const char *instance = daemon->service == NULL ? "" : service_instance(daemon->service)->name;
        int length = snprintf(ret_text, size,
                              "guichet_mails_sent_total{instance=\"%s\"} %llu\n"
                              "guichet_mail_failures_total{instance=\"%s\"} %llu\n"
                              "guichet_mails_under_way{instance=\"%s\"} %u\n",
                              instance, (unsigned long long)figures.done, instance, (unsigned long long)figures.failed,
                              instance, figures.under_way);
        require(length > 0 && (size_t)length < size);
        return (size_t)length;
}

const Texts__TextVersion *daemon_texts(const struct daemon *daemon, struct day day)
{
        return dated_on(&daemon->texts, day);
}

const struct deadline_rules *daemon_deadline_rules(const struct daemon *daemon)
{
        return &daemon->deadline_rules;
}

bool daemon_is_abreast(const struct daemon *daemon)
{
        return daemon->service == NULL || service_is_abreast(daemon->service);
}

bool daemon_is_planning(const struct daemon *daemon)
{
        return daemon->planning;
}

void daemon_set_planning(struct daemon *daemon, bool planning)
{
        daemon->planning = planning;
}

bool daemon_has_planned(const struct daemon *daemon)
{
        return daemon->planned;
}

void daemon_set_planned(struct daemon *daemon)
{
        daemon->planned = true;
}

const char *daemon_public_address(const struct daemon *daemon)
{
        return daemon->public_address;
}

struct service *daemon_service(const struct daemon *daemon)
{
        return daemon->service;
}

bool daemon_sends_mail(const struct daemon *daemon)
{
        return daemon->smtp.url != NULL;
}

const struct smtp_settings *daemon_smtp(const struct daemon *daemon)
{
        return &daemon->smtp;
}

struct smtp_channel *daemon_channel(struct daemon *daemon, size_t number)
{
        require(number < DAEMON_CHANNELS);
        return daemon->channels[number];
}
