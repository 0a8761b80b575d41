/* The first byte and the size pick a message type, the rest is JSON for it. What is accepted must come out as JSON that
 * is accepted again and means the same; what is refused must say so in a text. */
#include "tests/fuzz/replay.h"

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/catalogue.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

/* The n-th input of the catalogue, counted around. */
static const ProtobufCMessageDescriptor *pick(unsigned n)
{
        const ProtobufCMessageDescriptor *types[1024];
        unsigned count = 0;

        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                const ProtobufCServiceDescriptor *blocks[] = {service->commands, service->queries};
                if (service->event != NULL)
                        types[count++] = service->event;
                for (size_t b = 0; b < ARRAY_SIZE(blocks); b++)
                        for (unsigned i = 0; blocks[b] != NULL && i < blocks[b]->n_methods; i++) {
                                require(count + 3 < ARRAY_SIZE(types));
                                types[count++] = blocks[b]->methods[i].input;
                                types[count++] = blocks[b]->methods[i].output;
                        }
        }
        return types[n % count];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        scoped(arena_fini) struct arena arena = {0};
        scoped(drop) json_t *json = NULL;
        scoped(drop) json_t *again = NULL;
        ProtobufCMessage *message, *same;
        struct refusal refusal = {0};

        if (size == 0)
                return 0;
        const ProtobufCMessageDescriptor *type = pick(data[0] + 256 * (unsigned)(size % 4));
        if (!json_of_text(slice_of(data + 1, size - 1), &json, &refusal) ||
            !json_to_message(json, type, &arena, &message, &refusal)) {
                require(refusal.text[0] != '\0' && utf8_valid(refusal.text, strlen(refusal.text)));
                return 0;
        }
        again = json_of_message(message);
        require(again != NULL && json_to_message(again, type, &arena, &same, &refusal));
        require(slice_equal(pb_encode(message, &arena), pb_encode(same, &arena)));
        return 0;
}
