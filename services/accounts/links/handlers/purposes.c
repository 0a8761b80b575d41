/* LinkPurposes: what a link may be made for by who asks, and what each is about. Caller: who may make links. */
#include "accounts/calls.h"

#include "common/codec/link_purpose.h"
#include "common/codec/path.h"
#include "common/service/work.h"

static Accounts__LinkPurposeView *view_of(const struct work *work, const struct link_purpose *purpose)
{
        Accounts__LinkPurposeView *view = pb_new(&accounts__link_purpose_view__descriptor, work->arena);
        char *object = arena_text(work->arena, purpose->object);
        path_to_json(object);
        view->purpose = purpose->purpose;
        view->object = object;
        view->of_month = purpose->month != NULL;
        view->method = arena_text(work->arena, purpose->method);
        for (Types__Role role = TYPES__ROLE__FACILITATOR; role <= TYPES__ROLE__DATA_PROTECTION; role++) {
                if ((purpose->roles & (1u << role)) == 0)
                        continue;
                view->roles = pb_append(view->roles, &view->n_roles, sizeof(*view->roles), work->arena);
                view->roles[view->n_roles - 1] = role;
        }
        return view;
}

struct reply handle_link_purposes(struct work *work, const ProtobufCMessage *message)
{
        Accounts__LinkPurposesReply *reply = pb_new(&accounts__link_purposes_reply__descriptor, work->arena);
        const struct link_purpose *purpose;
        (void)message;
        for (size_t i = 0; (purpose = link_purpose_at(i)) != NULL; i++) {
                if ((purpose->makers & (1u << work->actor->role)) == 0)
                        continue;
                reply->purposes = pb_append(reply->purposes, &reply->n_purposes, sizeof(*reply->purposes), work->arena);
                reply->purposes[reply->n_purposes - 1] = view_of(work, purpose);
        }
        return reply_ok(work, reply);
}
