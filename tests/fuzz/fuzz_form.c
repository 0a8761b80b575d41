/* A form as a browser sends it: whatever the bytes are, what is read of them is text, each name once, and reading it
 * written anew gives the same. */
#include "tests/fuzz/replay.h"

#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "services/gateway/links/form.h"

static char *encoded(const struct form *form, struct arena *arena)
{
        char *text = arena_text(arena, "");
        for (size_t i = 0; i < form->count; i++) {
                const char *parts[] = {form->fields[i].name, form->fields[i].value};
                for (size_t k = 0; k < 2; k++) {
                        text = arena_printf(arena, "%s%s", text, k == 1 ? "=" : i == 0 ? "" : "&");
                        for (const char *at = parts[k]; *at != '\0'; at++)
                                text = arena_printf(arena, "%s%%%02X", text, (unsigned)(uint8_t)*at);
                }
        }
        return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena arena scoped(arena_fini) = {0};
        struct form form, again;
        if (!form_parse(slice_of(data, size), &arena, &form))
                return 0;
        require(form.count <= FORM_FIELDS_MAX);
        size_t bytes = 0;
        for (size_t i = 0; i < form.count; i++) {
                const char *name = form.fields[i].name, *value = form.fields[i].value;
                require(utf8_valid(name, strlen(name)) && utf8_valid(value, strlen(value)));
                require(strcmp(form_value(&form, name), value) == 0); /* no name before it is the same */
                bytes += strlen(name) + strlen(value) + 2;
        }
        if (3 * bytes > 1024) /* written anew it would be larger than a form may be, or take long */
                return 0;
        const char *text = encoded(&form, &arena);
        require(form_parse(slice_of((const uint8_t *)text, strlen(text)), &arena, &again));
        require(again.count == form.count);
        for (size_t i = 0; i < form.count; i++)
                require(strcmp(again.fields[i].name, form.fields[i].name) == 0 &&
                        strcmp(again.fields[i].value, form.fields[i].value) == 0);
        return 0;
}
