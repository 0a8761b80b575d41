#include "common/base/id.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>

#include "common/base/err.h"
#include "common/base/require.h"

static void put_ms(struct id *id, int64_t ms)
{
        for (int i = 0; i < 6; i++)
                id->b[i] = (uint8_t)((uint64_t)ms >> (40 - 8 * i));
}

static void put_version(struct id *id, unsigned version)
{
        id->b[6] = (uint8_t)((id->b[6] & 0x0f) | (version << 4));
        id->b[8] = (uint8_t)((id->b[8] & 0x3f) | 0x80);
}

struct id id_new(struct world *world, int64_t now_ms, uint32_t partition)
{
        require(partition <= ID_PARTITION_MAX);
        struct id id;
        world->random(world, id.b + 8, 8);
        put_ms(&id, now_ms);
        id.b[6] = (uint8_t)(partition >> 8);
        id.b[7] = (uint8_t)partition;
        put_version(&id, 7);
        return id;
}

struct id id_derived(int64_t ms, struct slice name)
{
        struct id id;
        require(crypto_generichash(id.b, sizeof(id.b), name.data, name.size, NULL, 0) == 0);
        put_ms(&id, ms);
        put_version(&id, 8);
        return id;
}

uint32_t id_partition(struct id id)
{
        return ((uint32_t)(id.b[6] & 0x0f) << 8) | id.b[7];
}

static int hex_value(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        c = (char)tolower((unsigned char)c);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int64_t id_instant_ms(struct id id)
{
        int64_t ms = 0;
        for (int i = 0; i < 6; i++)
                ms = ms << 8 | id.b[i];
        return ms;
}

int id_parse(const char *text, struct id *ret)
{
        struct id id;
        size_t at = 0;

        for (size_t i = 0; i < sizeof(id.b); i++) {
                if ((i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
                        return ERR_MALFORMED;
                int high = hex_value(text[at]);
                int low = high < 0 ? -1 : hex_value(text[at + 1]);
                if (low < 0)
                        return ERR_MALFORMED;
                id.b[i] = (uint8_t)(high * 16 + low);
                at += 2;
        }
        if (text[at] != '\0')
                return ERR_MALFORMED;
        *ret = id;
        return 0;
}

void id_format(struct id id, char ret_text[ID_TEXT_SIZE])
{
        static const char digits[] = "0123456789abcdef";
        char *out = ret_text;

        for (size_t i = 0; i < sizeof(id.b); i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10)
                        *out++ = '-';
                *out++ = digits[id.b[i] >> 4];
                *out++ = digits[id.b[i] & 0x0f];
        }
        *out = '\0';
}
