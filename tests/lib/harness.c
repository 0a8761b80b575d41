#include "tests/lib/harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t harness_now_us(void)
{
        struct timespec now;
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void harness_pause_ms(uint32_t ms)
{
        struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
        (void)nanosleep(&time, NULL);
}

static void ATTR_FORMAT(2, 0) put_line(const char *prefix, const char *format, va_list args)
{
        (void)fputs(prefix, stderr);
        (void)vfprintf(stderr, format, args);
        (void)fputc('\n', stderr);
}

void harness_note(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        put_line("  ", format, args);
        va_end(args);
}

void harness_fail(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        put_line("échec : ", format, args);
        va_end(args);
        exit(EXIT_FAILURE);
}
