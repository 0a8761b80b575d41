#include "bench.h"

#include <math.h>
#include <stdlib.h>

void samples_add(struct samples *samples, double us)
{
        if (samples->count == samples->room) {
                samples->room = samples->room == 0 ? 4096 : samples->room * 2;
                samples->values = realloc(samples->values, samples->room * sizeof(*samples->values));
                if (samples->values == NULL)
                        harness_fail("out of memory");
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

void bench_put(json_t *into, const char *key, double value)
{
        double magnitude = fabs(value) >= 1000 ? 1 : fabs(value) >= 10 ? 10 : 1000;
        if (json_object_set_new(into, key, json_real(round(value * magnitude) / magnitude)) != 0)
                harness_fail("out of memory");
}
