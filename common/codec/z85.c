#include "common/codec/z85.h"

#include <string.h>

#include "common/base/require.h"

static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

void z85_encode(struct slice bytes, char *ret_text)
{
        require(bytes.size % 4 == 0);
        for (size_t i = 0; i < bytes.size; i += 4) {
                uint32_t word = 0;
                for (size_t k = 0; k < 4; k++)
                        word = word << 8 | bytes.data[i + k];
                for (int digit = 4; digit >= 0; digit--) {
                        ret_text[digit] = alphabet[word % 85];
                        word /= 85;
                }
                ret_text += 5;
        }
        *ret_text = '\0';
}

bool z85_is_key(const char *text)
{
        return text != NULL && strlen(text) == Z85_KEY_SIZE - 1 && strspn(text, alphabet) == Z85_KEY_SIZE - 1;
}
