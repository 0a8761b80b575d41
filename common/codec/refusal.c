#include "common/codec/refusal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/path.h"
#include "common/codec/pb.h"

/* Is what is left the beginning of a character whose end was cut off? */
static bool is_cut_character(const char *text, size_t left)
{
        for (size_t i = 1; i < left; i++)
                if (((unsigned char)text[i] & 0xc0) != 0x80)
                        return false;
        return left < 4 && (unsigned char)text[0] >= 0xc2;
}

/* A text that was cut to fit may end in the middle of a character: that piece is taken away. What a peer sent may have
 * been cut within the text ("%.60s"), or be no UTF-8 at all: such bytes become "?". */
static void mend(char *text)
{
        for (size_t left = strlen(text); left > 0;) {
                size_t size = utf8_sequence(text, left);
                if (size == 0 && is_cut_character(text, left)) {
                        *text = '\0';
                        return;
                }
                if (size == 0) {
                        *text = '?';
                        size = 1;
                }
                text += size;
                left -= size;
        }
}

bool refuse(struct refusal *ret, Types__RefusalCode code, const char *field, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)vsnprintf(ret->text, sizeof(ret->text), format, args);
        va_end(args);
        (void)snprintf(ret->field, sizeof(ret->field), "%s", field);
        path_to_json(ret->field);
        mend(ret->text);
        mend(ret->field);
        ret->code = code;
        ret->moved_to = 0;
        return false;
}

Types__Refusal *refusal_to(struct arena *arena, const struct refusal *refusal)
{
        Types__Refusal *message = pb_new(&types__refusal__descriptor, arena);
        message->code = refusal->code;
        message->field = arena_text(arena, refusal->field);
        message->text = arena_text(arena, refusal->text);
        message->moved_to = refusal->moved_to;
        return message;
}
