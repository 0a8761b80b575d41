/* organisations_rows.h: all of the directory's tables and the keys of their rows. Only the functions of
 * organisations_events.c call those that write.
 *
 *   table                    key                                value
 *   organisation             organisation id                    directory.OrganisationView
 *   organisation_by_siret    SIRET text, organisation id        empty; no row where the SIRET is unknown
 *   organisation_by_kind     kind u32, territory text, id       empty
 *   organisation_by_place    territory text, kind u32, id       empty
 *   kind_count               territory text, kind u32           directory.KindCount: how many, open and closed
 *   organisation_by_word     territory text, word text, id      empty; each word twice: everywhere (""), and there
 *   organisation_name        organisation id                    kind u32, closed u8, text as it is compared
 *   name_word                word text                          u32: how often names have it (names_rows.h)
 *   import_batch, import_row, import_sender, import_file: common/service/batches.h
 *
 * All are TABLE_STATE. Messages returned live in the arena; NULL or an empty list where there is nothing. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_ORGANISATIONS_ROWS_H
#define SERVICES_DIRECTORY_ORGANISATIONS_ORGANISATIONS_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"
#include "common/store/walk.h"
#include "directory/queries.pb-c.h"

enum {
        T_ORGANISATION = RUNTIME_TABLES,
        T_ORGANISATION_BY_SIRET,
        T_ORGANISATION_BY_KIND,
        T_ORGANISATION_BY_PLACE,
        T_KIND_COUNT,
        T_ORGANISATION_BY_WORD,
        T_ORGANISATION_NAME,
        T_NAME_WORD,
        T_IMPORT_BATCH,
        T_IMPORT_ROW,
        T_IMPORT_SENDER,
        T_IMPORT_FILE,
        T_END,
        DIRECTORY_TABLE_COUNT = T_END - RUNTIME_TABLES
};

extern const struct table_spec directory_tables[DIRECTORY_TABLE_COUNT];

Directory__OrganisationView *store_find_organisation(struct txn *txn, struct id id, struct arena *arena);

/* Writes the row, and moves its index rows and its count from where `before` (NULL: it is new) had them. */
void store_put_organisation(struct txn *txn, const Directory__OrganisationView *before,
                            const Directory__OrganisationView *after, struct arena *arena);
/* The same of one that was taken back: nothing of it stays. */
void store_delete_organisation(struct txn *txn, const Directory__OrganisationView *before, struct arena *arena);

/* What of the directory to walk through. Empty and unknown fields leave it open. */
struct organisation_filter {
        const char *siret;
        const char *territory;
        Directory__OrganisationKind kind;
};

/* By the narrowest index; by SIRET, the other two fields do not bound it. */
void store_walk_organisations(struct txn *txn, const struct organisation_filter *filter, struct slice after,
                              struct walk *ret);

/* Adds one count for each kind that there is, kinds ascending. `territory` "": the whole region. */
void store_count_by_kind(struct txn *txn, const char *territory, Directory__CountsByKindReply *reply,
                         struct arena *arena);

#endif
