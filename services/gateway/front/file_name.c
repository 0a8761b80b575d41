#include "services/gateway/front/file_name.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"

enum { NAME_SIZE = 4 * FILE_NAME_CHARACTERS_MAX + 1 };

static bool is_plain(unsigned char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Of a title that is UTF-8: so many characters, those that may not be there as a space, spaces as one. */
static size_t clean(const char *title, char ret[NAME_SIZE])
{
        size_t used = 0, characters = 0;
        for (const char *at = title; *at != '\0'; at++) {
                unsigned char c = (unsigned char)*at;
                bool begins_character = (c & 0xc0) != 0x80;
                bool is_bad = c <= 0x20 || c == 0x7f || strchr("/\\:*?\"<>|%;", c) != NULL;
                if (begins_character && characters++ == FILE_NAME_CHARACTERS_MAX)
                        break;
                bool is_first = used == 0 || ret[used - 1] == ' ';
                if (is_bad ? is_first : (c == '.' && is_first))
                        continue;
                ret[used++] = is_bad ? ' ' : (char)c;
        }
        while (used > 0 && (ret[used - 1] == ' ' || ret[used - 1] == '.'))
                used--;
        ret[used] = '\0';
        return used;
}

const char *file_disposition(const char *title, const char *ending, struct arena *arena)
{
        char name[NAME_SIZE], plain[NAME_SIZE], encoded[3 * NAME_SIZE];
        size_t used = 0, count = 0;
        if (!utf8_valid(title, strlen(title)) || clean(title, name) == 0)
                (void)snprintf(name, sizeof(name), "document");
        for (const char *at = name; *at != '\0'; at++) {
                unsigned char c = (unsigned char)*at;
                if ((c & 0xc0) != 0x80)
                        plain[count++] = is_plain(c) ? (char)c : c == ' ' ? '-' : '_';
                used += (size_t)snprintf(encoded + used, sizeof(encoded) - used, is_plain(c) ? "%c" : "%%%02X", c);
        }
        plain[count] = '\0';
        return arena_printf(arena, "attachment; filename=\"%s.%s\"; filename*=UTF-8''%s.%s", plain, ending, encoded,
                            ending);
}
