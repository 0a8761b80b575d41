/* json_scan.h: where a JSON value ends, found by its brackets and strings alone. Called by json_stream.c only. */
#ifndef COMMON_IMPORT_JSON_SCAN_H
#define COMMON_IMPORT_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

/* The number of bytes of the value that starts at the first byte of `text` (which must not be blank), 0 where its end
 * is not in `text`. `lines_end_strings`: a string that reaches the end of its line ends there. */
size_t json_scan_value(struct slice text, bool lines_end_strings);

/* The number of bytes of the string that starts with the quote at the first byte, both quotes counted; 0 likewise. */
size_t json_scan_string(struct slice text, bool lines_end_strings);

#endif
