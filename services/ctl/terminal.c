#include "services/ctl/terminal.h"

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
        static int terminal = -1; /* asked once */
        struct world world = world_real();
        uint64_t now_us = world.monotonic_us(&world);
        if (terminal < 0)
                terminal = isatty(STDERR_FILENO) == 1;
        bool rewrite = terminal == 1;
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

/* Digits in groups of three, with narrow no-break spaces. Returns how many bytes were written. */
static size_t put_groups(const char *digits, size_t count, char *out)
{
        static const char narrow_space[] = "\xe2\x80\xaf";
        size_t used = 0;
        for (size_t i = 0; i < count; i++) {
                if (i > 0 && (count - i) % 3 == 0) {
                        memcpy(out + used, narrow_space, sizeof(narrow_space) - 1);
                        used += sizeof(narrow_space) - 1;
                }
                out[used++] = digits[i];
        }
        out[used] = '\0';
        return used;
}

const char *number_text(uint64_t number, char ret_text[NUMBER_TEXT_SIZE])
{
        char digits[24];
        int count = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);
        (void)put_groups(digits, (size_t)count, ret_text);
        return ret_text;
}

const char *amount_text(const char *canonical, char ret_text[NUMBER_TEXT_SIZE])
{
        size_t sign = canonical[0] == '-' ? 1 : 0;
        size_t count = strspn(canonical + sign, "0123456789");
        ret_text[0] = '-';
        size_t used = sign + put_groups(canonical + sign, count, ret_text + sign);
        const char *rest = canonical + sign + count;
        if (*rest == '.')
                (void)snprintf(ret_text + used, NUMBER_TEXT_SIZE - used, ",%s", rest + 1);
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
