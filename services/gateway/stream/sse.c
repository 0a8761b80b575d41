#include "services/gateway/stream/sse.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/json.h"

/* --- boxes -------------------------------------------------------------------------------------------------------- */

bool boxes_parse(const char *text, boxes_t *ret)
{
        boxes_t boxes = 0;
        for (const char *at = text; *at != '\0';) {
                char name[32];
                size_t size = strcspn(at, ",");
                if (size == 0 || size >= sizeof(name))
                        return false;
                memcpy(name, at, size);
                name[size] = '\0';
                const ProtobufCEnumValue *value =
                        protobuf_c_enum_descriptor_get_value_by_name(&notifications__notice_box__descriptor, name);
                if (value == NULL || value->value == NOTIFICATIONS__NOTICE_BOX__NOTICE_BOX_UNKNOWN)
                        return false;
                boxes |= 1u << value->value;
                at += size + (at[size] == ',');
        }
        *ret = boxes;
        return boxes != 0;
}

size_t boxes_list(boxes_t boxes, Notifications__NoticeBox ret[3])
{
        size_t count = 0;
        for (int box = NOTIFICATIONS__NOTICE_BOX__BOX_OWN; box <= NOTIFICATIONS__NOTICE_BOX__BOX_RECENT; box++)
                if ((boxes & 1u << box) != 0)
                        ret[count++] = (Notifications__NoticeBox)box;
        return count;
}

bool boxes_has(boxes_t boxes, Notifications__NoticeBox box)
{
        return boxes == 0 || (boxes & 1u << box) != 0;
}

bool sse_position(const char *text, uint64_t *ret)
{
        return text_to_u64(text, UINT64_MAX, ret) == 0;
}

/* --- events ------------------------------------------------------------------------------------------------------- */

/* Takes the reference. JSON of one line, as an event's data must be. */
static struct slice event(const char *name, uint64_t position, json_t *data, struct arena *arena)
{
        char *text = json_dumps(data, JSON_COMPACT);
        require(text != NULL);
        struct slice ret =
                slice_of_text(arena_printf(arena, "id: %" PRIu64 "\nevent: %s\ndata: %s\n\n", position, name, text));
        free(text);
        json_decref(data);
        return ret;
}

static json_t *position_json(uint64_t position)
{
        char text[24];
        (void)snprintf(text, sizeof(text), "%" PRIu64, position);
        return json_pack("{s:s}", "position", text);
}

static struct slice joined(struct slice one, struct slice other, struct arena *arena)
{
        uint8_t *bytes = arena_alloc(arena, one.size + other.size + 1);
        if (one.size > 0)
                memcpy(bytes, one.data, one.size);
        memcpy(bytes + one.size, other.data, other.size);
        return slice_of(bytes, one.size + other.size);
}

struct slice sse_open(uint64_t position, struct arena *arena)
{
        struct slice retry = slice_of_text(arena_printf(arena, "retry: %d\n", SSE_RETRY_MS));
        return joined(retry, event("open", position, position_json(position), arena), arena);
}

struct slice sse_notices(const Notifications__NewNoticesReply *reply, uint64_t after, boxes_t boxes,
                         struct arena *arena)
{
        struct slice all = {0};
        for (size_t i = 0; i < reply->n_notices;) {
                uint64_t position = reply->notices[i]->position;
                json_t *lines = json_array();
                for (; i < reply->n_notices && reply->notices[i]->position == position; i++)
                        if (position > after && boxes_has(boxes, reply->notices[i]->box))
                                require(json_array_append_new(lines, json_of_message(&reply->notices[i]->base)) == 0);
                if (json_array_size(lines) == 0)
                        json_decref(lines);
                else
                        all = joined(all, event("notices", position, json_pack("{s:o}", "notices", lines), arena),
                                     arena);
        }
        return all;
}

struct slice sse_heartbeat(uint64_t position, struct arena *arena)
{
        return slice_of_text(arena_printf(arena, ":\nid: %" PRIu64 "\n\n", position));
}

struct slice sse_reset(uint64_t position, struct arena *arena)
{
        return event("reset", position, position_json(position), arena);
}

struct slice sse_end(const char *code, struct arena *arena)
{
        return slice_of_text(arena_printf(arena, "event: end\ndata: {\"code\":\"%s\"}\n\n", code));
}
