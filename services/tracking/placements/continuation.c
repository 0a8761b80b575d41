#include "services/tracking/placements/continuation.h"

#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/wording.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE
#define FIELD       "continues_placement_id"

static bool is_same_person(struct txn *txn, struct id one, struct id other)
{
        return id_equal(identity_main(txn, one), identity_main(txn, other));
}

/* `other` where it is here, and hers. */
static struct id of_the_same(struct txn *txn, struct id placement, struct id other)
{
        const struct id none = {{0}};
        struct placement own, row;
        bool is_hers = tracking_placement(txn, placement, &own) && tracking_placement(txn, other, &row) &&
                       is_same_person(txn, own.beneficiary, row.beneficiary);
        return is_hers ? other : none;
}

struct id continuation_next(struct txn *txn, struct id placement)
{
        struct id next = {{0}};
        return tracking_placement_next(txn, placement, &next) ? of_the_same(txn, placement, next) : next;
}

struct id continuation_before(struct txn *txn, struct id placement, struct arena *arena)
{
        const Tracking__PlacementFile *file = tracking_placement_file(txn, placement, arena);
        struct id before = file == NULL ? (struct id){{0}} : id_of(file->opened->continues_placement_id);
        return id_is_zero(before) ? before : of_the_same(txn, placement, before);
}

static bool ends_before(const struct placement *earlier, struct day starts_on, struct refusal *ret)
{
        struct day last = placement_last_day(earlier);
        char text[DAY_WORDING_SIZE];
        if (day_number(last) < day_number(starts_on))
                return true;
        if (day_number(last) == DAY_OPEN_NUMBER)
                return refuse(ret, WRONG_STATE, FIELD,
                              "Le parcours d'avant n'a pas de fin : terminez-le d'abord (guichetctl outcome end), avec "
                              "le jour où il a pris fin.");
        day_wording(last, text);
        return refuse(ret, WRONG_STATE, FIELD,
                      "Le parcours d'avant va jusqu'au %s : celui qui le continue commence après. Vérifiez ce jour, ou "
                      "corrigez la fin de celui d'avant.",
                      text);
}

bool continuation_may_be(const struct work *work, const struct continuation *wanted, struct refusal *ret)
{
        struct placement earlier;
        if (!tracking_placement(work->txn, wanted->earlier, &earlier))
                return refuse(
                        ret, TYPES__REFUSAL_CODE__NOT_FOUND, FIELD,
                        "Le parcours d'avant n'est pas suivi ici : vérifiez son identifiant ; s'il est d'un autre "
                        "département, faites d'abord venir le dossier de cette personne (guichetctl relocation "
                        "propose).");
        if (id_equal(wanted->earlier, wanted->own))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, FIELD,
                              "Un parcours ne se continue pas lui-même : donnez celui d'avant.");
        if (!is_same_person(work->txn, earlier.beneficiary, wanted->beneficiary))
                return refuse(
                        ret, TYPES__REFUSAL_CODE__INVALID_FIELD, FIELD,
                        "Le parcours d'avant est d'un autre dossier : vérifiez son identifiant ; si c'est la même "
                        "personne, réunissez d'abord ses deux dossiers (guichetctl person merge).");
        struct id next = continuation_next(work->txn, wanted->earlier);
        if (!id_is_zero(next) && !id_equal(next, wanted->own))
                return refuse(
                        ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, FIELD,
                        "Un autre parcours continue déjà celui d'avant : donnez le dernier de la suite, ou retirez "
                        "d'abord l'autre lien (guichetctl placement unlink).");
        return ends_before(&earlier, wanted->starts_on, ret);
}

bool continuation_holds(const struct work *work, const struct continued_days *days, struct refusal *ret)
{
        struct id before = continuation_before(work->txn, days->placement, work->arena);
        struct id next = continuation_next(work->txn, days->placement);
        struct placement row;
        char text[DAY_WORDING_SIZE];
        if (!id_is_zero(before) && tracking_placement(work->txn, before, &row) &&
            day_number(placement_last_day(&row)) >= day_number(days->first)) {
                day_wording(placement_last_day(&row), text);
                return refuse(ret, WRONG_STATE, "starts_on",
                              "Le parcours que celui-ci continue va jusqu'au %s : vérifiez ce jour, ou retirez d'abord "
                              "le lien (guichetctl placement unlink).",
                              text);
        }
        if (id_is_zero(next) || !tracking_placement(work->txn, next, &row) ||
            day_number(days->last) < day_number(row.starts_on))
                return true;
        day_wording(row.starts_on, text);
        return refuse(ret, WRONG_STATE, days->field,
                      "Le parcours qui continue celui-ci commence le %s : il doit finir avant. Vérifiez ce jour, ou "
                      "retirez d'abord le lien (guichetctl placement unlink).",
                      text);
}

bool continuation_asks_outcome(const struct work *work, struct id placement, const char *field, struct refusal *ret)
{
        return !continuation_goes_on(work->txn, placement) ||
               refuse(ret, WRONG_STATE, field,
                      "Un autre parcours continue celui-ci : l'issue se demande à la fin du dernier. Notez-la là, ou "
                      "retirez d'abord le lien si ce n'est pas une suite (guichetctl placement unlink).");
}
