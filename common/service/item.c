#include "common/service/item.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/engine_inside.h"

enum { SPARE_ITEMS_MAX = 2048, SPARE_BYTES_MAX = 8192 };

/* Items come and go by the hundred thousand: keep their first block of memory. */
struct item *item_new(struct engine *engine)
{
        struct item *item = engine->spare;
        if (item == NULL) {
                item = calloc(1, sizeof(*item));
                require(item != NULL);
                return item;
        }
        engine->spare = item->next;
        engine->spare_count--;
        struct arena kept = item->arena;
        *item = (struct item){.arena = kept};
        return item;
}

void item_free(struct engine *engine, struct item **item)
{
        struct item *done = *item;
        *item = NULL;
        passport_release(done->passport);
        arena_reset(&done->arena);
        if (engine->spare_count >= SPARE_ITEMS_MAX || arena_bytes(&done->arena) > SPARE_BYTES_MAX) {
                arena_fini(&done->arena);
                free(done);
                return;
        }
        done->next = engine->spare;
        engine->spare = done;
        engine->spare_count++;
}
