/* The yardstick of a page of facts: the same rows in tables with the indexes that a page needs, asked by prepared
 * statements in libpq's pipeline mode: one round trip for all of a page, as an application would do it well. What is
 * made of the rows (the French sentences, the calendar) is not counted on this side. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "facts.h"

/* A contract's id is its number, written as a uuid. Texts are as long as real ones. */
#define UUID(kind, number) "('00000000-0000-7000-" kind "-' || lpad(to_hex(" number "), 12, '0'))::uuid"

static const char SCHEMA[] =
        "set client_min_messages = warning; drop schema if exists facts cascade; create schema facts; set search_path "
        "= facts;"
        "create table contract (id uuid primary key, number text not null, buyer_siret text not null, object text not"
        " null, cpv text, procedure text, place_code text, place_kind text, duration_months int, notified_on date,"
        " published_on date, amount_cents bigint, contractors jsonb, social text[], environmental text[], techniques"
        " text[], execution_modes text[], ccag text, price_form text, price_types text[], offers_received int,"
        " grouping_kind text, modifications jsonb);"
        "create unique index on contract (buyer_siret, number, id);"
        "create table file (contract_id uuid primary key references contract, stage int not null, association jsonb);"
        "create table clause (id uuid primary key, contract_id uuid not null references contract, lot int not null,"
        " hours int not null, calibration jsonb not null, rules text not null, unique (contract_id, lot));"
        "create table obligation (id uuid primary key, clause_id uuid not null references clause, contract_id uuid not"
        " null references contract, siret text not null, name text not null, hours int not null);"
        "create index on obligation (contract_id);"
        "create table balance (obligation_id uuid primary key references obligation, due int not null, done int not"
        " null, converted int not null);"
        "create table need (id uuid primary key, obligation_id uuid not null references obligation, rome text not null,"
        " title text not null, positions int not null, starts_on date not null, commune text not null);"
        "create index on need (obligation_id);"
        "create table event (number bigserial primary key, contract_id uuid not null, at timestamptz not null, actor"
        " text not null, kind text not null, body jsonb not null);"
        "create index on event (contract_id, number);";

/* Statements of SQL, a line each. */
/* clang-format off */
static const char FILL[] =
        "insert into facts.contract select " UUID("8000", "i") ", '2024-' || i, lpad((i %% 8000)::text, 14, '2'),"
        " repeat('travaux de rénovation ', 6) || i, '45000000', 'Procédure adaptée', '31000', 'Code postal', 12,"
        " '2024-01-01', '2024-02-01', 10000000 + i, '[{\"id\": \"13002526500013\", \"kind\": 1}]',"
        " '{Clause sociale}', '{Clause environnementale}', '{Sans objet}', '{Sans objet}', 'Travaux', 'Forfaitaire',"
        " '{Définitif ferme}', 3, 'Pas de groupement', '[]' from generate_series(0, %zu - 1) i;"
        "insert into facts.event (contract_id, at, actor, kind, body) select id, now(), 'bench', 'ContractImported',"
        " to_jsonb(contract) from facts.contract;"
        "create temporary table followed as select i n, " UUID("8000", "i * %zu") " contract_id from"
        " generate_series(0, %d - 1) i;"
        "insert into facts.file select contract_id, 0, '{\"association\": \"NOT_ASSOCIATED\"}' from followed;"
        "insert into facts.clause select " UUID("8001", "n") ", contract_id, 1, 83300, '{\"amount\": 100000000,"
        " \"labour_share\": 500000, \"insertion_rate\": 50000, \"hourly_cost\": 3000}', 'fr-2026' from followed;"
        "insert into facts.obligation select " UUID("8002", "n * 2 + o") ", " UUID("8001", "n") ", contract_id,"
        " '1300252650001' || o, 'Peintures du Lauragais', 40000 from followed, generate_series(0, 1) o;"
        "insert into facts.balance select id, 40000, 0, 0 from facts.obligation;"
        "insert into facts.need select " UUID("8003", "n") ", " UUID("8002", "n * 2") ", 'F1606', 'Peintre en"
        " bâtiment', 2, '2026-12-03', '31555' from followed;"
        "insert into facts.event (contract_id, at, actor, kind, body) select contract_id, now(), 'bench', kind,"
        " '{\"hours\": 40000, \"name\": \"Peintures du Lauragais\", \"siret\": \"13002526500013\", \"lot\": 1}'"
        " from followed, unnest(array['AssociationRecorded', 'ClausePut', 'ObligationRecorded', 'ObligationRecorded',"
        " 'NeedDeclared']) kind;"
        "analyze; checkpoint;";

