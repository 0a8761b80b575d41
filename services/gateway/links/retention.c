#include "services/gateway/links/retention.h"

#include <jansson.h>
#include <string.h>

/* The last version that counts on that day; days compare as texts. */
static const json_t *version_of(const json_t *rule, const char *today)
{
        const json_t *version, *found = NULL;
        size_t i;
        json_array_foreach (json_object_get(rule, "versions"), i, version) {
                const char *from = json_string_value(json_object_get(version, "valid_from"));
                if (from != NULL && strcmp(from, today) <= 0)
                        found = version;
        }
        return found;
}

static const char *text_of(const json_t *object, const char *key, struct arena *arena)
{
        const char *text = json_string_value(json_object_get(object, key));
        return arena_text(arena, text == NULL ? "" : text);
}

void retention_load(const char *directory, const char *today, struct arena *arena, struct retention *ret)
{
        json_t *rule = json_load_file(arena_printf(arena, "%s/privacy.json", directory), 0, NULL);
        const json_t *version = version_of(rule, today), *sharing;
        size_t i;
        *ret = (struct retention){0};
        const json_t *kept = json_object_get(version, "retention");
        ret->months = (unsigned)json_integer_value(json_object_get(kept, "person_months"));
        ret->contract_months = (unsigned)json_integer_value(json_object_get(kept, "contract_file_months"));
        json_array_foreach (json_object_get(version, "sharings"), i, sharing) {
                if (ret->sharing_count == SHARINGS_MAX)
                        break;
                ret->sharings[ret->sharing_count++] = (struct sharing){
                        text_of(sharing, "recipient", arena),
                        text_of(sharing, "content", arena),
                        text_of(sharing, "basis", arena),
                };
        }
        json_decref(rule);
}
