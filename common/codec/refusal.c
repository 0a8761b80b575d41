#include "common/codec/refusal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"

/* A text that was cut to fit may end in the middle of a character: take that piece away. */
static void trim_character(char *text)
{
        size_t length = strlen(text);
        for (size_t left = length; left > 0 && length - left < 4; left--)
                if (utf8_valid(text, left)) {
                        text[left] = '\0';
                        return;
                }
}

bool refuse(struct refusal *ret, Types__RefusalCode code, const char *field, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)vsnprintf(ret->text, sizeof(ret->text), format, args);
        va_end(args);
        (void)snprintf(ret->field, sizeof(ret->field), "%s", field);
        trim_character(ret->text);
        trim_character(ret->field);
        ret->code = code;
        return false;
}

Types__Refusal *refusal_to(struct arena *arena, const struct refusal *refusal)
{
        Types__Refusal *message = pb_new(&types__refusal__descriptor, arena);
        message->code = refusal->code;
        message->field = arena_text(arena, refusal->field);
        message->text = arena_text(arena, refusal->text);
        return message;
}
