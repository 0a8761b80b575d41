/* scripts/bench facts: a contract's page of facts (record, clause, obligations with their balances, calendar, history
 * told in French) in one query, through the real daemon over TCP and CURVE, with 60,000 contracts in the store, of
 * which every thirtieth is followed: associated, a clause, two obligations with their ledger, a need. One client asks
 * for the followed ones, one after the other. Beside it PostgreSQL gives the same rows, over a local socket without
 * encryption, as rows: facts_postgresql.c. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "facts.h"
#include "load.h"
#include "made_decp.h"

enum { CONTRACTS = 60000, PER_FILE = 20000, PAGE = 500, ARGUMENTS_MAX = 16 };

struct followed {
        struct id contracts[FACTS_FOLLOWED];
        struct id clauses[FACTS_FOLLOWED];
        struct id obligations[FACTS_OBLIGATIONS * FACTS_FOLLOWED];
};

static void import(const struct harness *context, struct net *net)
{
        char program[MADE_PATH_SIZE], directory[MADE_PATH_SIZE];
        size_t files;
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        (void)snprintf(directory, sizeof(directory), "%s/facts", context->directory);
        if (mkdir(directory, 0755) != 0)
                harness_fail("%s cannot be made", directory);
        struct made_file *made = made_decp(directory, CONTRACTS, PER_FILE, &files);
        const char *arguments[ARGUMENTS_MAX] = {program, "import", "decp", "--dir", net->directory};
        for (size_t i = 0; i < files; i++)
                arguments[5 + i] = made[i].path;
        net_run(arguments);
        free(made);
}

/* Every thirtieth. */
static void choose(struct net *net, struct followed *followed)
{
        struct arena arena scoped(arena_fini) = {0};
        struct arena cursor scoped(arena_fini) = {0};
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t seen = 0, chosen = 0;
        page.limit = PAGE;
        request.page = &page;
        do {
                const Contracts__ContractsReply *reply = net_ask(net, "contracts.Contracts", &request, &arena);
                for (size_t i = 0; i < reply->n_contracts; i++, seen++)
                        if (seen % (CONTRACTS / FACTS_FOLLOWED) == 0 && chosen < FACTS_FOLLOWED)
                                followed->contracts[chosen++] = id_of(reply->contracts[i]->contract_id);
                arena_reset(&cursor);
                page.after = pb_bytes(arena_copy_slice(&cursor, pb_slice(reply->next)));
                arena_reset(&arena);
        } while (page.after.len > 0);
        if (chosen != FACTS_FOLLOWED)
                harness_fail("%zu contracts of %zu can be followed", chosen, seen);
}

static const ProtobufCMessage *make_association(void *argument, size_t n, struct arena *arena)
{
        const struct followed *followed = argument;
        Contracts__RecordAssociation *request = pb_new(&contracts__record_association__descriptor, arena);
        request->contract_id = id_to(arena, followed->contracts[n]);
        request->association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        return &request->base;
}

static const ProtobufCMessage *make_clause(void *argument, size_t n, struct arena *arena)
{
        const struct followed *followed = argument;
        Contracts__PutClause *request = pb_new(&contracts__put_clause__descriptor, arena);
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, arena);
        calibration->amount = money_to(arena, money_of_cents(100000000));
        calibration->labour_share = share_to(arena, share_of_millionths(500000));
        calibration->insertion_rate = share_to(arena, share_of_millionths(50000));
        calibration->hourly_cost = money_to(arena, money_of_cents(3000));
        request->contract_id = id_to(arena, followed->contracts[n]);
        request->lot = 1;
        request->calibration = calibration;
        request->territories = arena_alloc(arena, sizeof(*request->territories));
        request->territories[0] = arena_text(arena, "31");
        request->n_territories = 1;
        return &request->base;
}

static void take_clause(void *argument, size_t n, const void *reply)
{
        struct followed *followed = argument;
        followed->clauses[n] = id_of(((const Contracts__PutClauseReply *)reply)->clause_id);
}

static const ProtobufCMessage *make_obligation(void *argument, size_t n, struct arena *arena)
{
        static const char *const sirets[FACTS_OBLIGATIONS] = {"13002526500013", "35600000000048"};
        const struct followed *followed = argument;
        Contracts__RecordObligation *request = pb_new(&contracts__record_obligation__descriptor, arena);
        request->clause_id = id_to(arena, followed->clauses[n / FACTS_OBLIGATIONS]);
        request->contractor_siret = arena_text(arena, sirets[n % FACTS_OBLIGATIONS]);
        request->contractor_name = arena_text(arena, "Peintures du Lauragais");
        request->hours = hours_to(arena, hours_of_hundredths(40000));
        return &request->base;
}

