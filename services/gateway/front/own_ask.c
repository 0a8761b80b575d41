#include "services/gateway/front/own_ask.h"

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/service/engine.h"

enum { SENDINGS = 3, PASSPORT_MS = 300000 };

struct own_asked {
        struct gateway *gateway;
        struct arena *arena;
        struct catalogue_method method;
        Wire__Envelope envelope;
        struct client_target target;
        struct id id;
        unsigned sendings_left;
        own_told_f then;
        void *argument;
        struct own_told told;
        struct catch_up catch_up;
};

static void tell(void *argument)
{
        struct own_asked *asked = argument;
        asked->then(asked->argument, &asked->told);
}

static void send_asked(struct own_asked *asked);

static void on_reply(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct own_asked *asked = argument;
        (void)arena;
        if (err != 0 && asked->sendings_left > 0) {
                send_asked(asked); /* the same id: done once, however often it is sent */
                return;
        }
        if (err != 0)
                gateway_count_timeout(asked->gateway);
        else if (reply->outcome_case == WIRE__REPLY__OUTCOME_BODY)
                asked->told.body = pb_decode(asked->method.method->output,
                                             arena_copy_slice(asked->arena, pb_slice(reply->body)), asked->arena);
        else if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                asked->told.refusal =
                        pb_decode(&types__refusal__descriptor, pb_encode(reply->refusal, asked->arena), asked->arena);
        if (asked->told.body != NULL && asked->method.is_command)
                catch_up_wait(asked->gateway->catch_ups, &asked->catch_up, reply->position);
        else
                tell(asked);
}

static void send_asked(struct own_asked *asked)
{
        asked->sendings_left--;
        client_ask(service_client(gateway_service(asked->gateway)), &asked->target, &asked->envelope,
                   (uint32_t)asked->gateway->settings.command_timeout_ms, on_reply, asked);
}

static struct slice own_passport(struct service *service, int64_t now_ms, struct arena *arena)
{
        static char *everywhere[] = {(char *)(uintptr_t) "*"};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = arena_text(arena, service_instance(service)->name);
        passport.signer = passport.user;
        passport.role = TYPES__ROLE__SERVICE;
        passport.territories = everywhere;
        passport.n_territories = 1;
        passport.expires_at_ms = now_ms + PASSPORT_MS;
        return service_sign_passport(service, &passport, arena);
}

void own_ask(struct gateway *gateway, struct arena *arena, const char *method, const void *request, own_told_f then,
             void *argument)
{
        struct service *service = gateway_service(gateway);
        struct world *world = engine_world(service_engine(service));
        const struct instance *accounts = topology_of_service(service_topology(service), "accounts", 0);
        struct own_asked *asked = arena_zalloc(arena, sizeof(*asked));
        asked->gateway = gateway;
        asked->arena = arena;
        asked->then = then;
        asked->argument = argument;
        asked->catch_up = (struct catch_up){tell, asked};
        asked->target = (struct client_target){accounts->name, accounts->endpoint, accounts->public_key};
        asked->id = id_new(world, world->now_ms(world), 0);
        wire__envelope__init(&asked->envelope);
        asked->envelope.version = 1;
        asked->envelope.method = arena_printf(arena, "accounts.%s", method);
        require(catalogue_method(asked->envelope.method, &asked->method));
        asked->sendings_left = asked->method.is_command ? SENDINGS : 1;
        asked->envelope.id = pb_bytes(id_slice(&asked->id));
        asked->envelope.passport = pb_bytes(own_passport(service, world->now_ms(world), arena));
        asked->envelope.body = pb_bytes(pb_encode(request, arena));
        send_asked(asked);
}
