/* structures_row.h: what the four formats of structures.h share. A format is a table row of functions and keys; its
 * reader fills an Organisation from one row. Called by structures.c and the structures_*.c. */
#ifndef COMMON_IMPORT_STRUCTURES_ROW_H
#define COMMON_IMPORT_STRUCTURES_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "common/import/labels.h"
#include "common/import/notes.h"
#include "directory/commands.pb-c.h"

enum { FORMAT_KEYS_MAX = 4 };

struct structures_format {
        const char *name;
        const char *keys[FORMAT_KEYS_MAX]; /* a row that has them all is of this format */
        const char *foreign_key;           /* a row that has this one is not; NULL: none */
        const char *name_key;              /* where the name stands, for the reason when there is none */
        void (*read)(struct findings *found, const struct node *row, Directory__Organisation *to);
};

extern const struct structures_format structures_lemarche;
extern const struct structures_format structures_itou;
extern const struct structures_format structures_milo;
extern const struct structures_format structures_data_inclusion;
extern const struct structures_format structures_insertion_fixture;

/* A text that needs nothing but its place: key in the row, offset in Directory__Organisation. */
struct row_text {
        const char *key;
        size_t offset;
};
#define ROW_TEXT(key, field)                                                                                           \
        {                                                                                                              \
                key, offsetof(Directory__Organisation, field)                                                          \
        }

void row_texts(struct findings *found, const struct node *row, const struct row_text *texts, size_t count,
               Directory__Organisation *to);
/* The identifier at the source; its absence is a reason. */
void row_source_id(struct findings *found, const struct node *at, Directory__Organisation *to);
/* `drop_failing`: a SIRET that fails its check is left aside, not kept. */
void row_siret(struct findings *found, const struct node *at, bool drop_failing, Directory__Organisation *to);
/* The department: "1", "01", "002", "2a" -> its code. Where it is absent: as row_territory_of_address(). */
void row_territory(struct findings *found, const struct node *at, Directory__Organisation *to);
/* The department of the commune or of the postcode that `to` already has; `at` is what to name where there is none. */
void row_territory_of_address(struct findings *found, const struct node *at, Directory__Organisation *to);
/* "SRID=4326;POINT (lon lat)" */
void row_point(struct findings *found, const struct node *at, Directory__Organisation *to);
void row_coordinates(struct findings *found, const struct node *longitude, const struct node *latitude,
                     Directory__Organisation *to);
void row_updated_on(struct findings *found, const struct node *at, Directory__Organisation *to);

#endif
