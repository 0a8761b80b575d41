#include "common/codec/place.h"

#include <string.h>

bool place_territory(const Contracts__Place *place, char ret_territory[TERRITORY_TEXT_SIZE])
{
        ret_territory[0] = '\0';
        if (place == NULL)
                return false;
        if (place->kind == CONTRACTS__PLACE_KIND__POSTCODE)
                territory_of_postcode(place->code, ret_territory);
        else if (place->kind == CONTRACTS__PLACE_KIND__COMMUNE)
                territory_of_commune(place->code, ret_territory);
        else if (place->kind == CONTRACTS__PLACE_KIND__DEPARTMENT && territory_valid(place->code))
                memcpy(ret_territory, place->code, strlen(place->code) + 1);
        return ret_territory[0] != '\0';
}
