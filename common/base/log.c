#include "common/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/base/world.h"

enum { LINE_SIZE = 1024 };

static const char *log_instance = "";
static enum log_level log_threshold = LOG_INFO;

void log_open(const char *instance, enum log_level level)
{
        log_instance = instance;
        log_threshold = level;
}

/* Appends `text` to out[*at] as the inside of a JSON string, leaving `reserve` bytes free. */
static void put_escaped(char *out, size_t *at, const char *text, size_t reserve)
{
        for (; *text != '\0' && *at + 7 + reserve < LINE_SIZE; text++) {
                unsigned char c = (unsigned char)*text;
                if (c == '"' || c == '\\') {
                        out[(*at)++] = '\\';
                        out[(*at)++] = (char)c;
                } else if (c < 0x20) {
                        *at += (size_t)snprintf(out + *at, 7, "\\u%04x", c);
                } else {
                        out[(*at)++] = (char)c;
                }
        }
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
        static const char *const names[] = {"debug", "info", "warn", "error"};
        if (level < log_threshold)
                return;

        char detail[LINE_SIZE / 2];
        va_list args;
        va_start(args, format);
        (void)vsnprintf(detail, sizeof(detail), format, args);
        va_end(args);

        struct world world = world_real();
        char at_text[INSTANT_TEXT_SIZE];
        instant_format(world.now_ms(&world), at_text);

        char line[LINE_SIZE];
        int head = snprintf(line, sizeof(line) / 4, "{\"at\":\"%s\",\"level\":\"%s\",\"instance\":\"%s\",\"event\":\"%s\",\"detail\":\"",
                            at_text, names[level], log_instance, event);
        size_t size = head < (int)sizeof(line) / 4 ? (size_t)head : sizeof(line) / 4 - 1;
        put_escaped(line, &size, detail, 4);
        memcpy(line + size, "\"}\n", 3);
        (void)!write(STDERR_FILENO, line, size + 3); /* one write: lines of several threads do not mix */
}
