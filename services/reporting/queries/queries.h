/* queries.h: one function a question, see proto/reporting/queries.proto. */
#ifndef SERVICES_REPORTING_QUERIES_QUERIES_H
#define SERVICES_REPORTING_QUERIES_QUERIES_H

#include "common/service/work.h"
#include "reporting/queries.pb-c.h"
#include "services/reporting/store.h"

struct reply handle_contract_statement(struct work *work, const ProtobufCMessage *message);
struct reply handle_consolidation(struct work *work, const ProtobufCMessage *message);

/* One line for each modality that has hours, persons or placements; the 0 of the enum stands for "not told". */
struct modality_sum {
        int64_t hundredths[MODALITIES];
        uint32_t persons[MODALITIES];
        uint32_t placements[MODALITIES];
};
Reporting__ModalityFigures **modality_figures(struct arena *arena, const struct modality_sum *sum, size_t *ret_count);

#endif
