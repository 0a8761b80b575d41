/* place.h: where a published contract is carried out. Called by contracts (whom to look for people with) and reporting
 * (whose figures it counts in), which must agree. */
#ifndef COMMON_CODEC_PLACE_H
#define COMMON_CODEC_PLACE_H

#include "common/base/text.h"
#include "contracts/record.pb-c.h"

/* The department of the place (NULL: not told). False, with "", where it does not tell one: a region, a country, a code
 * that is none of its kind. */
bool place_territory(const Contracts__Place *place, char ret_territory[TERRITORY_TEXT_SIZE]);
/* The code that lost the zero at its front, or was given one too many ("031"), by what its kind's codes look like.
 * False: it is whole, or names nothing with it either. */
bool place_code_mended(Contracts__PlaceKind kind, const char *code, char ret_code[COMMUNE_TEXT_SIZE]);

#endif
