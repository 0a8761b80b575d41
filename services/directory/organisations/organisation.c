#include "services/directory/organisations/organisation.h"

#include <stdio.h>
#include <string.h>

#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

bool organisation_check(const Directory__Organisation *o, struct refusal *ret)
{
        /* A register is kept as it is, with the doubt; who types can look the number up. */
        bool imported_with_a_doubt = !text_is_empty(o->source) && o->n_warnings > 0;
        if (o->siret[0] != '\0' && !siret_valid(o->siret) && !imported_with_a_doubt)
                return refuse(ret, INVALID, "organisation.siret",
                              "Le SIRET compte 14 chiffres, sans espace, dont les clés sont justes. Recopiez-le ou "
                              "laissez-le vide.");
        if (o->siret[0] == '\0' && (text_is_empty(o->source) || text_is_empty(o->source_id)))
                return refuse(ret, INVALID, "organisation.sourceId",
                              "Sans SIRET, indiquez la source et l'identifiant de l'organisation dans cette source.");
        return true;
}

/* The parts of the key, each ended by a zero byte, so that no two keys give the same bytes. */
struct id organisation_id(const Directory__Organisation *o, struct arena *arena)
{
        char kind[12];
        (void)snprintf(kind, sizeof(kind), "%d", (int)o->kind);
        bool by_siret = o->siret[0] != '\0';
        const char *parts[] = {by_siret ? "siret" : "source", by_siret ? o->siret : o->source,
                               by_siret ? "" : o->source_id, kind};
        size_t size = 0;
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
                size += strlen(parts[i]) + 1;

        uint8_t *bytes = arena_alloc(arena, size);
        size_t at = 0;
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
                memcpy(bytes + at, parts[i], strlen(parts[i]) + 1);
                at += strlen(parts[i]) + 1;
        }
        return id_derived(0, slice_of(bytes, size));
}

Directory__PutOutcome organisation_put_outcome(const Directory__Organisation *stored,
                                               const Directory__Organisation *given, struct arena *arena)
{
        if (stored == NULL)
                return DIRECTORY__PUT_OUTCOME__ADDED;
        bool same = slice_equal(pb_encode(stored, arena), pb_encode(given, arena));
        return same ? DIRECTORY__PUT_OUTCOME__SAME : DIRECTORY__PUT_OUTCOME__CHANGED;
}

bool organisation_check_close(const Directory__OrganisationView *row, struct refusal *ret)
{
        if (row == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "organisation_id",
                              "Cette organisation n'est pas dans l'annuaire. Vérifiez son identifiant.");
        if (row->closed)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "organisation_id",
                              "Cette organisation est déjà fermée. Il n'y a rien à faire.");
        return true;
}
