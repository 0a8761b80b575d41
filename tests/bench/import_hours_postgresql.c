/* The yardstick of a good database: the same files, read line by line, COPYed a thousand rows at a time into a table of
 * the session, then judged set-wise by one statement that makes the same kinds of checks as the daemon (the placement
 * is there and the sender's, the month within its days and begun, no more hours than its days hold, twice in the list,
 * validated, known, the person's other placements, the contract's weekly hours, the month before, eligibility), and
 * written with an event a row and one for the batch, in one transaction. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "import_hours.h"

static const char SENDER[] = "00000000-0000-7000-8000-0000000000aa";

static const char SCHEMA[] =
        "set client_min_messages = warning; drop schema if exists hours cascade; create schema hours; set search_path "
        "= hours;"
        "create table placement (id uuid primary key, person uuid not null, employer uuid, host uuid, starts_on date"
        " not null, ends_on date, ended_on date, frozen bool not null, weekly_hundredths int not null,"
        " eligible_until date not null);"
        "create table hours (month int, placement uuid, submitted int not null, training int not null, validated int,"
        " primary key (month, placement));"
        "create table event (number bigserial primary key, at timestamptz not null, cause uuid not null,"
        " actor text not null, body jsonb not null, hash bytea not null);"
        "create table batch (id uuid, file text not null, part int not null, rows int not null,"
        " primary key (id, part));"
        "create table batch_row (id uuid, placement uuid, month int, event bigint not null, primary key (id, placement,"
        " month));"
        "create temporary table incoming (n int, placement uuid, month int, hours int);"
        "create temporary table given (placement uuid primary key);";

static const char PLACEMENTS_SQL[] =
        "insert into hours.placement select placement, gen_random_uuid(), '00000000-0000-7000-8000-0000000000aa',"
        " '00000000-0000-7000-8000-0000000000aa', '2025-11-15', null, null, false, 3500, '2028-01-01' from given;"
        "create index on hours.placement (person); analyze;";

/* Statements of SQL, a line each. */
/* clang-format off */
static const char JUDGE[] =
        "with facts as materialized (select i.n, i.placement, i.month, i.hours, p.id is not null and (p.employer = $1"
        " or p.host = $1) as theirs, p.frozen, p.weekly_hundredths, p.eligible_until, greatest(p.starts_on, m.first) as"
        " first, least(coalesce(p.ended_on, p.ends_on, 'infinity'), m.last, current_date) as last, m.first as"
        " month_first, row_number() over (partition by i.placement, i.month order by i.n) as nth, h.submitted,"
        " h.validated, b.submitted as before, o.elsewhere, o.twice"
        " from incoming i"
        " cross join lateral (select (date '1970-01-01' + make_interval(months => i.month))::date as first,"
        " (date '1970-01-01' + make_interval(months => i.month + 1))::date - 1 as last) m"
        " left join hours.placement p on p.id = i.placement"
        " left join hours.hours h on h.month = i.month and h.placement = i.placement"
        " left join hours.hours b on b.month = i.month - 1 and b.placement = i.placement"
        " left join lateral (select sum(x.submitted) as elsewhere, bool_or(x.submitted = i.hours and q.employer ="
        " p.employer) as twice from hours.placement q join hours.hours x on x.placement = q.id and x.month = i.month"
        " where q.person = p.person and q.id <> p.id) o on true),"
        " judged as materialized (select f.*, coalesce(not theirs or frozen or month_first > current_date or last <"
        " first or nth > 1 or hours < 0 or validated is not null or hours > (last - first + 1) * 1200 or hours >"
        " ceil((last - first + 1) / 7.0) * 6000 or hours * 100 > greatest((last - first + 1) * weekly_hundredths / 7,"
        " weekly_hundredths * 52 / 12) * 150, true) as refused, hours * 100 > weekly_hundredths * 52 / 12 * 110 as"
        " over_contract, hours + coalesce(elsewhere, 0) > 30 * 4800 / 7 as over_legal, before is not null and"
        " abs(hours - before) > 3000 and abs(hours - before) * 2 > before as far, first > eligible_until as"
        " not_eligible, submitted = hours as same from facts f),"
        " written as (insert into hours.hours select month, placement, hours, 0, null from judged where not refused and"
        " same is not true on conflict (month, placement) do update set submitted = excluded.submitted returning month,"
        " placement, submitted),"
        " told as (insert into hours.event (at, cause, actor, body, hash) select now(), $2, 'bench',"
        " jsonb_build_object('placement', placement, 'month', month, 'hours', submitted, 'batch', $2),"
        " sha256((placement::text || month || submitted)::bytea) from written returning number, body),"
        " noted as (insert into hours.batch_row select $2, (body->>'placement')::uuid, (body->>'month')::int, number"
        " from told)"
        " select count(*), count(*) filter (where refused), count(*) filter (where over_contract or over_legal or far"
        " or not_eligible or twice) from judged";
/* clang-format on */

enum { UUID = 2950 /* of pg_type */ };

struct importing {
        PGconn *connection;
        char batch[ID_TEXT_SIZE], part[16];
        unsigned parts;
};

