#include "services/ctl/up_display.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "services/ctl/http_probe.h"
#include "services/ctl/terminal.h"

enum { TEXT_SIZE = 192, NAME_WIDTH = 18, STATE_WIDTH = 26, PID_WIDTH = 10 };

const char *health_text(const char *health)
{
        static const struct {
                const char *health;
                const char *text;
        } texts[] = {
                {"starting", "démarre"},
                {"serving", "en service"},
                {"catching_up", "rattrape son retard"},
                {"diverged", "ne suit plus une source"},
                {"outdated", "plus ancien qu'une source"},
                {"disk_full", "disque plein"},
                {HEALTH_DEAF, "ne répond pas en HTTP"},
                {"stopping", "s'arrête"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
                if (strcmp(texts[i].health, health) == 0)
                        return texts[i].text;
        return health;
}

static void describe(const struct child *child, char *ret_text)
{
        switch (child->state) {
        case CHILD_STARTING: (void)snprintf(ret_text, TEXT_SIZE, "démarre"); return;
        case CHILD_SERVING: (void)snprintf(ret_text, TEXT_SIZE, "%s", health_text(child->health)); return;
        case CHILD_WAITING:
                (void)snprintf(ret_text, TEXT_SIZE, "relance dans %llu ms", (unsigned long long)child->pause_ms);
                return;
        case CHILD_STOPPING: (void)snprintf(ret_text, TEXT_SIZE, "s'arrête"); return;
        case CHILD_STOPPED: (void)snprintf(ret_text, TEXT_SIZE, "arrêté"); return;
        }
}

static void draw_row(const struct child *child)
{
        char text[TEXT_SIZE];
        char number[32] = "–";
        char age[NUMBER_TEXT_SIZE] = "–";
        describe(child, text);
        if (child->pid != 0) {
                (void)snprintf(number, sizeof(number), "%d", child->pid);
                (void)duration_text((int64_t)(uv_now(child->loop) - child->started_ms), age);
        }
        (void)fputs("\033[K", stdout);
        print_cell(child->instance->name, NAME_WIDTH);
        print_cell(text, STATE_WIDTH);
        print_cell(number, PID_WIDTH);
        print_cell(age, PID_WIDTH);
        if (child->starts > 1)
                (void)printf("  relancé %u fois ; %s", child->starts - 1, child->ended);
        (void)putchar('\n');
}

static void draw(struct up_display *display)
{
        if (display->drawn)
                (void)printf("\033[%zuA", display->count);
        for (size_t i = 0; i < display->count; i++)
                draw_row(&display->children[i]);
        display->drawn = true;
        (void)fflush(stdout);
}

static void tell_child(const struct child *child)
{
        char text[TEXT_SIZE];
        describe(child, text);
        (void)printf("%s : %s", child->instance->name, text);
        if (child->pid != 0)
                (void)printf(" (processus %d)", child->pid);
        if (child->state == CHILD_WAITING)
                (void)printf(" ; %s, voir son journal", child->ended);
        (void)putchar('\n');
        (void)fflush(stdout);
}

void up_display_open(struct up_display *display, const struct child *children, size_t count)
{
        *display = (struct up_display){.children = children, .count = count, .table = isatty(STDOUT_FILENO) == 1};
        if (!display->table)
                return;
        print_cell("INSTANCE", NAME_WIDTH);
        print_cell("ÉTAT", STATE_WIDTH);
        print_cell("PROCESSUS", PID_WIDTH);
        print_cell("DEPUIS", PID_WIDTH);
        (void)putchar('\n');
}

void up_display_changed(struct up_display *display, const struct child *child)
{
        if (display->table)
                draw(display);
        else
                tell_child(child);
}

void up_display_refresh(struct up_display *display)
{
        if (display->table)
                draw(display);
}

void up_display_close(struct up_display *display)
{
        (void)display;
        (void)puts("Réseau arrêté.");
}
