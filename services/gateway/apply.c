#include "services/gateway/apply.h"

#include "gateway/events.pb-c.h"
#include "services/gateway/store.h"

static void apply_revoked(struct txn *txn, struct arena *arena, const Gateway__UserRevoked *revoked)
{
        const Gateway__UserCreated *user = store_find_user(txn, revoked->name, arena);
        if (user != NULL)
                store_revoke_user(txn, user);
}

void gateway_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Gateway__Event *body = event->body;

        switch ((int)body->body_case) {
        case GATEWAY__EVENT__BODY_USER_CREATED: store_put_user(txn, body->user_created, arena); break;
        case GATEWAY__EVENT__BODY_USER_REVOKED: apply_revoked(txn, arena, body->user_revoked); break;
        }
}