static void failed(const PGconn *connection)
{
        harness_fail("PostgreSQL: %s", PQerrorMessage(connection));
}

static void execute(PGconn *connection, const char *sql)
{
        PGresult *result = PQexec(connection, sql);
        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_COPY_IN)
                failed(connection);
        PQclear(result);
}

static void put(PGconn *connection, const char *line)
{
        if (PQputCopyData(connection, line, (int)strlen(line)) != 1)
                failed(connection);
}

static void end_copy(PGconn *connection)
{
        if (PQputCopyEnd(connection, NULL) != 1)
                failed(connection);
        PGresult *result;
        while ((result = PQgetResult(connection)) != NULL) {
                if (PQresultStatus(result) != PGRES_COMMAND_OK)
                        failed(connection);
                PQclear(result);
        }
}

static void fill(PGconn *connection, const struct hours_files *files)
{
        char line[ID_TEXT_SIZE + 2], id[ID_TEXT_SIZE];
        execute(connection, SCHEMA);
        execute(connection, "copy given from stdin");
        for (size_t i = 0; i < files->placement_count; i++) {
                id_format(files->placements[i], id);
                (void)snprintf(line, sizeof(line), "%s\n", id);
                put(connection, line);
        }
        end_copy(connection);
        execute(connection, PLACEMENTS_SQL);
        static const Oid types[] = {UUID, UUID};
        PGresult *result = PQprepare(connection, "judge", JUDGE, 2, types);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
                failed(connection);
        PQclear(result);
        execute(connection, "prepare keep as insert into hours.batch values ($1, $2, $3, $4)");
}

/* What was COPYed: judged, written, committed. */
static void take_batch(struct importing *to, int rows)
{
        const char *judge[] = {SENDER, to->batch};
        char count[16];
        (void)snprintf(count, sizeof(count), "%d", rows);
        (void)snprintf(to->part, sizeof(to->part), "%u", to->parts++);
        const char *keep[] = {to->batch, "heures.csv", to->part, count};
        PGresult *result = PQexecPrepared(to->connection, "judge", 2, judge, NULL, NULL, 0);
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
                failed(to->connection);
        if (strtol(PQgetvalue(result, 0, 0), NULL, 10) != rows || strtol(PQgetvalue(result, 0, 1), NULL, 10) != 0)
                harness_fail("PostgreSQL: of %d rows %s are refused", rows, PQgetvalue(result, 0, 1));
        PQclear(result);
        result = PQexecPrepared(to->connection, "keep", 4, keep, NULL, NULL, 0);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
                failed(to->connection);
        PQclear(result);
        execute(to->connection, "truncate incoming");
        execute(to->connection, "commit");
}

/* "0192…;12/2025;151,67" as COPY wants it. False: the title, or no row. */
static bool row_of(const char *line, int n, char *ret, size_t size)
{
        char placement[ID_TEXT_SIZE];
        unsigned month, year, whole, hundredths;
        if (sscanf(line, "%36[^;];%2u/%4u;%u,%2u", placement, &month, &year, &whole, &hundredths) != 5)
                return false;
        (void)snprintf(ret, size, "%d\t%s\t%u\t%u\n", n, placement, (year - 1970) * 12 + month - 1,
                       whole * 100 + hundredths);
        return true;
}

static void begin_batch(const struct importing *to)
{
        execute(to->connection, "begin");
        execute(to->connection, "copy incoming from stdin");
}

static size_t import_file(struct importing *to, const char *path)
{
        FILE *file = fopen(path, "re");
        char line[256], row[256];
        size_t done = 0;
        int rows = 0;
        if (file == NULL)
                harness_fail("%s", path);
        while (fgets(line, sizeof(line), file) != NULL) { /* discouraged: our own file */
                if (!row_of(line, rows, row, sizeof(row)))
                        continue;
                if (rows == 0)
                        begin_batch(to);
                put(to->connection, row);
                if (++rows < IMPORT_BATCH)
                        continue;
                end_copy(to->connection);
                take_batch(to, rows);
                done += (size_t)rows;
                rows = 0;
        }
        if (rows > 0) {
                end_copy(to->connection);
                take_batch(to, rows);
        }
        (void)fclose(file);
        return done + (size_t)rows;
}

double postgresql_import_hours(const struct harness *context, const struct hours_files *files)
{
        struct importing to = {0};
        size_t done = 0;
        if (context->postgresql == NULL)
                return 0;
        to.connection = PQconnectdb(context->postgresql);
        if (PQstatus(to.connection) != CONNECTION_OK)
                failed(to.connection);
        fill(to.connection, files);
        uint64_t start_us = harness_now_us();
        for (size_t i = 0; i < IMPORT_MONTHS; i++) {
                id_format(id_derived((int64_t)i + 1, slice_of_text(files->paths[i])), to.batch);
                to.parts = 0;
                done += import_file(&to, files->paths[i]);
        }
        double seconds = (double)(harness_now_us() - start_us) / 1e6;
        PQfinish(to.connection);
        if (done != files->placement_count * IMPORT_MONTHS)
                harness_fail("%zu rows are in PostgreSQL", done);
        return (double)done / seconds;
}
