/* decp_labels.h: the words of the published format (arrêté of 2022) for our enumerations, exactly as its schema has
 * them. For whoever writes a block of published data or shows one beside our own: contracts, tools. */
#ifndef COMMON_CODEC_DECP_LABELS_H
#define COMMON_CODEC_DECP_LABELS_H

#include "contracts/record.pb-c.h"

/* NULL where the format has no word for it. */
const char *decp_social_label(Contracts__ContractKind kind, Contracts__SocialConsideration social);
const char *decp_environmental_label(Contracts__EnvironmentalConsideration environmental);
const char *decp_place_label(Contracts__PlaceKind kind);
const char *decp_company_label(Contracts__CompanyIdKind kind);

#endif
