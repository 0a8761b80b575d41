#include "services/gateway/front/key_use.h"

#include <string.h>

#include "accounts/commands.pb-c.h"
#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"

/* Said a moment ago, and not come back with accounts' events yet: not said again meanwhile. */
static bool was_just_told(struct gateway *gateway, const Wire__Passport *passport, int64_t now_ms)
{
        enum { AGAIN_MS = 60 * 1000 };
        struct told_use *slot = &gateway->told_uses[passport->key->value.data[sizeof(struct id) - 1] % TOLD_USES];
        struct id key = id_of(passport->key);
        if (id_equal(slot->key, key) && now_ms - slot->at_ms < AGAIN_MS && now_ms >= slot->at_ms)
                return true;
        *slot = (struct told_use){key, now_ms};
        return false;
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        (void)argument;
        (void)err;
        (void)reply;
        (void)arena;
}

void key_use_note(struct gateway *gateway, const struct session *session)
{
        struct service *service = gateway_service(gateway);
        struct world *world = engine_world(service_engine(service));
        const struct instance *accounts = topology_of_service(service_topology(service), "accounts", 0);
        int64_t now_ms = world->now_ms(world);
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;

        const bool is_told = session->used_on >= day_number(local_day("", now_ms)) && now_ms < session->touch_at_ms;
        if (session->passport->key == NULL || is_told || was_just_told(gateway, session->passport, now_ms))
                return;
        struct id id = id_new(world, now_ms, 0);
        const struct client_target target = {accounts->name, accounts->endpoint, accounts->public_key};
        envelope.version = 1;
        envelope.method = (char[]){"accounts.NoteKeyUse"};
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(session->signed_passport);
        client_ask(service_client(service), &target, &envelope, (uint32_t)gateway->settings.command_timeout_ms,
                   on_answer, NULL);
}
