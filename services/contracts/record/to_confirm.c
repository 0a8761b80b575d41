#include "services/contracts/record/to_confirm.h"

#include <string.h>

#include "common/codec/pb.h"

void to_confirm_add(struct to_confirm *list, char *text)
{
        list->texts = pb_append(list->texts, &list->count, sizeof(char *), list->arena);
        list->texts[list->count - 1] = text;
}

void to_confirm_source(struct to_confirm *list, const char *what, const char *source)
{
        if (strstr(source, "à confirmer") != NULL)
                to_confirm_add(list, arena_printf(list->arena, "%s : %s", what, source));
}
