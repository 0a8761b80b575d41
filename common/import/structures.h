/* structures.h: reads the public lists of organisations, one at a time, in flat memory. Called by guichetctl (import).
 * The format is told from the content:
 *
 *      lemarche         inclusive structures (SIAE, GEIQ, EA) as le Marché de l'inclusion lists them: a list of objects
 *                       with siret, kind, department, naf
 *      itou             prescribers as les Emplois de l'inclusion lists them: siret, kind, uid, authorization_status
 *      milo             missions locales: id, nom_officiel, code_departement
 *      data.inclusion   structures v1: source, id, nom, reseaux_porteurs; a bare list or a page {items, total…}; also
 * the fixture of les Emplois, {model, fields}. Services (structure_id) are not structures.
 *
 * An empty file is a list of none. Anything else is refused by structures_open() with a French text. What a row yields
 * lives in the arena given.
 *
 * REJECTED: not JSON, not an object, over 1 MiB; no name; no identifier at the source; a kind that is unknown (it is
 * part of the key): lemarche by its label, data.inclusion where neither a network nor the source tells it.
 * KEPT, WITH A WARNING, which also goes into Organisation.warnings: SIRET of 14 digits that fails its check (itou: left
 * aside, that source publishes invented ones and is keyed by its uid), SIRET of another form (left aside); department,
 * date or coordinates that are none (left empty); prescriber kind that we have no name for (OTHER_PRESCRIBER);
 * data.inclusion with networks of several kinds (the first of the table); no common name; an authorisation that was
 * refused.
 * Where a row has no department it comes from its INSEE code, else from its postcode, without a word. */
#ifndef COMMON_IMPORT_STRUCTURES_H
#define COMMON_IMPORT_STRUCTURES_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/slice.h"
#include "common/import/notes.h"
#include "directory/commands.pb-c.h"

struct structures;

struct structures_item {
        uint64_t index;                        /* in the list, from 0 */
        uint64_t offset;                       /* byte of the file where the row starts */
        const char *number;                    /* its SIRET, else its identifier at the source, else "" */
        Directory__Organisation *organisation; /* NULL: rejected for found.reasons */
        struct findings found;
};

/* 0; -errno; ERR_MALFORMED. */
int structures_open(const char *path, struct structures **ret, struct err_info *info) ATTR_MUST_CHECK;
/* The text must outlive the reader. */
int structures_open_memory(struct slice text, struct structures **ret, struct err_info *info) ATTR_MUST_CHECK;
void structures_close(struct structures *reader); /* accepts NULL */

const char *structures_format(const struct structures *reader); /* "lemarche"…, "" for an empty list */
/* 1 and a row; 0 at the end of the file; ERR_MALFORMED where the file breaks off (info says where): no more comes. */
int structures_next(struct structures *reader, struct arena *arena, struct structures_item *ret,
                    struct err_info *info) ATTR_MUST_CHECK;
void structures_progress(const struct structures *reader, uint64_t *ret_bytes_read, uint64_t *ret_bytes_total);

#endif
