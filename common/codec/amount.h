/* amount.h: which published amounts stand for "not known": 0, 1, 999999999, and what is out of all proportion. They are
 * kept and shown as published, and no daemon calculates with one or compares with it. The figures are dated rules
 * (deploy/rules/amounts.json). Pure. */
#ifndef COMMON_CODEC_AMOUNT_H
#define COMMON_CODEC_AMOUNT_H

#include "common/base/quantity.h"
#include "contracts/record.pb-c.h"

bool amount_stands_for_unknown(const Contracts__AmountRulesVersion *rules, struct money amount);

#endif
