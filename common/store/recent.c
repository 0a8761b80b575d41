#include "common/store/recent.h"

#include <string.h>

void recent_keep(struct recent *recent, size_t table, struct slice key, struct slice value)
{
        if (key.size > RECENT_KEY_SIZE)
                return;
        size_t at = recent->count++ % RECENT_ROWS;
        recent->rows[at].table = table;
        recent->rows[at].key_size = key.size;
        memcpy(recent->rows[at].key, key.data, key.size);
        recent->rows[at].value = value;
}

bool recent_find(const struct recent *recent, size_t table, struct slice key, struct slice *ret_value)
{
        size_t count = recent->count < RECENT_ROWS ? recent->count : RECENT_ROWS;
        for (size_t i = 0; i < count; i++) {
                if (recent->rows[i].table != table || recent->rows[i].key_size != key.size ||
                    memcmp(recent->rows[i].key, key.data, key.size) != 0)
                        continue;
                *ret_value = recent->rows[i].value;
                return true;
        }
        return false;
}
