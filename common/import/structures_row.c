#include "common/import/structures_row.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/import/fields.h"

enum { MILLIONTHS_PER_DEGREE = 1000000, POINT_TEXT_MAX = 120, NUMBER_TEXT_MAX = 40 };

void row_texts(struct findings *found, const struct node *row, const struct row_text *texts, size_t count,
               Directory__Organisation *to)
{
        for (size_t i = 0; i < count; i++) {
                struct node at = node_member(row, texts[i].key);
                char *text = field_text(found, &at);
                if (text != NULL)
                        *(char **)((uint8_t *)to + texts[i].offset) = text;
        }
}

void row_source_id(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        char *id = field_text(found, at);

        if (id == NULL)
                note_reason(found, NOTE_MISSING, at);
        else
                to->source_id = id;
}

void row_siret(struct findings *found, const struct node *at, bool drop_failing, Directory__Organisation *to)
{
        char *siret = field_siret(found, at);

        if (siret == NULL)
                return;
        if (strlen(siret) != SIRET_DIGITS || !text_is_digits(siret, SIRET_DIGITS)) {
                note_warning(found, NOTE_SIRET_FORM, at);
                return;
        }
        bool valid = siret_valid(siret);
        if (!valid)
                note_warning(found, drop_failing ? NOTE_SIRET_DROPPED : NOTE_SIRET_CHECKSUM, at);
        if (valid || !drop_failing)
                to->siret = siret;
}

static void put_zero_back(struct findings *found, char **code)
{
        char whole[COMMUNE_TEXT_SIZE];
        if (commune_with_zero(*code, whole))
                *code = arena_text(found->arena, whole);
}

static void mend_address(struct findings *found, Directory__Organisation *to)
{
        put_zero_back(found, &to->commune);
        put_zero_back(found, &to->postcode);
}

void row_territory_of_address(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        char territory[TERRITORY_TEXT_SIZE];

        mend_address(found, to);
        territory_of_commune(to->commune, territory);
        if (territory[0] == '\0')
                territory_of_postcode(to->postcode, territory);
        if (territory[0] != '\0')
                to->territory = arena_text(found->arena, territory);
        else
                note_warning(found, at->json == NULL ? NOTE_MISSING : NOTE_TERRITORY, at);
}

void row_territory(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        char *code = field_text(found, at);

        mend_address(found, to);
        if (code == NULL) {
                row_territory_of_address(found, at, to);
                return;
        }
        for (char *c = code; *c != '\0'; c++)
                *c = (char)toupper((unsigned char)*c);
        if (strlen(code) == 1)
                code = arena_printf(found->arena, "0%s", code);
        else if (strlen(code) == 3 && code[0] == '0')
                code++;
        if (territory_valid(code))
                to->territory = code;
        else
                note_warning(found, NOTE_TERRITORY, at);
}

/* The point 0, 0 is what is written for "unknown". */
static bool put_coordinates(struct findings *found, double longitude, double latitude, Directory__Organisation *to)
{
        bool inside = fabs(longitude) <= 180 && fabs(latitude) <= 90;

        if (!inside || (fabs(longitude) + fabs(latitude)) * MILLIONTHS_PER_DEGREE < 1)
                return false;
        to->coordinates = pb_new(&directory__coordinates__descriptor, found->arena);
        to->coordinates->longitude = (int32_t)lround(longitude * MILLIONTHS_PER_DEGREE);
        to->coordinates->latitude = (int32_t)lround(latitude * MILLIONTHS_PER_DEGREE);
        return true;
}

/* As in JSON: exponents ("2.4e-05") are understood, and the locale is not. */
static bool real_of_text(struct findings *found, const char *text, double *ret)
{
        size_t size;
        const struct json_tree *number = json_tree_parse(slice_of_text(text), found->arena, &size);

        if (!tree_is_number(number) || text[size] != '\0')
                return false;
        *ret = tree_number(number);
        return true;
}

void row_point(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        char longitude_text[NUMBER_TEXT_MAX], latitude_text[NUMBER_TEXT_MAX];
        double longitude, latitude;
        char *text = field_text(found, at);

        if (text == NULL)
                return;
        const char *point = strstr(text, "POINT");
        if (point == NULL || sscanf(point, "POINT (%39[^ )] %39[^ )])", longitude_text, latitude_text) != 2 ||
            !real_of_text(found, longitude_text, &longitude) || !real_of_text(found, latitude_text, &latitude) ||
            !put_coordinates(found, longitude, latitude, to))
                note_warning(found, NOTE_COORDINATES, at);
}

void row_coordinates(struct findings *found, const struct node *longitude_at, const struct node *latitude_at,
                     Directory__Organisation *to)
{
        double longitude, latitude;
        enum field_state x = field_real(longitude_at, &longitude), y = field_real(latitude_at, &latitude);

        if (x == FIELD_ABSENT && y == FIELD_ABSENT)
                return;
        if (x != FIELD_READ || y != FIELD_READ || !put_coordinates(found, longitude, latitude, to))
                note_warning(found, NOTE_COORDINATES, x == FIELD_READ ? latitude_at : longitude_at);
}

void row_updated_on(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        to->updated_on = field_day_message(found, at);
}
