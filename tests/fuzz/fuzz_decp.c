/* Any bytes given to the DECP reader: it ends, each element is a record or has a reason, elements come in the order of
 * the file, and what was read survives the wire. */
#include "tests/fuzz/replay.h"

#include "common/base/require.h"
#include "common/codec/contract_key.h"
#include "common/codec/pb.h"
#include "common/import/decp.h"
#include "common/import/decp_xml.h"

static void check_record(const Contracts__ContractRecord *record, struct arena *arena)
{
        struct slice wire = pb_encode(record, arena);
        Contracts__ContractRecord *back = pb_decode(&contracts__contract_record__descriptor, wire, arena);

        require(back != NULL);
        require(slice_equal(pb_encode(back, arena), wire));
        require(id_equal(contract_key(record, arena), contract_key(back, arena)));
        require(record->number[0] != '\0' && record->buyer_siret[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct decp *reader;
        struct err_info info;
        struct arena arena = {0};
        struct decp_item item;
        uint64_t offset_before = 0, done, total;
        int more;
        bool is_xml = decp_xml_is(slice_of(data, size));

        if (decp_open_memory(slice_of(data, size), &reader, &info) != 0)
                return 0;
        while ((more = decp_next(reader, &arena, &item, &info)) == 1) {
                require((item.record == NULL) == (item.found.reasons.count > 0));
                require(is_xml ? item.offset >= offset_before && item.offset <= size
                               : item.offset > offset_before && item.offset < size);
                offset_before = item.offset;
                if (item.record != NULL)
                        check_record(item.record, &arena);
                arena_reset(&arena);
        }
        require(more == 0 || more == ERR_MALFORMED);
        decp_progress(reader, &done, &total);
        require(done <= total && total == size);
        decp_close(reader);
        arena_fini(&arena);
        return 0;
}
