/* The yardstick of a good database: the same rows and the same checks, in one transaction of prepared statements, as an
 * application would do it well: libpq's pipeline mode, two round trips (all that the checks read, then all that is
 * written and the commit), over `connections` connections of one asynchronous client. */
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "common/base/id.h"

static const char SCHEMA[] =
        "set client_min_messages = warning; drop schema if exists bench cascade; create schema bench; set search_path "
        "= bench;"
        "create table placement (id uuid primary key, host uuid not null, starts_on date not null, ends_on date,"
        " ended_on date, weekly_hundredths int not null, eligible_until date not null);"
        "create table hours (month int, placement uuid, submitted int not null, validated int,"
        " primary key (month, placement));"
        "create table event (number bigserial primary key, at timestamptz not null, cause uuid not null,"
        " actor text not null, body bytea not null, hash bytea not null);"
        "create table dedup (key uuid primary key, request_hash bytea not null, reply bytea not null);"
        "insert into placement select ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,"
        " '00000000-0000-7000-8000-0000000000aa', '2026-01-01', null, null, 3500, '2028-01-01'"
        " from generate_series(0, 29999) i;"
        "analyze;";

/* What is asked first: everything the checks need. What is written then, if they hold. Each group is one round trip. */
struct statement {
        const char *name, *sql;
        int parameters;
};
static const struct statement reads[] = {
        {"begin", "begin", 0},
        {"dedup", "select request_hash, reply from bench.dedup where key = $1", 1},
        {"placement",
         "select host = $2::uuid, weekly_hundredths, starts_on <= '2026-11-01', ended_on is null and "
         "(ends_on is null or ends_on >= '2026-11-01') from bench.placement where id = $1",
         2},
        {"old", "select submitted, validated from bench.hours where month = 682 and placement = $1", 1},
};
static const struct statement writes[] = {
        {"hours",
         "insert into bench.hours values (682, $1, $2) on conflict (month, placement) do update set submitted = "
         "excluded.submitted",
         2},
        {"event", "insert into bench.event (at, cause, actor, body, hash) values (now(), $1, 'bench', $2, $2)", 2},
        {"keep", "insert into bench.dedup values ($1, $2, $2)", 2},
        {"commit", "commit", 0},
};
static const char HOST[] = "00000000-0000-7000-8000-0000000000aa";
static const char HASH[] = "\\x0123456789abcdef0123456789abcdef";

struct client {
        PGconn *connection;
        char key[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], hours[16];
        bool writing; /* which of its two round trips is under way */
};

static void failed(const PGconn *connection)
{
        harness_fail("PostgreSQL: %s", PQerrorMessage(connection));
}

static void prepare(PGconn *connection, const struct statement *statements, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                PGresult *result =
                        PQprepare(connection, statements[i].name, statements[i].sql, statements[i].parameters, NULL);
                if (PQresultStatus(result) != PGRES_COMMAND_OK)
                        failed(connection);
                PQclear(result);
        }
}

static void connect_client(struct client *client, const char *url)
{
        client->connection = PQconnectdb(url);
        if (PQstatus(client->connection) != CONNECTION_OK)
                failed(client->connection);
        prepare(client->connection, reads, ARRAY_SIZE(reads));
        prepare(client->connection, writes, ARRAY_SIZE(writes));
        if (PQsetnonblocking(client->connection, 1) != 0 || PQenterPipelineMode(client->connection) != 1)
                failed(client->connection);
}

static void send(struct client *client, const char *name, const char *first, const char *second)
{
        const char *const values[] = {first, second};
        int count = first == NULL ? 0 : second == NULL ? 1 : 2;
        if (PQsendQueryPrepared(client->connection, name, count, values, NULL, NULL, 0) != 1)
                failed(client->connection);
}

static void send_reads(struct client *client, struct world *world)
{
        uint32_t draw;
        id_format(id_new(world, (int64_t)(harness_now_us() / 1000), 0), client->key);
        world->random(world, &draw, sizeof(draw));
        (void)snprintf(client->placement, sizeof(client->placement), "00000000-0000-7000-8000-%012x",
                       draw % PLACEMENTS);
        (void)snprintf(client->hours, sizeof(client->hours), "%u", 100 + draw % 15000);
        client->writing = false;
        send(client, "begin", NULL, NULL);
        send(client, "dedup", client->key, NULL);
        send(client, "placement", client->placement, HOST);
        send(client, "old", client->placement, NULL);
        if (PQpipelineSync(client->connection) != 1 || PQflush(client->connection) < 0)
                failed(client->connection);
}

