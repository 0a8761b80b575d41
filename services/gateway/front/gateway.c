#include "services/gateway/front/gateway.h"

#include "common/service/engine.h"
#include "common/service/follow.h"

struct service *gateway_service(struct gateway *gateway)
{
        return gateway->service;
}
const struct pages *gateway_pages(const struct gateway *gateway)
{
        return gateway->pages;
}
uint64_t gateway_wait_s(struct gateway *gateway, struct id account)
{
        struct world *world = engine_world(service_engine(gateway->service));
        uint64_t wait_s = allowance_take(gateway->allowances, account, world->monotonic_us(world) / 1000);
        gateway->hurried += wait_s > 0;
        return wait_s;
}
uint64_t gateway_stranger_wait_s(struct gateway *gateway, struct id network)
{
        struct world *world = engine_world(service_engine(gateway->service));
        uint64_t wait_s = allowance_take(gateway->strangers_allowances, network, world->monotonic_us(world) / 1000);
        gateway->hurried += wait_s > 0;
        return wait_s;
}
void gateway_count_request(struct gateway *gateway)
{
        gateway->requests++;
}
void gateway_count_timeout(struct gateway *gateway)
{
        gateway->timeouts++;
}

static const struct session *open_session(struct gateway *gateway, const struct arrival *arrival)
{
        struct world *world = engine_world(service_engine(gateway->service));
        struct txn *txn = service_begin_read(gateway->service);
        const struct session *session = sessions_open(gateway->sessions, txn, arrival, world->now_ms(world));
        service_end_read(gateway->service, txn);
        return session;
}

const struct session *gateway_session_again(struct gateway *gateway, const char *authorization, const char *key)
{
        struct world *world = engine_world(service_engine(gateway->service));
        const struct session *session = NULL;
        struct id id;
        if (key == NULL || id_parse(key, &id) != 0)
                return NULL;
        struct txn *txn = service_begin_read(gateway->service);
        session = sessions_open_again(gateway->sessions, txn, authorization, &id, world->now_ms(world));
        service_end_read(gateway->service, txn);
        return session;
}

const struct session *gateway_listener(void *gateway, const char *authorization)
{
        return open_session(gateway, &(struct arrival){authorization, ""});
}

bool gateway_stands(void *context, const char *authorization)
{
        struct gateway *gateway = context;
        struct world *world = engine_world(service_engine(gateway->service));
        struct txn *txn = service_begin_read(gateway->service);
        bool stands = sessions_stand(txn, authorization, world->now_ms(world));
        service_end_read(gateway->service, txn);
        return stands;
}

uint64_t gateway_knows_up_to(void *argument)
{
        struct gateway *gateway = argument;
        const struct instance *accounts = topology_of_service(service_topology(gateway->service), "accounts", 0);
        return engine_source_position(service_engine(gateway->service), accounts->name);
}

void gateway_when_known(void *context, uint64_t position, struct arena *arena, void (*then)(void *), void *argument)
{
        struct gateway *gateway = context;
        struct catch_up *waiting = arena_zalloc(arena, sizeof(*waiting));
        waiting->then = then;
        waiting->argument = argument;
        catch_up_wait(gateway->catch_ups, waiting, position);
}

bool gateway_is_ready(struct gateway *gateway)
{
        return !engine_is_filling(service_engine(gateway->service)) && gateway_knows_up_to(gateway) > 0;
}

const struct session *gateway_session(struct gateway *gateway, const struct arrival *arrival)
{
        const struct session *session = open_session(gateway, arrival);
        if (session == NULL)
                gateway->strangers++;
        return session;
}
