/* Headers and a title that strangers wrote, one behind the other with a zero byte between: which bytes of a file are
 * wanted, where a body goes on, what a file is called. */
#include "tests/fuzz/replay.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "services/gateway/front/file_name.h"
#include "services/gateway/front/range.h"

enum { SIZE = 100000 };

static void check_range(const char *text)
{
        const struct range_wish wish = {text, NULL, "\"a\"", SIZE};
        uint64_t from, size;
        if (range_wanted(&wish, &from, &size) == RANGE_PART)
                require(size > 0 && from < SIZE && size <= SIZE - from);
        else
                require(from == 0 && size == SIZE);
        (void)range_sent(text, &from);
}

/* One header, which no title ends, and a name without a way out of its directory. */
static void check_name(const char *title)
{
        struct arena arena = {0};
        const char *said = file_disposition(title, "pdf", &arena);
        const char *name = strchr(said, '"') + 1;
        require(strncmp(said, "attachment; filename=\"", 22) == 0 && name[0] != '.');
        require(strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
                strcspn(name, "\""));
        for (const char *at = said; *at != '\0'; at++)
                require(*at >= 0x20 && *at < 0x7f && *at != '/' && *at != '\\');
        arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        char *text = malloc(size + 1);
        require(text != NULL);
        memcpy(text, data, size);
        text[size] = '\0';
        check_range(text);
        const char *title = memchr(text, '\0', size);
        check_name(title == NULL ? text : title + 1);
        free(text);
        return 0;
}
