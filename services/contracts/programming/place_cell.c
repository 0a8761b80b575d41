#include "services/contracts/programming/place_cell.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/place.h"

static bool is_part_of_code(char c)
{
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The next run of ASCII letters and digits, NULL: that was the last. */
static const char *next_code(const char **at, size_t *ret_size)
{
        while (**at != '\0' && !is_part_of_code(**at))
                (*at)++;
        const char *start = *at;
        while (is_part_of_code(**at))
                (*at)++;
        *ret_size = (size_t)(*at - start);
        return *ret_size > 0 ? start : NULL;
}

Contracts__Place *cell_place(const char *text, struct arena *arena)
{
        Contracts__Place *place = pb_new(&contracts__place__descriptor, arena);
        char whole[COMMUNE_TEXT_SIZE];
        const char *code, *at = text;
        size_t size;

        place->name = arena_text(arena, text);
        if (place_code_mended(CONTRACTS__PLACE_KIND__POSTCODE, text, whole)) /* nothing but a code: else it is a year */
                at = whole;
        else if (place_code_mended(CONTRACTS__PLACE_KIND__DEPARTMENT, text, whole))
                at = whole;
        while ((code = next_code(&at, &size)) != NULL) {
                char territory[TERRITORY_TEXT_SIZE], one[6];
                if (size >= sizeof(one))
                        continue;
                memcpy(one, code, size);
                one[size] = '\0';
                territory_of_postcode(one, territory);
                bool postcode = size == 5 && territory[0] != '\0';
                if (!postcode && (size > 3 || !territory_valid(one)))
                        continue;
                place->code = arena_text(arena, one);
                place->kind = postcode ? CONTRACTS__PLACE_KIND__POSTCODE : CONTRACTS__PLACE_KIND__DEPARTMENT;
                if (postcode)
                        break; /* a department's code may come before it */
        }
        return place;
}
