#include "common/service/spec.h"

#include "common/base/require.h"

size_t spec_tables(const struct service_spec *spec, struct table_spec ret_tables[SPEC_TABLES_MAX])
{
        static const struct table_spec runtime[] = {RUNTIME_TABLE_SPECS};
        require(spec->table_count + RUNTIME_TABLES <= SPEC_TABLES_MAX);
        memcpy(ret_tables, runtime, sizeof(runtime));
        for (size_t i = 0; i < spec->table_count; i++)
                ret_tables[RUNTIME_TABLES + i] = spec->tables[i];
        return RUNTIME_TABLES + spec->table_count;
}
