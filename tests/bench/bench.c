#include "bench.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void samples_add(struct samples *samples, double us)
{
        if (samples->count == samples->room) {
                samples->room = samples->room == 0 ? 4096 : samples->room * 2;
                samples->values = realloc(samples->values, samples->room * sizeof(*samples->values));
                if (samples->values == NULL)
                        bench_fail("out of memory");
        }
        samples->values[samples->count++] = us;
}

static int compare(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return (x > y) - (x < y);
}

double samples_percentile(struct samples *samples, double percent)
{
        if (samples->count == 0)
                return 0;
        qsort(samples->values, samples->count, sizeof(*samples->values), compare);
        size_t at = (size_t)((double)(samples->count - 1) * percent / 100);
        return samples->values[at];
}

void samples_free(struct samples *samples)
{
        free(samples->values);
        *samples = (struct samples){0};
}

uint64_t bench_now_us(void)
{
        struct timespec now;
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static void put_line(const char *prefix, const char *format, va_list args)
{
        (void)fputs(prefix, stderr);
        (void)vfprintf(stderr, format, args);
        (void)fputc('\n', stderr);
}

void bench_note(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        put_line("  ", format, args);
        va_end(args);
}

void bench_fail(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        put_line("bench: ", format, args);
        va_end(args);
        exit(EXIT_FAILURE);
}

void bench_put(json_t *into, const char *key, double value)
{
        double magnitude = fabs(value) >= 1000 ? 1 : fabs(value) >= 10 ? 10 : 1000;
        if (json_object_set_new(into, key, json_real(round(value * magnitude) / magnitude)) != 0)
                bench_fail("out of memory");
}
