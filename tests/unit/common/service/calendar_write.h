/* calendar_write.h: the writer's turn of what a job wants recorded, on an engine without a writer thread. */
#ifndef TESTS_UNIT_COMMON_SERVICE_CALENDAR_WRITE_H
#define TESTS_UNIT_COMMON_SERVICE_CALENDAR_WRITE_H

#include "common/service/engine.h"
#include "common/service/item.h"

static inline int calendar_write(struct engine *engine, void (*fn)(struct work *work, void *of), void *of)
{
        struct err_info info = {0};
        struct item *item = item_new(engine);
        item->kind = ITEM_INTERNAL;
        item->fn = fn;
        item->argument = of;
        int err = engine_run(engine, item, &info);
        if (err == 0)
                err = item->err;
        item_free(engine, &item);
        return err;
}

#endif
