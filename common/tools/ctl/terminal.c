#include "common/tools/ctl/terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/text.h"
#include "common/base/world.h"

enum { REWRITE_US = 100000, LINE_US = 5000000 };

static bool line_is_open;

void progress(const char *format, ...)
{
        static uint64_t last_us;
        struct world world = world_real();
        uint64_t now_us = world.monotonic_us(&world);
        bool rewrite = isatty(STDERR_FILENO) == 1;
        if (last_us != 0 && now_us - last_us < (rewrite ? REWRITE_US : LINE_US))
                return;
        if (last_us == 0 && !rewrite) { /* short work needs no line */
                last_us = now_us;
                return;
        }
        last_us = now_us;

        va_list args;
        va_start(args, format);
        (void)fputs(rewrite ? "\r\033[K" : "", stderr);
        (void)vfprintf(stderr, format, args);
        (void)fputs(rewrite ? "" : "\n", stderr);
        (void)fflush(stderr);
        va_end(args);
        line_is_open = rewrite;
}

void progress_end(void)
{
        if (line_is_open)
                (void)fputs("\r\033[K", stderr);
        line_is_open = false;
}

void print_cell(const char *text, int width)
{
        int length = (int)utf8_length(text);
        int columns = width < 0 ? -width : width;
        int blanks = length < columns ? columns - length : 0;
        (void)printf("%*s%s%*s", width < 0 ? blanks : 0, "", text, width < 0 ? 0 : blanks, "");
}

const char *number_text(uint64_t number, char ret_text[NUMBER_TEXT_SIZE])
{
        static const char narrow_space[] = "\xe2\x80\xaf";
        char digits[24];
        int count = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);
        size_t used = 0;
        for (int i = 0; i < count; i++) {
                if (i > 0 && (count - i) % 3 == 0) {
                        memcpy(ret_text + used, narrow_space, sizeof(narrow_space) - 1);
                        used += sizeof(narrow_space) - 1;
                }
                ret_text[used++] = digits[i];
        }
        ret_text[used] = '\0';
        return ret_text;
}

const char *duration_text(int64_t ms, char ret_text[NUMBER_TEXT_SIZE])
{
        long long seconds = ms / 1000;
        if (seconds < 60)
                (void)snprintf(ret_text, NUMBER_TEXT_SIZE, "%lld s", seconds);
        else if (seconds < 3600)
                (void)snprintf(ret_text, NUMBER_TEXT_SIZE, "%lld min %lld s", seconds / 60, seconds % 60);
        else if (seconds < 86400)
                (void)snprintf(ret_text, NUMBER_TEXT_SIZE, "%lld h %lld min", seconds / 3600, seconds % 3600 / 60);
        else
                (void)snprintf(ret_text, NUMBER_TEXT_SIZE, "%lld j %lld h", seconds / 86400, seconds % 86400 / 3600);
        return ret_text;
}
