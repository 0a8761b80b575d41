#include "services/notifications/deadlines/following.h"

#include "common/base/require.h"
#include "common/codec/pb.h"

enum { SUBJECTS_MAX = 100000 }; /* more than any contract has obligations, cases and questions */

void taking_touch(struct taking *taking, struct id thing)
{
        for (size_t i = 0; i < taking->count && i < 8; i++)
                if (id_equal(taking->subjects[i], thing))
                        return; /* the usual double: a thing that is put, and touched by its parent */
        if (taking->writes || taking->count == SUBJECTS_MAX || id_is_zero(thing))
                return;
        taking->subjects = pb_append(taking->subjects, &taking->count, sizeof(thing), taking->arena);
        taking->subjects[taking->count - 1] = thing;
}

void taking_touch_all_of(struct taking *taking, struct id parent)
{
        struct walk walk;
        struct id thing;
        if (taking->writes)
                return;
        followed_walk_of(taking->txn, parent, &walk);
        while (walk_next(&walk, &thing))
                taking_touch(taking, thing);
        walk_end(&walk);
}

void taking_put(struct taking *taking, struct id thing, Notifications__FollowedThing *row, const struct id *parents)
{
        if (id_is_zero(thing))
                return;
        if (taking->writes)
                followed_put(taking->txn, thing, row, parents, taking->arena);
        taking_touch(taking, thing);
}

void taking_gone(struct taking *taking, struct id thing)
{
        if (taking->writes)
                followed_delete(taking->txn, thing);
        taking_touch(taking, thing);
}

/* All members of the oneof stand at one place: each is a pointer to a message. */
Notifications__FollowedThing *taking_row(struct taking *taking, struct id thing,
                                         Notifications__FollowedThing__ThingCase is)
{
        Notifications__FollowedThing *row = followed_find(taking->txn, thing, taking->arena);
        if (row != NULL && row->thing_case == is)
                return row;
        const ProtobufCMessageDescriptor *type = &notifications__followed_thing__descriptor;
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(type, (unsigned)is);
        require(field != NULL);
        row = pb_new(type, taking->arena);
        row->thing_case = is;
        row->person = pb_new(field->descriptor, taking->arena);
        return row;
}

void taking_run(struct taking *taking, const struct followed_event *rows, size_t count, uint32_t kind,
                const void *message)
{
        for (size_t i = 0; i < count; i++)
                if (rows[i].kind == kind)
                        rows[i].take(taking, message);
}
