#include "common/service/keys.h"

#include <stdio.h>

struct look {
        struct vault_keys *keys;
        struct missing_keys found;
        uint64_t max;
};

static bool see(void *argument, struct id id)
{
        struct look *look = argument;
        if (look->found.looked_at++ == look->max)
                return false;
        if (!vault_keys_have(look->keys, id) && look->found.missing++ == 0)
                look->found.first = id;
        return true;
}

struct missing_keys keys_missing(const struct service_spec *spec, struct txn *txn, struct vault_keys *keys,
                                 uint64_t max)
{
        struct look look = {.keys = keys, .max = max};
        if (spec->each_key != NULL)
                spec->each_key(txn, see, &look);
        return look.found;
}

void keys_tell(const struct missing_keys *missing, const char *store, char ret_text[KEYS_TEXT_SIZE])
{
        char id[ID_TEXT_SIZE];
        id_format(missing->first, id);
        (void)snprintf(ret_text, KEYS_TEXT_SIZE,
                       "%.60s: %llu keys of persons or contacts are missing, first that of %s, and no event erased "
                       "them. Put keys/ back as it was saved with this store (guichetctl restore)",
                       store, (unsigned long long)missing->missing, id);
}
