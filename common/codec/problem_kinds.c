#include "common/codec/problem_kinds.h"

#include <stddef.h>

const struct problem_kind problem_kinds[] = {
        {TYPES__REFUSAL_CODE__MALFORMED, 400, "MALFORMED", "Demande illisible",
         "Corrigez la forme de la demande : le détail dit ce qui ne peut pas être lu."},
        {TYPES__REFUSAL_CODE__UNKNOWN_METHOD, 404, "UNKNOWN_METHOD", "Demande inconnue",
         "Ce service ne connaît pas cette demande, ou pas de cette façon : /v1/openapi.json les décrit toutes."},
        {TYPES__REFUSAL_CODE__NOT_AUTHENTICATED, 401, "NOT_AUTHENTICATED", "Jeton absent ou refusé",
         "Donnez un jeton en cours dans l'en-tête Authorization, ou demandez-en un autre."},
        {TYPES__REFUSAL_CODE__NOT_ALLOWED, 403, "NOT_ALLOWED", "Interdit à ce compte",
         "Le rôle, l'organisation ou le territoire de ce compte ne le permettent pas : demandez à qui le peut."},
        {TYPES__REFUSAL_CODE__INVALID_FIELD, 400, "INVALID_FIELD", "Champ à corriger",
         "Corrigez le champ que « field » nomme, comme le détail le dit."},
        {TYPES__REFUSAL_CODE__NOT_FOUND, 404, "NOT_FOUND", "Introuvable",
         "Cela n'existe pas, ou ce compte ne peut pas le lire : l'un et l'autre ont la même réponse."},
        {TYPES__REFUSAL_CODE__ALREADY_EXISTS, 409, "ALREADY_EXISTS", "Déjà là",
         "Lisez ce qui est là, puis changez-le s'il le faut, ou confirmez comme le détail le dit."},
        {TYPES__REFUSAL_CODE__WRONG_STATE, 409, "WRONG_STATE", "Impossible dans cet état",
         "Relisez ce qui est là : cela a changé, ou ce qui doit venir avant manque. Avec If-Match, le statut est 412."},
        {TYPES__REFUSAL_CODE__NOT_ELIGIBLE, 409, "NOT_ELIGIBLE", "Personne non éligible",
         "L'éligibilité manque, est suspendue ou a pris fin : le détail en dit le remède."},
        {TYPES__REFUSAL_CODE__KEY_REUSED, 409, "KEY_REUSED", "Clé déjà employée",
         "Cette Idempotency-Key est celle d'une autre demande : tirez-en une nouvelle."},
        {TYPES__REFUSAL_CODE__UNAVAILABLE, 503, "UNAVAILABLE", "Service indisponible",
         "Réessayez dans un instant, une commande avec la même Idempotency-Key. Retry-After dit quand, s'il est là."},
        {TYPES__REFUSAL_CODE__TOO_LARGE, 413, "TOO_LARGE", "Trop grand",
         "Envoyez moins à la fois, ou demandez des pages plus courtes."},
        {TYPES__REFUSAL_CODE__MOVED, 503, "MOVED", "Ailleurs à présent",
         "Réessayez dans un instant : ce dont il s'agit change de place."},
        {.name = NULL},
};

/* Of a later version's daemon, whose code has no name here. */
static const struct problem_kind unknown = {TYPES__REFUSAL_CODE__REFUSAL_NONE, 500, "UNKNOWN",
                                            "Refus d'une autre version",
                                            "Le détail dit ce qu'il en est ; prévenez l'exploitant du réseau."};

const struct problem_kind *problem_kind_of(Types__RefusalCode code)
{
        for (const struct problem_kind *kind = problem_kinds; kind->name != NULL; kind++)
                if (kind->code == code)
                        return kind;
        return &unknown;
}
