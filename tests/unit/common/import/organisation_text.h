/* organisation_text.h: one row of a public list, read by its format. Included by the tests of the structures' readers.
 */
#ifndef TESTS_UNIT_COMMON_IMPORT_ORGANISATION_TEXT_H
#define TESTS_UNIT_COMMON_IMPORT_ORGANISATION_TEXT_H

#include "common/codec/pb.h"
#include "common/import/structures_row.h"
#include "tests/unit/common/import/reading.h"

/* `text` (JSON with ' for ") after `key` was set to `value`, or removed where that is NULL. */
static inline Directory__Organisation *organisation_with(struct reading *reading,
                                                         const struct structures_format *format, const char *text,
                                                         const char *key, const char *value)
{
        const struct json_tree *json = reading_variant(reading, text, key, value);

        reading_again(reading);
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, &reading->arena);
        struct node row = node_root(json);
        format->read(&reading->found, &row, organisation);
        return organisation;
}

#endif
