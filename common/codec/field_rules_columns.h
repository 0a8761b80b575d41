/* field_rules_columns.h: how the rows of field_rules.h are written, for the files that hold them; the parts that they
 * make. */
#ifndef COMMON_CODEC_FIELD_RULES_COLUMNS_H
#define COMMON_CODEC_FIELD_RULES_COLUMNS_H

#include "common/codec/field_rules.h"

enum { WORD = 60, LINE = 200, NAME = 300, SENTENCES = 500, PARAGRAPH = 1000, LETTER = 2000, PAGE = BOUND_CHARACTERS };
enum { HOUR = 100, EURO = 100 };

#define REQUIRED      .presence = PRESENCE_REQUIRED
#define PAST          .day = DAY_PAST
#define BETWEEN(A, B) .least = (A), .most = (B)
#define AT_LEAST(A)   .least = (A), .most = FIELD_NO_MOST

extern const struct field_rule contracts_field_rules[];
extern const size_t contracts_field_rule_count;

#endif
