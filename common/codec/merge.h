/* merge.h: one change of a message taken back from what the message has become since.
 *
 * `before` and `after` are the message around that change, `today` is it as it stands; all of one type. Field by
 * field: what the change left alone stays; what it set is set back, where it still stands as it was set; elements
 * that it added to a list go, wherever they stand now, those that it replaced are replaced back, those that it took
 * away come back at the end. Messages inside are looked into, but for quantities, ids and days (package types), which
 * are one thing. Pure. */
#ifndef COMMON_CODEC_MERGE_H
#define COMMON_CODEC_MERGE_H

#include "common/base/arena.h"
#include "common/base/attr.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

/* Changes `today`, which then shares what `before` points to; new lists lie in the arena. False: something that the
 * change set was changed again since, *ret_field is its name; `today` is then half done and good for nothing.
 * `left_out` (NULL: none): fields of the outermost message that are not looked at, apart by spaces. */
struct merge {
        const ProtobufCMessage *before, *after;
        ProtobufCMessage *today;
        const char *left_out;
};
bool merge_back(const struct merge *merge, struct arena *arena, const char **ret_field) ATTR_MUST_CHECK;

#endif
