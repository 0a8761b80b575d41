#include "services/contracts/drafting/items.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static bool invalid(struct refusal *ret_refusal, const char *field, const char *text)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s", text);
}

/* ---- what is said */

static bool check_publics(const Contracts__DraftItems *items, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < items->n_publics; i++)
                for (size_t j = 0; j < i; j++)
                        if (strcmp(items->publics[i], items->publics[j]) == 0)
                                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "items.publics",
                                              "Le public %s est nommé deux fois : gardez-le une fois.",
                                              items->publics[i]);
        return true;
}

/* Weights of the criterion and of its parts: the parts make up the whole. */
static bool check_weights(const Contracts__DraftItems *items, struct refusal *ret_refusal)
{
        uint64_t sum = 0;
        if (items->criterion_weight != NULL &&
            (items->criterion_weight->millionths == 0 || items->criterion_weight->millionths > SHARE_ONE_MILLIONTHS))
                return invalid(ret_refusal, "items.criterion_weight",
                               "La pondération va de plus de 0 % à 100 % : écrivez par exemple 0.1 pour 10 %.");
        for (size_t i = 0; i < items->n_subcriteria; i++) {
                const Contracts__DraftSubcriterion *one = items->subcriteria[i];
                if (text_is_empty(one->label) || one->weight == NULL || one->weight->millionths == 0)
                        return invalid(ret_refusal, "items.subcriteria",
                                       "Chaque sous-critère a un libellé et une pondération de plus de 0 %.");
                sum += one->weight->millionths;
        }
        if (items->n_subcriteria > 0 && (items->criterion_weight == NULL || sum != items->criterion_weight->millionths))
                return invalid(ret_refusal, "items.subcriteria",
                               "La somme des sous-critères doit être la pondération du critère : corrigez l'une ou "
                               "les autres.");
        return true;
}

static bool penalty_is_sound(const Types__Money *penalty)
{
        return penalty == NULL || (penalty->cents > 0 && penalty->cents <= (int64_t)DRAFT_PENALTY_MAX_EUROS * 100);
}

static bool check_choices(const Contracts__DraftItems *items, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < items->n_modalities; i++)
                if (items->modalities[i] == TYPES__MODALITY__MODALITY_UNKNOWN)
                        return invalid(ret_refusal, "items.modalities",
                                       "Choisissez DIRECT_HIRE, STAFF_PROVIDED, SUBCONTRACTING ; aucune : toutes.");
        if (!penalty_is_sound(items->penalty_per_hour) || !penalty_is_sound(items->penalty_per_day))
                return invalid(ret_refusal, "items.penalty_per_hour",
                               "Une pénalité va de plus de 0 € à 10 000 € : corrigez-la, ou laissez-la vide.");
        bool is_reserved = items->lever == CONTRACTS__DRAFT_LEVER__RESERVED_LEVER ||
                           items->lever == CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN; /* said elsewhere */
        if (items->reservation != CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN && !is_reserved)
                return invalid(ret_refusal, "items.reservation",
                               "Un réservataire n'a de sens que pour un contrat réservé : choisissez le levier "
                               "RESERVED_LEVER, ou laissez vide.");
        return true;
}

bool draft_items_check(const Contracts__DraftItems *items, struct refusal *ret_refusal)
{
        if (items == NULL)
                return invalid(ret_refusal, "items",
                               "Les éléments de rédaction ne sont pas indiqués : donnez au moins l'un d'eux.");
        return check_publics(items, ret_refusal) && check_weights(items, ret_refusal) &&
               check_choices(items, ret_refusal);
}

/* ---- a lot and all lots */

Contracts__DraftItems *draft_items_merge(const Contracts__DraftItems *of_lot, const Contracts__DraftItems *of_all,
                                         struct arena *arena)
{
        Contracts__DraftItems *items = pb_new(&contracts__draft_items__descriptor, arena);
        if (of_all != NULL)
                *items = *of_all;
        if (of_lot == NULL)
                return items;
        if (!text_is_empty(of_lot->perimeter))
                items->perimeter = of_lot->perimeter;
        if (of_lot->facilitator != NULL)
                items->facilitator = of_lot->facilitator;
        if (of_lot->n_publics > 0) {
                items->publics = of_lot->publics;
                items->n_publics = of_lot->n_publics;
        }
        if (of_lot->lever != CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN) { /* what hangs on the lever goes with it */
                items->lever = of_lot->lever;
                items->reservation = of_lot->reservation;
        } else if (of_lot->reservation != CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN) {
                items->reservation = of_lot->reservation;
        }
        if (of_lot->criterion_weight != NULL) {
                items->criterion_weight = of_lot->criterion_weight;
                items->subcriteria = of_lot->subcriteria;
                items->n_subcriteria = of_lot->n_subcriteria;
        }
        if (of_lot->n_modalities > 0) {
                items->modalities = of_lot->modalities;
                items->n_modalities = of_lot->n_modalities;
        }
        if (of_lot->penalty_per_hour != NULL)
                items->penalty_per_hour = of_lot->penalty_per_hour;
        if (of_lot->penalty_per_day != NULL)
                items->penalty_per_day = of_lot->penalty_per_day;
        return items;
}

/* ---- what is missing */

static void add_missing(struct missing *missing, bool is_missing, const char *text, struct arena *arena)
{
        if (!is_missing)
                return;
        missing->texts = pb_append(missing->texts, &missing->count, sizeof(char *), arena);
        missing->texts[missing->count - 1] = (char *)(uintptr_t)text;
}

static bool is_reachable(const Contracts__DraftContact *contact)
{
        return contact != NULL && !text_is_empty(contact->name) &&
               (!text_is_empty(contact->phone) || !text_is_empty(contact->mail));
}

struct missing draft_missing(const Contracts__DraftItems *items, bool has_hours, struct arena *arena)
{
        bool is_criterion = items->lever == CONTRACTS__DRAFT_LEVER__CRITERION_LEVER ||
                            items->lever == CONTRACTS__DRAFT_LEVER__BOTH_LEVERS;
        bool is_reserved = items->lever == CONTRACTS__DRAFT_LEVER__RESERVED_LEVER;
        struct missing missing = {0};

        add_missing(&missing, text_is_empty(items->perimeter), "périmètre de l'action (perimeter)", arena);
        add_missing(&missing, !is_reachable(items->facilitator), "contact du facilitateur, nom et moyen (facilitator)",
                    arena);
        add_missing(&missing, items->n_publics == 0, "publics éligibles (publics)", arena);
        add_missing(&missing, !has_hours, "volume d'heures de ce lot (PutClause)", arena);
        add_missing(&missing, items->lever == CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN, "levier (lever)", arena);
        add_missing(&missing, is_criterion && items->criterion_weight == NULL, "pondération (criterionWeight)", arena);
        add_missing(&missing,
                    is_reserved && items->reservation == CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN,
                    "réservataire (reservation)", arena);
        return missing;
}

bool draft_is_complete(const struct missing *missing, struct arena *arena, struct refusal *ret_refusal)
{
        const char *list = "";
        if (missing->count == 0)
                return true;
        for (size_t i = 0; i < missing->count; i++)
                list = arena_printf(arena, "%s%s%s", list, i == 0 ? "" : " ; ", missing->texts[i]);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "items",
                      "Pièce impossible à établir, il manque : %s. Les heures viennent de PutClause, le reste de "
                      "PutDraftItems.",
                      list);
}