static void send_writes(struct client *client)
{
        client->writing = true;
        send(client, "hours", client->placement, client->hours);
        send(client, "event", client->key, HASH);
        send(client, "keep", client->key, HASH);
        send(client, "commit", NULL, NULL);
        if (PQpipelineSync(client->connection) != 1 || PQflush(client->connection) < 0)
                failed(client->connection);
}

/* The same checks as the daemon's: the key is new, the placement is the company's, open, and in its dates; the hours
 * are possible; the month is not validated. */
static void check(const struct client *client, const PGresult *result, int statement)
{
        bool good = true;
        if (statement == 1)
                good = PQntuples(result) == 0;
        else if (statement == 2)
                good = PQntuples(result) == 1 && PQgetvalue(result, 0, 0)[0] == 't' &&
                       PQgetvalue(result, 0, 2)[0] == 't' && PQgetvalue(result, 0, 3)[0] == 't' &&
                       strtol(client->hours, NULL, 10) <= strtol(PQgetvalue(result, 0, 1), NULL, 10) * 15 / 2;
        else if (statement == 3)
                good = PQntuples(result) == 0 || PQgetisnull(result, 0, 1);
        if (!good)
                harness_fail("PostgreSQL: the check of \"%s\" fails", reads[statement].name);
}

/* Takes the answers that are there. True when the round trip is over. */
static bool take(struct client *client, int *statement)
{
        while (!PQisBusy(client->connection)) {
                PGresult *result = PQgetResult(client->connection);
                if (result == NULL) {
                        (*statement)++;
                        continue;
                }
                ExecStatusType status = PQresultStatus(result);
                if (status != PGRES_PIPELINE_SYNC && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                        failed(client->connection);
                if (status != PGRES_PIPELINE_SYNC && !client->writing)
                        check(client, result, *statement);
                PQclear(result);
                if (status == PGRES_PIPELINE_SYNC) {
                        *statement = 0;
                        return true;
                }
        }
        return false;
}

static uint64_t run(struct client *clients, size_t count, struct world *world, uint64_t end_us)
{
        struct pollfd *polls = calloc(count, sizeof(*polls));
        int *statements = calloc(count, sizeof(*statements));
        uint64_t done = 0;
        for (size_t i = 0; i < count; i++) {
                polls[i] = (struct pollfd){PQsocket(clients[i].connection), POLLIN, 0};
                send_reads(&clients[i], world);
        }
        while (harness_now_us() < end_us) {
                if (poll(polls, count, 1000) < 0)
                        harness_fail("poll");
                for (size_t i = 0; i < count; i++) {
                        if ((polls[i].revents & POLLIN) == 0)
                                continue;
                        if (PQconsumeInput(clients[i].connection) != 1)
                                failed(clients[i].connection);
                        if (!take(&clients[i], &statements[i]))
                                continue;
                        if (clients[i].writing) {
                                done++;
                                send_reads(&clients[i], world);
                        } else {
                                send_writes(&clients[i]);
                        }
                }
        }
        free(polls);
        free(statements);
        return done;
}

double postgresql_submissions(const struct harness *context, size_t connections)
{
        if (context->postgresql == NULL)
                return 0;
        struct client *clients = calloc(connections, sizeof(*clients));
        struct world world = world_seeded(42, 0);
        PGconn *owner = PQconnectdb(context->postgresql);
        if (clients == NULL || PQstatus(owner) != CONNECTION_OK)
                failed(owner);
        PGresult *made = PQexec(owner, SCHEMA);
        if (PQresultStatus(made) != PGRES_COMMAND_OK)
                failed(owner);
        PQclear(made);

        for (size_t i = 0; i < connections; i++)
                connect_client(&clients[i], context->postgresql);
        uint64_t start_us = harness_now_us();
        uint64_t done = run(clients, connections, &world, start_us + (uint64_t)context->seconds * 1000000);
        double rate = (double)done / ((double)(harness_now_us() - start_us) / 1e6);
        for (size_t i = 0; i < connections; i++)
                PQfinish(clients[i].connection);
        PQfinish(owner);
        free(clients);
        return rate;
}
