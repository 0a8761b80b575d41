#include "services/gateway/front/encoding.h"

#include <libdeflate.h>
#include <string.h>
#include <strings.h>

#include "common/base/require.h"

/* Whether "; q=0", "; q=0.000" stands behind the name: the asker does not want it. */
static bool is_refused(const char *parameters, size_t size)
{
        const char *q = memchr(parameters, '=', size);
        if (q == NULL)
                return false;
        size_t left = size - (size_t)(q + 1 - parameters);
        return left > 0 && strspn(q + 1, "0. \t") >= left;
}

bool encoding_takes_gzip(const char *accept_encoding)
{
        bool takes = false;
        for (const char *at = accept_encoding; at != NULL && *at != '\0';) {
                at += strspn(at, ", \t");
                size_t size = strcspn(at, ","), name = strcspn(at, ",; \t");
                if (name == 4 && strncasecmp(at, "gzip", name) == 0) /* the name goes before the star */
                        return !is_refused(at + name, size - name);
                if (name == 1 && *at == '*')
                        takes = !is_refused(at + name, size - name);
                at += size;
        }
        return takes;
}

struct slice encoding_gzip(struct slice plain, int level, struct arena *arena)
{
        const struct slice nothing = {0};
        if (plain.size < ENCODING_LEAST)
                return nothing;
        struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
        require(compressor != NULL);
        size_t room = plain.size - plain.size / 10;
        uint8_t *bytes = arena_alloc(arena, room);
        size_t size = libdeflate_gzip_compress(compressor, plain.data, plain.size, bytes, room);
        libdeflate_free_compressor(compressor);
        return size == 0 ? nothing : slice_of(bytes, size);
}
