/* z85.h: the text form of CURVE keys (ZeroMQ RFC 32): four bytes become five printable characters. Here because tools
 * make and check keys without a socket; ZeroMQ's own coder stays behind common/bus. Nothing is allocated. */
#ifndef COMMON_CODEC_Z85_H
#define COMMON_CODEC_Z85_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

enum { Z85_KEY_SIZE = 41 }; /* of 32 bytes, with its end */

#define Z85_TEXT_SIZE(bytes) ((bytes) / 4 * 5 + 1)

/* `bytes.size` is a multiple of 4 (anything else is a bug); ret_text has Z85_TEXT_SIZE(bytes.size) characters. */
void z85_encode(struct slice bytes, char *ret_text);
/* Is it the text of a CURVE key: 40 characters of the alphabet? NULL is not. */
bool z85_is_key(const char *text);

#endif
