#include "services/gateway/apply.h"

#include "gateway/events.pb-c.h"
#include "services/gateway/store.h"
#include "services/gateway/user.h"

static void apply_revoked(struct txn *txn, struct arena *arena, const Gateway__UserRevoked *revoked)
{
        const Gateway__UserCreated *user = store_find_user(txn, revoked->name, arena);
        if (user != NULL)
                store_revoke_user(txn, user);
}

/* An account of before tokens had an end gets what a new one would have got that day. */
static void apply_created(struct txn *txn, struct arena *arena, const Gateway__UserCreated *created, int64_t at_ms)
{
        Gateway__UserCreated user = *created;
        if (user.token_ends == NULL)
                user.token_ends = instant_to(arena, token_end_ms(TOKEN_DAYS_DEFAULT, 0, at_ms));
        store_put_user(txn, &user, arena);
}

void gateway_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Gateway__Event *body = event->body;

        switch ((int)body->body_case) {
        case GATEWAY__EVENT__BODY_USER_CREATED: apply_created(txn, arena, body->user_created, event->at_ms); break;
        case GATEWAY__EVENT__BODY_USER_REVOKED: apply_revoked(txn, arena, body->user_revoked); break;
        }
}
