/* scripts/bench import-hours: 30,000 persons' hours of twelve months, a list a month, from CSV files to the disk:
 * `guichetctl import hours JANUARY.csv FEBRUARY.csv …` as their company sends them: read, cut into rows, each row
 * judged by the rules of SubmitHours, in the log with its hash, on the disk before the reply. Timed from the start of
 * the program to its end. Beside it PostgreSQL with the same files: import_hours_postgresql.c. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "common/base/day.h"
#include "import_hours.h"
#include "load.h"

static void write_file(const char *path, const struct month_end *month_end, int32_t month)
{
        FILE *file = fopen(path, "we");
        char id[ID_TEXT_SIZE];
        if (file == NULL)
                harness_fail("%s", path);
        (void)fputs("parcours;mois;heures\n", file);
        for (size_t i = 0; i < month_end->count; i++) { /* as people work: 120 to 160 hours, none like the other */
                int hundredths = 12000 + (int)((i * 7919 + (size_t)month * 613) % 4000);
                id_format(month_end->placements[i], id);
                (void)fprintf(file, "%s;%02d/%d;%d,%02d\n", id, (int)month % 12 + 1, 1970 + (int)month / 12,
                              hundredths / 100, hundredths % 100);
        }
        if (fclose(file) != 0)
                harness_fail("%s", path);
}

static void write_files(const struct harness *context, const struct month_end *month_end, struct hours_files *ret)
{
        ret->placements = month_end->placements;
        ret->placement_count = month_end->count;
        for (int i = 0; i < IMPORT_MONTHS; i++) {
                (void)snprintf(ret->paths[i], sizeof(ret->paths[i]), "%s/hours-%d.csv", context->directory, i);
                write_file(ret->paths[i], month_end, IMPORT_FIRST_MONTH + i);
        }
}

enum { ARGUMENTS_MAX = 12 + IMPORT_MONTHS + 1 };

/* What was used of the processor so far, by whom. */
struct used {
        double daemon_us, follower_us, tool_us;
};

static struct used used_so_far(struct net *net)
{
        struct rusage tools;
        (void)getrusage(RUSAGE_CHILDREN, &tools); /* those that have ended */
        return (struct used){
                .daemon_us = net_cpu_us(net, "tracking-1"),
                .follower_us = net_cpu_us(net, "contracts-1"),
                .tool_us = (double)(tools.ru_utime.tv_sec + tools.ru_stime.tv_sec) * 1e6 +
                           (double)(tools.ru_utime.tv_usec + tools.ru_stime.tv_usec),
        };
}

static void put_used(json_t *result, const struct used *from, const struct used *until, double rows)
{
        bench_put(result, "daemon_cpu_us_per_row", (until->daemon_us - from->daemon_us) / rows);
        bench_put(result, "follower_cpu_us_per_row", (until->follower_us - from->follower_us) / rows);
        bench_put(result, "tool_cpu_us_per_row", (until->tool_us - from->tool_us) / rows);
}

/* Rows a second. */
static double import(const struct harness *context, struct net *net, const struct month_end *month_end,
                     const struct hours_files *files, json_t *result)
{
        char program[IMPORT_PATH_SIZE], company[ID_TEXT_SIZE];
        double events = net_metric(net, "tracking-1", "guichet_events_total");
        double commits = net_metric(net, "tracking-1", "guichet_commits_total");
        double rows = (double)(month_end->count * IMPORT_MONTHS);
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        id_format(month_end->company, company);
        const char *arguments[ARGUMENTS_MAX] = {program,        "import",      "hours",   "--dir",
                                                net->directory, "--as",        "COMPANY", "--sender",
                                                company,        "--territory", "31",      "--go-on"};
        size_t count = 12;
        for (int i = 0; i < IMPORT_MONTHS; i++)
                arguments[count++] = files->paths[i];
        struct used from = used_so_far(net);
        uint64_t start_us = harness_now_us();
        net_run(arguments);
        double per_s = rows * 1e6 / (double)(harness_now_us() - start_us);
        struct used until = used_so_far(net);
        events = net_metric(net, "tracking-1", "guichet_events_total") - events;
        commits = net_metric(net, "tracking-1", "guichet_commits_total") - commits;
        if (events < rows)
                harness_fail("%.0f events of %.0f rows", events, rows);
        harness_note("guichet: %.0f rows/s, %.0f rows a commit", per_s, rows / commits);
        bench_put(result, "rows_per_s", per_s);
        bench_put(result, "rows_per_commit", rows / commits);
        put_used(result, &from, &until, rows);
        return per_s;
}

json_t *bench_import_hours(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1", "tracking-1"};
        static const struct month_end_at at = {"tracking-1", "31", IMPORT_FIRST_DAY};
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        struct month_end month_end;
        struct hours_files files;
        json_t *result = json_object();
        month_end_obligation(net, &month_end);
        month_end_place(net, &at, PLACEMENTS, &month_end);
        write_files(context, &month_end, &files);

        double guichet = import(context, net, &month_end, &files, result);
        double postgresql = postgresql_import_hours(context, &files);
        harness_note("PostgreSQL: %.0f rows/s", postgresql);
        bench_put(result, "postgresql_rows_per_s", postgresql);
        bench_put(result, "ratio_postgresql", postgresql > 0 ? guichet / postgresql : 0);
        free(month_end.placements);
        net_stop(net);
        return result;
}
