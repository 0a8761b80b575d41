#include "services/reporting/queries/statement_text.h"

#include "common/base/french.h"
#include "common/codec/french_names.h"
#include "common/codec/types.h"

/* Of what there may be none of, nothing where there is none. */
static char *hours_told(struct arena *arena, const char *label, const Types__Hours *hours, bool always)
{
        return always || hours_hundredths(hours_of(hours)) != 0
                       ? arena_printf(arena, "- %s : %s\n", label, french_hours(arena, hours_of(hours)))
                       : arena_text(arena, "");
}

static char *modalities_told(const Reporting__ContractStatementReply *reply, struct arena *arena)
{
        char *text = arena_text(arena, "");
        for (size_t i = 0; i < reply->n_by_modality; i++) {
                const Reporting__ModalityFigures *one = reply->by_modality[i];
                text = arena_printf(arena, "%s- %s : %s, %s, %u parcours\n", text,
                                    french_value(&types__modality__descriptor, (int32_t)one->modality),
                                    french_hours(arena, hours_of(one->hours)),
                                    french_count(arena, one->persons, "personne"), one->placements);
        }
        return text;
}

char *statement_text(const Reporting__ContractStatementReply *reply, struct day today, struct arena *arena)
{
        return arena_printf(arena,
                            "Objet : bilan de clause du contrat %s\n\n%s\nAcheteur : SIRET %s\nÉtabli le %s\n\n"
                            "1. Heures d'insertion\n"
                            "%s%s%s%s%s%s%s\n2. Personnes et modalités\n- Personnes différentes : %u\n%s",
                            reply->number, reply->object, reply->buyer_siret, french_day(arena, today),
                            hours_told(arena, "Dues", reply->due, true),
                            hours_told(arena, "Réalisées", reply->done, true),
                            hours_told(arena, "Issues de factures de structures inclusives", reply->converted, false),
                            hours_told(arena, "Passées à d'autres obligations", reply->transferred, false),
                            hours_told(arena, "Abandonnées par l'acheteur", reply->waived, false),
                            hours_told(arena, "Restant à réaliser", reply->remaining, true),
                            hours_told(arena, "Réalisées en plus", reply->surplus, false), reply->persons,
                            modalities_told(reply, arena));
}
