/* trades.h: the trades of the ROME, by its version in force on a day (deploy/rules/rome.json). Read by any thread,
 * changed by none. */
#ifndef SERVICES_DIRECTORY_GEOGRAPHY_TRADES_H
#define SERVICES_DIRECTORY_GEOGRAPHY_TRADES_H

#include "common/codec/dated.h"
#include "services/directory/words/word_list.h"
#include "tracking/eligibility.pb-c.h"

struct trades;

/* ERR_NOT_FOUND, ERR_CONFIG: there are no such rules, or they are not well formed. */
int trades_load(const char *rules_directory, struct trades **ret, struct err_info *info) ATTR_MUST_CHECK;
void trades_free(struct trades *trades); /* accepts NULL */

const Tracking__RomeVersion *trades_version(const struct trades *trades, struct day day);
const Tracking__RomeTrade *trades_of_code(const struct trades *trades, struct day day, const char *code); /* or NULL */
/* Tracking__RomeTrade, by words of a label, or by the beginning of a code. */
void trades_find(const struct trades *trades, struct day day, const char *words, size_t most, struct best *ret);

#endif
