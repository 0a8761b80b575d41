/* dated.h: rules and texts that law or territory may change, as dated data: DIRECTORY/SUBJECT.json, decoded by the JSON
 * mapping into a message of this shape (field names are looked up, numbers are free):
 *
 *   message SomeRules { string subject; repeated SomeVersion versions; }
 *   message SomeVersion { string version; types.Day valid_from; string source; … }
 *
 * Versions follow each other in time; each is in force from its day until the next one's. Every message anywhere below
 * a version that has a field `source` must say it. Strict: an unknown name, a malformed quantity or a missing source is
 * ERR_CONFIG with the place, and the daemon does not start. Loaded once, read by any thread, changed by none. */
#ifndef COMMON_CODEC_DATED_H
#define COMMON_CODEC_DATED_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/err.h"

struct dated {
        struct arena arena;
        const ProtobufCMessage *root;
};

int dated_load(const char *directory, const char *subject, const ProtobufCMessageDescriptor *type, struct dated *ret,
               struct err_info *info) ATTR_MUST_CHECK;
void dated_fini(struct dated *dated); /* accepts a zeroed one */

/* The version in force on that day, to be cast to its type; the first one for a day before all. */
const void *dated_on(const struct dated *dated, struct day day);

#endif
