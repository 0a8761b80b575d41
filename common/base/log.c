#include "common/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/base/text.h"
#include "common/base/world.h"

enum { LINE_SIZE = 1024 };

static const char *log_instance = "";
static enum log_level log_threshold = LOG_INFO;

void log_open(const char *instance, enum log_level level)
{
        log_instance = instance;
        log_threshold = level;
}

struct line {
        char bytes[LINE_SIZE];
        size_t size;
};

static void put_text(struct line *line, const char *text)
{
        size_t size = strlen(text);
        if (line->size + size > sizeof(line->bytes))
                return;
        memcpy(line->bytes + line->size, text, size);
        line->size += size;
}

/* Appends `text` as the inside of a JSON string, as far as it fits before `end`. What is not UTF-8, as when a message
 * was cut inside a character, becomes "?": the line must be JSON whatever is logged. */
static void put_escaped(struct line *line, const char *text, size_t end)
{
        size_t left = strlen(text);
        while (left > 0 && line->size + sizeof("\\u0000") <= end) {
                size_t size = utf8_sequence(text, left);
                char escaped[8] = "?";
                if (size == 1 && (*text == '"' || *text == '\\'))
                        (void)snprintf(escaped, sizeof(escaped), "\\%c", *text);
                else if (size == 1 && (unsigned char)*text < 0x20)
                        (void)snprintf(escaped, sizeof(escaped), "\\u%04x", (unsigned)*text);
                else
                        memcpy(escaped, size > 0 ? text : "?", size > 0 ? size : 1);
                put_text(line, escaped);
                text += size > 0 ? size : 1;
                left -= size > 0 ? size : 1;
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

        struct line line = {.size = 0};
        put_text(&line, "{\"at\":\"");
        put_text(&line, at_text);
        put_text(&line, "\",\"level\":\"");
        put_text(&line, names[level]);
        put_text(&line, "\",\"instance\":\"");
        put_escaped(&line, log_instance, LINE_SIZE / 4);
        put_text(&line, "\",\"event\":\"");
        put_escaped(&line, event, LINE_SIZE / 2);
        put_text(&line, "\",\"detail\":\"");
        put_escaped(&line, detail, LINE_SIZE - sizeof("\"}\n"));
        put_text(&line, "\"}\n");
        (void)!write(STDERR_FILENO, line.bytes, line.size); /* one write: lines of several threads do not mix */
}
