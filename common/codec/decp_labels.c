#include "common/codec/decp_labels.h"

#include "common/base/attr.h"

static const char *const social_labels[] = {
        [CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE] = "Clause sociale",
        [CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION] = "Critère social",
        [CONTRACTS__SOCIAL_CONSIDERATION__RESERVED] = "Marché réservé",
        [CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL] = "Pas de considération sociale",
};
static const char *const environmental_labels[] = {
        [CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CLAUSE] = "Clause environnementale",
        [CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CRITERION] = "Critère environnemental",
        [CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL] = "Pas de considération environnementale",
};
static const char *const place_labels[] = {
        [CONTRACTS__PLACE_KIND__POSTCODE] = "Code postal",
        [CONTRACTS__PLACE_KIND__COMMUNE] = "Code commune",
        [CONTRACTS__PLACE_KIND__ARRONDISSEMENT] = "Code arrondissement",
        [CONTRACTS__PLACE_KIND__CANTON] = "Code canton",
        [CONTRACTS__PLACE_KIND__DEPARTMENT] = "Code département",
        [CONTRACTS__PLACE_KIND__REGION] = "Code région",
        [CONTRACTS__PLACE_KIND__COUNTRY] = "Code pays",
};
static const char *const company_labels[] = {
        [CONTRACTS__COMPANY_ID_KIND__SIRET] = "SIRET",     [CONTRACTS__COMPANY_ID_KIND__TVA] = "TVA",
        [CONTRACTS__COMPANY_ID_KIND__TAHITI] = "TAHITI",   [CONTRACTS__COMPANY_ID_KIND__RIDET] = "RIDET",
        [CONTRACTS__COMPANY_ID_KIND__FRWF] = "FRWF",       [CONTRACTS__COMPANY_ID_KIND__IREP] = "IREP",
        [CONTRACTS__COMPANY_ID_KIND__HORS_UE] = "HORS-UE",
};

static const char *label_of(const char *const *labels, size_t count, unsigned value)
{
        return value < count ? labels[value] : NULL;
}

const char *decp_social_label(Contracts__ContractKind kind, Contracts__SocialConsideration social)
{
        if (kind == CONTRACTS__CONTRACT_KIND__CONCESSION && social == CONTRACTS__SOCIAL_CONSIDERATION__RESERVED)
                return "Concession réservée";
        return label_of(social_labels, ARRAY_SIZE(social_labels), (unsigned)social);
}

const char *decp_environmental_label(Contracts__EnvironmentalConsideration environmental)
{
        return label_of(environmental_labels, ARRAY_SIZE(environmental_labels), (unsigned)environmental);
}

const char *decp_place_label(Contracts__PlaceKind kind)
{
        return label_of(place_labels, ARRAY_SIZE(place_labels), (unsigned)kind);
}

const char *decp_company_label(Contracts__CompanyIdKind kind)
{
        return label_of(company_labels, ARRAY_SIZE(company_labels), (unsigned)kind);
}
