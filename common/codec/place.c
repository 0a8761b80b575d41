#include "common/codec/place.h"

#include <string.h>

/* A department's code with `more` digits behind it. */
static bool territory_with_zero(const char *code, size_t more, char ret_code[COMMUNE_TEXT_SIZE])
{
        if (!text_is_digits(code, 1 + more) || code[0] == '0')
                return false;
        ret_code[0] = '0';
        memcpy(ret_code + 1, code, 2 + more);
        return true;
}

static bool department_mended(const char *code, char ret_code[COMMUNE_TEXT_SIZE])
{
        if (!text_is_digits(code, 3) || code[0] != '0' || !territory_valid(code + 1))
                return territory_with_zero(code, 0, ret_code);
        memcpy(ret_code, code + 1, 3);
        return true;
}

bool place_code_mended(Contracts__PlaceKind kind, const char *code, char ret_code[COMMUNE_TEXT_SIZE])
{
        enum { DIGITS_OF_ARRONDISSEMENT = 1, DIGITS_OF_CANTON = 2 };
        if (kind == CONTRACTS__PLACE_KIND__POSTCODE || kind == CONTRACTS__PLACE_KIND__COMMUNE)
                return commune_with_zero(code, ret_code);
        if (kind == CONTRACTS__PLACE_KIND__DEPARTMENT)
                return department_mended(code, ret_code);
        if (kind == CONTRACTS__PLACE_KIND__ARRONDISSEMENT)
                return territory_with_zero(code, DIGITS_OF_ARRONDISSEMENT, ret_code);
        if (kind == CONTRACTS__PLACE_KIND__CANTON)
                return territory_with_zero(code, DIGITS_OF_CANTON, ret_code);
        /* Of the regions five overseas have a code that begins with a zero: 01..04, 06. */
        return kind == CONTRACTS__PLACE_KIND__REGION && code[0] != '\0' && strchr("12346", code[0]) != NULL &&
               territory_with_zero(code, 0, ret_code);
}

bool place_territory(const Contracts__Place *place, char ret_territory[TERRITORY_TEXT_SIZE])
{
        char mended[COMMUNE_TEXT_SIZE]; /* rows of before may hold a code that lost its zero */

        ret_territory[0] = '\0';
        if (place == NULL)
                return false;
        const char *code = place_code_mended(place->kind, place->code, mended) ? mended : place->code;
        if (place->kind == CONTRACTS__PLACE_KIND__POSTCODE)
                territory_of_postcode(code, ret_territory);
        else if (place->kind == CONTRACTS__PLACE_KIND__COMMUNE)
                territory_of_commune(code, ret_territory);
        else if (place->kind == CONTRACTS__PLACE_KIND__DEPARTMENT && territory_valid(code))
                memcpy(ret_territory, code, strlen(code) + 1);
        return ret_territory[0] != '\0';
}