static void take_obligation(void *argument, size_t n, const void *reply)
{
        struct followed *followed = argument;
        followed->obligations[n] = id_of(((const Contracts__RecordObligationReply *)reply)->obligation_id);
}

static const ProtobufCMessage *make_need(void *argument, size_t n, struct arena *arena)
{
        const struct followed *followed = argument;
        Contracts__DeclareNeed *request = pb_new(&contracts__declare_need__descriptor, arena);
        request->obligation_id = id_to(arena, followed->obligations[n * FACTS_OBLIGATIONS]);
        request->rome_code = arena_text(arena, "F1606");
        request->title = arena_text(arena, "Peintre en bâtiment");
        request->positions = 2;
        request->starts_on = day_to(arena, day_of_number(20790));
        request->commune = arena_text(arena, "31555");
        request->modality = TYPES__MODALITY__DIRECT_HIRE;
        return &request->base;
}

static void follow(struct net *net, struct followed *followed)
{
        struct stream streams[] = {
                {net, "contracts.RecordAssociation", NULL, make_association, NULL, followed, "contracts-1"},
                {net, "contracts.PutClause", &contracts__put_clause_reply__descriptor, make_clause, take_clause,
                 followed, "contracts-1"},
                {net, "contracts.RecordObligation", &contracts__record_obligation_reply__descriptor, make_obligation,
                 take_obligation, followed, "contracts-1"},
                {net, "contracts.DeclareNeed", NULL, make_need, NULL, followed, "contracts-1"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(streams); i++)
                stream_run(&streams[i], i == 2 ? FACTS_OBLIGATIONS * FACTS_FOLLOWED : FACTS_FOLLOWED);
}

/* The page is whole. */
static void check(struct net *net, const struct followed *followed)
{
        struct arena arena scoped(arena_fini) = {0};
        Contracts__ContractFactsRequest request = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        request.contract_id = id_to(&arena, followed->contracts[FACTS_FOLLOWED / 2]);
        const Contracts__ContractFactsReply *reply = net_ask(net, "contracts.ContractFacts", &request, &arena);
        if (reply->contract->n_clauses != 1 || reply->contract->clauses[0]->n_obligations != FACTS_OBLIGATIONS ||
            reply->n_history < FACTS_EVENTS)
                harness_fail("the page of facts is not whole: %zu clauses, %zu lines", reply->contract->n_clauses,
                             reply->n_history);
        harness_note("a page: %zu bytes, %zu events told", pb_size(reply), reply->n_history);
}

static const ProtobufCMessage *make_query(void *argument, uint64_t n, struct arena *arena)
{
        const struct followed *followed = argument;
        Contracts__ContractFactsRequest *request = pb_new(&contracts__contract_facts_request__descriptor, arena);
        request->contract_id = id_to(arena, followed->contracts[n * 7919 % FACTS_FOLLOWED]);
        return &request->base;
}

json_t *bench_facts(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1"};
        struct arena arena scoped(arena_fini) = {0};
        struct followed *followed = calloc(1, sizeof(*followed));
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        json_t *result = json_object();
        if (followed == NULL)
                harness_fail("out of memory");
        import(context, net);
        link_act_as(net->link, net_passport(net, TYPES__ROLE__COORDINATOR, NULL, &arena)); /* of every place */
        choose(net, followed);
        follow(net, followed);
        check(net, followed);
        struct load load = {
                .net = net,
                .instance = "contracts-1",
                .method = "contracts.ContractFacts",
                .passport = net_sign(net, net_passport(net, TYPES__ROLE__FACILITATOR, NULL, &arena), &arena),
                .clients = 1,
                .window = 1,
                .seconds = context->seconds,
                .make = make_query,
                .argument = followed,
        };
        load_run(&load);
        net_stop(net);
        struct samples postgresql = postgresql_facts(context, CONTRACTS);
        double ours = samples_percentile(&load.latencies, 50), theirs = samples_percentile(&postgresql, 50);
        bench_put(result, "contracts", CONTRACTS);
        bench_put(result, "p50_us", ours);
        bench_put(result, "p99_us", samples_percentile(&load.latencies, 99));
        bench_put(result, "postgresql_p50_us", theirs);
        bench_put(result, "postgresql_p99_us", samples_percentile(&postgresql, 99));
        bench_put(result, "ratio", ours > 0 ? theirs / ours : 0);
        samples_free(&load.latencies);
        samples_free(&postgresql);
        free(followed);
        return result;
}
