#include "services/gateway/door/cookie.h"

#include <inttypes.h>
#include <string.h>

static struct slice trimmed(struct slice part)
{
        while (part.size > 0 && part.data[0] == ' ')
                part = slice_of(part.data + 1, part.size - 1);
        while (part.size > 0 && part.data[part.size - 1] == ' ')
                part.size--;
        return part;
}

bool cookie_find(struct slice header, const char *name, struct slice *ret)
{
        const size_t size = strlen(name);
        bool found = false;
        for (struct slice rest = header; rest.size > 0;) {
                const uint8_t *end = memchr(rest.data, ';', rest.size);
                struct slice one = trimmed(slice_of(rest.data, end == NULL ? rest.size : (size_t)(end - rest.data)));
                rest = end == NULL ? (struct slice){0} : slice_of(end + 1, rest.size - (size_t)(end + 1 - rest.data));
                if (one.size <= size + 1 || memcmp(one.data, name, size) != 0 || one.data[size] != '=')
                        continue;
                if (found) {
                        *ret = (struct slice){0};
                        return false;
                }
                found = true;
                *ret = slice_of(one.data + size + 1, one.size - size - 1);
        }
        return found;
}

char *cookie_kept(const char *name, const char *value, int64_t life_s, struct arena *arena)
{
        static const char guards[] = "Path=/; Secure; HttpOnly; SameSite=Lax";
        if (life_s == 0)
                return arena_printf(arena, "%s=%s; %s", name, value, guards);
        return arena_printf(arena, "%s=%s; Max-Age=%" PRId64 "; %s", name, value, life_s < 0 ? 0 : life_s, guards);
}
