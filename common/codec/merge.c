#include "common/codec/merge.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/pb_member.h"

typedef const ProtobufCFieldDescriptor field_type;

/* ---- equal */

static bool same_text(const char *a, const char *b)
{
        return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static bool same_bytes(const ProtobufCBinaryData *a, const ProtobufCBinaryData *b)
{
        return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static bool same_message(const ProtobufCMessage *a, const ProtobufCMessage *b, struct arena *arena)
{
        if (a == NULL || b == NULL)
                return a == b;
        struct slice left = pb_encode(a, arena), right = pb_encode(b, arena);
        return left.size == right.size && (left.size == 0 || memcmp(left.data, right.data, left.size) == 0);
}

/* Two values of a field: its member, or an element of its list. */
static bool same(field_type *field, const void *a, const void *b, struct arena *arena)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING: return same_text(*(char *const *)a, *(char *const *)b);
        case PROTOBUF_C_TYPE_BYTES: return same_bytes(a, b);
        case PROTOBUF_C_TYPE_MESSAGE:
                return same_message(*(const ProtobufCMessage *const *)a, *(const ProtobufCMessage *const *)b, arena);
        default: return memcmp(a, b, pb_value_size(field)) == 0;
        }
}

/* ---- lists */

struct list {
        uint8_t *items;
        size_t count;
};

static struct list list_of(field_type *field, const ProtobufCMessage *message)
{
        return (struct list){*(uint8_t *const *)pb_member(message, field->offset),
                             *(const size_t *)pb_member(message, field->quantifier_offset)};
}

static bool find(field_type *field, const struct list *list, const void *item, struct arena *arena, size_t *ret)
{
        size_t size = pb_value_size(field);
        for (size_t i = list->count; i-- > 0;)
                if (same(field, list->items + i * size, item, arena)) {
                        *ret = i;
                        return true;
                }
        return false;
}

/* What the change replaced at a place of the list, or put behind the others. */
static bool take_back_items(field_type *field, const struct list *before, const struct list *after, struct list *today,
                            struct arena *arena)
{
        size_t size = pb_value_size(field), at;
        for (size_t i = 0; i < after->count; i++) {
                const uint8_t *was = i < before->count ? before->items + i * size : NULL;
                const uint8_t *set = after->items + i * size;
                if (was != NULL && same(field, was, set, arena))
                        continue;
                if (!find(field, today, set, arena, &at))
                        return false;
                uint8_t *here = today->items + at * size;
                if (was != NULL)
                        memcpy(here, was, size);
                else
                        memmove(here, here + size, (--today->count - at) * size);
        }
        return true;
}

static bool merge_list(field_type *field, const struct merge *merge, struct arena *arena)
{
        struct list before = list_of(field, merge->before), after = list_of(field, merge->after);
        struct list now = list_of(field, merge->today), today = {NULL, now.count};
        size_t size = pb_value_size(field), gone = before.count > after.count ? before.count - after.count : 0;

        today.items = arena_zalloc(arena, (now.count + gone + 1) * size);
        if (now.count > 0)
                memcpy(today.items, now.items, now.count * size);
        if (!take_back_items(field, &before, &after, &today, arena))
                return false;
        if (gone > 0)
                memcpy(today.items + today.count * size, before.items + after.count * size, gone * size);
        *(uint8_t **)pb_member_to_set(merge->today, field->offset) = today.items;
        *(size_t *)pb_member_to_set(merge->today, field->quantifier_offset) = today.count + gone;
        return true;
}

/* ---- one field */

static bool is_one_thing(const ProtobufCMessageDescriptor *type)
{
        if (strcmp(type->package_name, "types") == 0)
                return true;
        for (unsigned i = 0; i < type->n_fields; i++)
                if ((type->fields[i].flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
                        return true;
        return false;
}

static bool merge_inside(field_type *field, const struct merge *merge, struct arena *arena, bool *ret_done)
{
        const char *ignored;
        struct merge inside = {*(ProtobufCMessage *const *)pb_member(merge->before, field->offset),
                               *(ProtobufCMessage *const *)pb_member(merge->after, field->offset),
                               *(ProtobufCMessage *const *)pb_member(merge->today, field->offset), NULL};
        *ret_done = inside.before != NULL && inside.after != NULL && inside.today != NULL &&
                    !is_one_thing(field->descriptor);
        return !*ret_done || merge_back(&inside, arena, &ignored);
}

static bool merge_field(field_type *field, const struct merge *merge, struct arena *arena)
{
        bool done = false;
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                return merge_list(field, merge, arena);
        const void *before = pb_member(merge->before, field->offset), *after = pb_member(merge->after, field->offset);
        if (same(field, before, after, arena))
                return true;
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && !merge_inside(field, merge, arena, &done))
                return false;
        if (done)
                return true;
        if (!same(field, after, pb_member(merge->today, field->offset), arena))
                return false;
        memcpy(pb_member_to_set(merge->today, field->offset), before, pb_value_size(field));
        return true;
}

static bool is_left_out(const struct merge *merge, const char *name)
{
        size_t size = strlen(name);
        for (const char *at = merge->left_out; at != NULL && *at != '\0';
             at += strcspn(at, " ") + (strchr(at, ' ') != NULL)) {
                if (strncmp(at, name, size) == 0 && (at[size] == ' ' || at[size] == '\0'))
                        return true;
        }
        return false;
}

bool merge_back(const struct merge *merge, struct arena *arena, const char **ret_field)
{
        const ProtobufCMessageDescriptor *type = merge->today->descriptor;
        require(merge->before->descriptor == type && merge->after->descriptor == type);
        for (unsigned i = 0; i < type->n_fields; i++) {
                field_type *field = &type->fields[i];
                if (is_left_out(merge, field->name))
                        continue;
                if (!merge_field(field, merge, arena)) {
                        *ret_field = field->name;
                        return false;
                }
        }
        return true;
}
