#include "services/tracking/persons/replies.h"

struct reply reply_no_beneficiary(struct work *work)
{
        return reply_refuse(
                work, TYPES__REFUSAL_CODE__NOT_FOUND, "beneficiary_id",
                "Cette personne n'est pas suivie ici, ou son dossier a été effacé : vérifiez son identifiant.");
}

struct reply reply_sealed(struct work *work, int err)
{
        if (err == ERR_NOT_FOUND)
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                        "La clé du dossier de cette personne n'est plus là : il ne peut plus être lu ni complété. "
                        "S'il n'a pas été effacé, prévenez l'exploitant du réseau.");
        return reply_refuse(work, TYPES__REFUSAL_CODE__UNAVAILABLE, "beneficiary_id",
                            "Le dossier scellé ne s'ouvre pas (%s) : prévenez l'exploitant du réseau.", err_name(err));
}
