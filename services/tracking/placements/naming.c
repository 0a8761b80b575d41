#include "services/tracking/placements/naming.h"

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

/* Later than what the opening or an amendment said, which a naming of the same day follows where it was told later. */
static bool follows_terms(const Tracking__NamingRow *row, const Tracking__PlacementFile *file)
{
        if (file->contacts_since == NULL)
                return true;
        return row->since->days > file->contacts_since->days ||
               (row->since->days == file->contacts_since->days && row->version > file->contacts_version);
}

const Tracking__NamingRow *naming_on(const Tracking__PlacementFile *file, Tracking__Professional professional,
                                     struct day day)
{
        const Tracking__NamingRow *held = NULL;
        for (size_t i = 0; i < file->n_namings; i++) {
                const Tracking__NamingRow *row = file->namings[i];
                if (row->sealed.len == 0 || row->professional != professional || row->since->days > day_number(day) ||
                    (held != NULL && row->since->days < held->since->days))
                        continue;
                held = row;
        }
        return held != NULL && follows_terms(held, file) ? held : NULL;
}

const Tracking__NamingRow *naming_find(const Tracking__PlacementFile *file, struct id naming)
{
        for (size_t i = 0; i < file->n_namings; i++)
                if (id_equal(id_of(file->namings[i]->naming_id), naming))
                        return file->namings[i];
        return NULL;
}

static bool day_is_sound(const struct naming *naming, const struct placement *placement, struct refusal *ret)
{
        char text[DAY_WORDING_SIZE];
        struct day last = placement_last_day(placement);
        if (naming->since->days < day_number(placement->starts_on)) {
                day_wording(placement->starts_on, text);
                return refuse(ret, INVALID, "since",
                              "Le parcours commence le %s : donnez un jour à partir de celui-là.", text);
        }
        if (naming->since->days > day_number(last)) {
                day_wording(last, text);
                return refuse(ret, INVALID, "since", "Le parcours finit le %s : donnez un jour avant sa fin.", text);
        }
        return true;
}

bool naming_may_be_made(const struct naming *naming, const struct placement *placement,
                        const Tracking__PlacementFile *file, struct refusal *ret)
{
        if (text_holds_nir(naming->name) || text_holds_nir(naming->function))
                return refuse(ret, INVALID, text_holds_nir(naming->name) ? "name" : "function",
                              "Écrivez seulement le nom et la fonction.");
        if (file->n_namings >= NAMINGS_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                              "Ce parcours a déjà %d nominations : adressez-vous au facilitateur du territoire.",
                              NAMINGS_MAX);
        return day_is_sound(naming, placement, ret);
}

bool naming_may_be_withdrawn(const Tracking__NamingRow *row, const Wire__Passport *actor, struct refusal *ret)
{
        bool is_theirs = row != NULL &&
                         (actor->role == TYPES__ROLE__FACILITATOR ||
                          (row->organisation != NULL && passport_is_organisation(actor, id_of(row->organisation))));
        if (!is_theirs)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "naming_id",
                              "Cette nomination n'est pas de ce parcours, ou n'est pas de vous : relisez le parcours.");
        if (row->sealed.len == 0)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "naming_id",
                              "Cette nomination est déjà retirée : nommez quelqu'un d'autre.");
        return true;
}
