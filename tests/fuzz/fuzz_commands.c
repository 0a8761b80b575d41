/* The body of a request, as it comes from a peer: the first two bytes pick a method of the catalogue, the rest is its
 * input message. What validate_message() accepts must survive both of its forms, protobuf and JSON, and be accepted
 * again. */
#include "tests/fuzz/replay.h"

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/catalogue.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/validate.h"
#include "tests/lib/fill.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

/* The input of the n-th method of the catalogue, commands and queries, counted around. */
static const ProtobufCMessageDescriptor *pick(unsigned n)
{
        for (const struct catalogue_service *service = catalogue;; service++) {
                if (service->name == NULL)
                        service = catalogue;
                const ProtobufCServiceDescriptor *blocks[] = {service->commands, service->queries};
                for (size_t b = 0; b < ARRAY_SIZE(blocks); b++) {
                        unsigned count = blocks[b] == NULL ? 0 : blocks[b]->n_methods;
                        if (n < count)
                                return blocks[b]->methods[n].input;
                        n -= count;
                }
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        scoped(arena_fini) struct arena arena = {0};
        scoped(drop) json_t *json = NULL;
        struct refusal refusal = {0};

        if (size < 2)
                return 0;
        const ProtobufCMessageDescriptor *type = pick(data[0] | (unsigned)data[1] << 8);
        ProtobufCMessage *message = pb_decode(type, slice_of(data + 2, size - 2), &arena);
        if (message == NULL)
                return 0;
        if (!validate_message(message, day_of_number(FILL_TODAY), &refusal)) {
                require(refusal.text[0] != '\0' && utf8_valid(refusal.text, strlen(refusal.text)));
                require(utf8_valid(refusal.field, strlen(refusal.field)));
                return 0;
        }

        struct slice bytes = pb_encode(message, &arena);
        ProtobufCMessage *again = pb_decode(type, bytes, &arena);
        require(again != NULL && validate_message(again, day_of_number(FILL_TODAY), &refusal));
        require(slice_equal(bytes, pb_encode(again, &arena)));

        json = json_of_message(message);
        require(json != NULL && json_to_message(json, type, &arena, &again, &refusal));
        require(slice_equal(bytes, pb_encode(again, &arena)));
        return 0;
}
