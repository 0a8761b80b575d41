/* place.h: where a published contract is carried out. Called by contracts (whom to look for people with) and reporting
 * (whose figures it counts in), which must agree. */
#ifndef COMMON_CODEC_PLACE_H
#define COMMON_CODEC_PLACE_H

#include "common/base/text.h"
#include "contracts/record.pb-c.h"

/* The department of the place (NULL: not told). False, with "", where it does not tell one: a region, a country, a code
 * that is none of its kind. */
bool place_territory(const Contracts__Place *place, char ret_territory[TERRITORY_TEXT_SIZE]);

#endif
