/* The first byte says in which pieces the rest comes to the guard of HTTP. However it is cut, the same requests pass
 * and the same flaw is found, and no head that passes holds a lone LF, a lone CR or a zero byte. */
#include "tests/fuzz/replay.h"

#include <string.h>

#include "common/base/require.h"
#include "services/gateway/door/guard.h"

struct outcome {
        size_t passed;
        size_t requests;
        const struct guard_flaw *flaw;
};

static void check_head(const char *head, size_t size)
{
        require(size >= 4 && memcmp(head + size - 4, "\r\n\r\n", 4) == 0);
        for (size_t i = 0; i < size; i++) {
                require(head[i] != '\0');
                require((head[i] == '\n') == (i > 0 && head[i - 1] == '\r'));
        }
}

static struct outcome look(const char *bytes, size_t size, size_t piece)
{
        struct guard guard = {0};
        struct outcome outcome = {0};
        for (size_t there = 0; there < size;) {
                there = size - there < piece ? size : there + piece;
                for (;;) {
                        struct guard_look look = guard_look(&guard, bytes + outcome.passed, there - outcome.passed);
                        if (look.verdict == GUARD_MORE)
                                break;
                        if (look.verdict == GUARD_FLAW) {
                                require(look.flaw->status >= 400 && look.instead != NULL && outcome.flaw == NULL);
                                outcome.flaw = look.flaw;
                                break;
                        }
                        require(look.size > 0 && look.size <= there - outcome.passed);
                        if (look.is_head)
                                check_head(bytes + outcome.passed, look.size);
                        outcome.passed += look.size;
                        outcome.requests += look.is_whole;
                }
        }
        return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        if (size == 0)
                return 0;
        const char *bytes = (const char *)data + 1;
        struct outcome whole = look(bytes, size - 1, size), cut = look(bytes, size - 1, (size_t)data[0] + 1);
        require(whole.passed == cut.passed && whole.requests == cut.requests && whole.flaw == cut.flaw);
        return 0;
}
