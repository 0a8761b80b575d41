/* status: how every daemon is. wait: until all are well. */
#include <stdio.h>
#include <string.h>

#include "services/ctl/health.h"
#include "services/ctl/options.h"
#include "services/ctl/terminal.h"
#include "services/ctl/up_display.h"

enum {
        ASK_MS = 1000,
        ASK_PAUSE_MS = 10,
        ASK_SOON_MS = 200,
        WAIT_SECONDS = 60,
        NAME_WIDTH = 18,
        STATE_WIDTH = 22,
        NUMBER_WIDTH = 14
};

static void print_row(const struct instance *instance, const Runtime__HealthReply *health)
{
        char text[NUMBER_TEXT_SIZE];
        print_cell(instance->name, NAME_WIDTH);
        if (health == NULL) {
                (void)puts("ne répond pas");
                return;
        }
        print_cell(health_text(health->state), STATE_WIDTH);
        print_cell(number_text(health->position, text), -NUMBER_WIDTH);
        print_cell(number_text(health_lag(health), text), -NUMBER_WIDTH);
        (void)fputs("  ", stdout);
        print_cell(duration_text(health->uptime_ms, text), NUMBER_WIDTH);
        (void)printf("%llu\n", (unsigned long long)health->pid);
}

/* How many do not serve. */
static size_t print_all(struct session *session)
{
        scoped(arena_fini) struct arena arena = {0};
        const struct topology *topology = session->topology;
        const Runtime__HealthReply **replies =
                arena_zalloc(&arena, topology->instance_count * sizeof(const Runtime__HealthReply *));
        size_t ill = 0;

        health_ask_all(session, ASK_MS, &arena, replies);
        print_cell("INSTANCE", NAME_WIDTH);
        print_cell("ÉTAT", STATE_WIDTH);
        print_cell("ÉVÉNEMENTS", -NUMBER_WIDTH);
        print_cell("RETARD", -NUMBER_WIDTH);
        (void)fputs("  ", stdout);
        print_cell("EN MARCHE", NUMBER_WIDTH);
        (void)puts("PROCESSUS");
        for (size_t i = 0; i < topology->instance_count; i++) {
                print_row(&topology->instances[i], replies[i]);
                ill += replies[i] == NULL || strcmp(replies[i]->state, "serving") != 0;
        }
        return ill;
}

static int run_status(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        const struct option_row rows[] = {{.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        scoped(session_close) struct session session = {0};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        return print_all(&session) == 0 ? CTL_DONE : CTL_FAILED;
}

/* Names those that do not serve yet; returns how many. */
static size_t ask_ill(struct session *session, char *ret_names, size_t size)
{
        scoped(arena_fini) struct arena arena = {0};
        const struct topology *topology = session->topology;
        const Runtime__HealthReply **replies =
                arena_zalloc(&arena, topology->instance_count * sizeof(const Runtime__HealthReply *));
        size_t ill = 0;
        size_t used = 0;

        ret_names[0] = '\0';
        health_ask_all(session, ASK_SOON_MS, &arena, replies);
        for (size_t i = 0; i < topology->instance_count; i++) {
                if (replies[i] != NULL && strcmp(replies[i]->state, "serving") == 0)
                        continue;
                ill++;
                if (used < size)
                        used += (size_t)snprintf(ret_names + used, size - used, "%s%s (%s)", used > 0 ? ", " : "",
                                                 topology->instances[i].name,
                                                 replies[i] == NULL ? "ne répond pas" : health_text(replies[i]->state));
        }
        return ill;
}

static int wait_for(struct session *session, uint64_t seconds)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + seconds * 1000000u;
        char names[1024];
        while (ask_ill(session, names, sizeof(names)) > 0) {
                if (world.monotonic_us(&world) >= end_us) {
                        progress_end();
                        return complain("après %llu s : %s. Voir les journaux.", (unsigned long long)seconds, names);
                }
                progress("En attente de %s", names);
                health_pause(session, ASK_PAUSE_MS);
        }
        progress_end();
        (void)puts("Tout le réseau est en service.");
        return CTL_DONE;
}

static int run_wait(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        uint64_t seconds = WAIT_SECONDS;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory},
                                          {.name = "--seconds", .number = &seconds, .number_max = 86400}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        scoped(session_close) struct session session = {0};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        return session_open(directory, 0, &session) ? wait_for(&session, seconds) : CTL_FAILED;
}

const struct verb verb_status = {
        .name = "status",
        .summary = "dit comment va chaque instance",
        .usage =
                "guichetctl status [--dir run]\n\n"
                "Une ligne par instance : état, nombre d'événements de son journal, événements des autres qu'elle n'a\n"
                "pas encore pris en compte, durée de marche. Code 1 si l'une n'est pas en service.\n\n"
                "Exemple :\n"
                "  guichetctl status --dir run",
        .run = run_status,
};

const struct verb verb_wait = {
        .name = "wait",
        .summary = "attend que tout le réseau soit en service",
        .usage = "guichetctl wait [--dir run] [--seconds 60]\n\n"
                 "Code 0 dès que chaque instance est en service ; code 1 après ce délai, en nommant celles qui "
                 "manquent.\n\n"
                 "Exemple :\n"
                 "  guichetctl wait --dir run --seconds 30",
        .run = run_wait,
};
