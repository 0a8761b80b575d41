#include "services/reporting/queries/modality.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"

Reporting__ModalityFigures **modality_figures(struct arena *arena, const struct modality_sum *sum, size_t *ret_count)
{
        Reporting__ModalityFigures **lines = arena_alloc(arena, MODALITIES * sizeof(*lines));
        *ret_count = 0;
        for (size_t i = 0; i < MODALITIES; i++) {
                if (sum->hundredths[i] == 0 && sum->persons[i] == 0 && sum->placements[i] == 0)
                        continue;
                Reporting__ModalityFigures *line = pb_new(&reporting__modality_figures__descriptor, arena);
                line->modality = (Types__Modality)i;
                line->hours = hours_to(arena, hours_of_hundredths(sum->hundredths[i]));
                line->persons = sum->persons[i];
                line->placements = sum->placements[i];
                lines[(*ret_count)++] = line;
        }
        return lines;
}