static const struct {
        const char *name, *sql;
        int rows; /* that a followed contract has */
} statements[] = {
        {"contract", "select c.*, f.stage, f.association from facts.contract c left join facts.file f on f.contract_id"
                     " = c.id where c.id = $1", 1},
        {"clauses", "select * from facts.clause where contract_id = $1 order by lot", 1},
        {"obligations", "select o.*, b.* from facts.obligation o join facts.balance b on b.obligation_id = o.id where"
                        " o.contract_id = $1 order by o.id", FACTS_OBLIGATIONS},
        {"calendar", "select n.* from facts.need n join facts.obligation o on o.id = n.obligation_id where"
                     " o.contract_id = $1 order by n.starts_on", 1},
        {"history", "select number, at, actor, kind, body from facts.event where contract_id = $1 order by number desc"
                    " limit 20", FACTS_EVENTS},
};
/* clang-format on */

static void failed(const PGconn *connection)
{
        harness_fail("PostgreSQL: %s", PQerrorMessage(connection));
}

static void execute(PGconn *connection, const char *sql)
{
        PGresult *result = PQexec(connection, sql);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
                failed(connection);
        PQclear(result);
}

static void fill(PGconn *connection, size_t contracts)
{
        char sql[sizeof(FILL) + 64];
        (void)snprintf(sql, sizeof(sql), FILL, contracts, contracts / FACTS_FOLLOWED, (int)FACTS_FOLLOWED);
        execute(connection, SCHEMA);
        execute(connection, sql);
        for (size_t i = 0; i < ARRAY_SIZE(statements); i++) {
                PGresult *result = PQprepare(connection, statements[i].name, statements[i].sql, 1, NULL);
                if (PQresultStatus(result) != PGRES_COMMAND_OK)
                        failed(connection);
                PQclear(result);
        }
        if (PQenterPipelineMode(connection) != 1)
                failed(connection);
}

/* Each statement's rows, then the end of the list of its results. */
static void take(PGconn *connection)
{
        for (size_t i = 0; i < ARRAY_SIZE(statements); i++) {
                PGresult *result = PQgetResult(connection);
                if (PQresultStatus(result) != PGRES_TUPLES_OK)
                        failed(connection);
                if (PQntuples(result) != statements[i].rows)
                        harness_fail("PostgreSQL: %s has %d rows", statements[i].name, PQntuples(result));
                PQclear(result);
                if (PQgetResult(connection) != NULL)
                        failed(connection);
        }
        PGresult *end = PQgetResult(connection);
        if (PQresultStatus(end) != PGRES_PIPELINE_SYNC)
                failed(connection);
        PQclear(end);
}

static double ask_us(PGconn *connection, size_t contract)
{
        char id[64];
        const char *const values[] = {id};
        (void)snprintf(id, sizeof(id), "00000000-0000-7000-8000-%012zx", contract);
        uint64_t start_us = harness_now_us();
        for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
                if (PQsendQueryPrepared(connection, statements[i].name, 1, values, NULL, NULL, 0) != 1)
                        failed(connection);
        if (PQpipelineSync(connection) != 1)
                failed(connection);
        take(connection);
        return (double)(harness_now_us() - start_us);
}

struct samples postgresql_facts(const struct harness *context, size_t contracts)
{
        struct samples latencies = {0};
        if (context->postgresql == NULL)
                return latencies;
        PGconn *connection = PQconnectdb(context->postgresql);
        if (PQstatus(connection) != CONNECTION_OK)
                failed(connection);
        fill(connection, contracts);
        uint64_t end_us = harness_now_us() + (uint64_t)context->seconds * 1000000;
        for (size_t n = 0; harness_now_us() < end_us; n++)
                samples_add(&latencies, ask_us(connection, n * 7919 % FACTS_FOLLOWED * (contracts / FACTS_FOLLOWED)));
        PQfinish(connection);
        return latencies;
}
