/* modality.h: sums by way of working, and their lines in a reply. */
#ifndef SERVICES_REPORTING_QUERIES_MODALITY_H
#define SERVICES_REPORTING_QUERIES_MODALITY_H

#include "reporting/queries.pb-c.h"
#include "services/reporting/store.h"

struct modality_sum {
        int64_t hundredths[MODALITIES];
        uint32_t persons[MODALITIES];
        uint32_t placements[MODALITIES];
};
/* One line for each modality that has hours, persons or placements; the 0 of the enum stands for "not told". */
Reporting__ModalityFigures **modality_figures(struct arena *arena, const struct modality_sum *sum, size_t *ret_count);

#endif
