#include "services/directory/organisations/imports_rows.h"

#include "directory/calls.h"
#include "services/directory/organisations/organisations_rows.h"

struct batch_tables directory_batches(void)
{
        return (struct batch_tables){T_IMPORT_BATCH, T_IMPORT_ROW, T_IMPORT_SENDER, T_IMPORT_FILE};
}

enum standing directory_import_standing(const struct work *work, const Types__ImportBatch *batch)
{
        return work->actor->role != TYPES__ROLE__FACILITATOR || passport_covers(work->actor, batch->territory)
                       ? STANDING_CHANGE
                       : STANDING_UNKNOWN;
}

void apply_directory_batch_imported(const struct change *change, const Types__BatchImported *body)
{
        struct batch_tables tables = directory_batches();
        batch_apply_imported(change, &tables, body);
}

void apply_directory_batch_undone(const struct change *change, const Types__BatchUndone *body)
{
        struct batch_tables tables = directory_batches();
        batch_apply_undone(change, &tables, body);
}
