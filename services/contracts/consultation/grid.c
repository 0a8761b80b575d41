#include "services/contracts/consultation/grid.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { ONE = SHARE_ONE_MILLIONTHS };

/* ---- the grid */

static bool check_criteria(const Contracts__PutAppraisalGrid *command, struct refusal *ret_refusal)
{
        uint64_t sum = 0;

        for (size_t i = 0; i < command->n_criteria; i++) {
                const Contracts__SubCriterion *one = command->criteria[i];
                if (one->number != i + 1)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "criteria.number",
                                      "Numérotez les sous-critères 1, 2, 3… dans l'ordre.");
                if (one->weight == NULL || one->weight->millionths == 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "criteria.weight",
                                      "Le sous-critère %u n'a pas de poids : il ne compterait pas.", one->number);
                sum += one->weight->millionths;
        }
        if (sum != ONE)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "criteria.weight",
                              "Les poids des sous-critères font %llu,%02llu %% au lieu de 100 %% : corrigez-les.",
                              (unsigned long long)(sum / 10000), (unsigned long long)(sum % 10000 / 100));
        return true;
}

bool grid_check(const Contracts__PutAppraisalGrid *command, struct refusal *ret_refusal)
{
        if (!check_criteria(command, ret_refusal))
                return false;
        if (command->n_readers != GRID_READERS || id_is_zero(id_of(command->readers[0])) ||
            id_is_zero(id_of(command->readers[1])) || id_equal(id_of(command->readers[0]), id_of(command->readers[1])))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "readers",
                              "Nommez deux lecteurs différents, par l'identifiant de leur compte (accounts.Users).");
        return true;
}

static bool is_among(const struct grid_readers *readers, struct id account)
{
        for (size_t i = 0; i < readers->count; i++)
                if (id_equal(id_of(readers->accounts[i]), account))
                        return true;
        return false;
}

static bool same_grid(const Contracts__AppraisalRow *row, const Contracts__PutAppraisalGrid *command)
{
        if (row->scale != command->scale || row->n_criteria != command->n_criteria ||
            strcmp(row->method, command->method) != 0)
                return false;
        for (size_t i = 0; i < row->n_criteria; i++)
                if (row->criteria[i]->weight->millionths != command->criteria[i]->weight->millionths ||
                    strcmp(row->criteria[i]->title, command->criteria[i]->title) != 0 ||
                    strcmp(row->criteria[i]->note, command->criteria[i]->note) != 0)
                        return false;
        return true;
}

bool grid_may_change(const Contracts__AppraisalRow *row, const Contracts__PutAppraisalGrid *command,
                     const struct grid_readers *marked, struct refusal *ret_refusal)
{
        const struct grid_readers wanted = {command->readers, command->n_readers};

        if (row == NULL || row->offers == 0)
                return true;
        if (!same_grid(row, command))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "criteria",
                              "La grille est arrêtée depuis l'enregistrement de la première offre : seuls les lecteurs "
                              "peuvent encore changer.");
        for (size_t i = 0; i < marked->count; i++)
                if (!is_among(&wanted, id_of(marked->accounts[i])))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "readers",
                                      "Un des lecteurs a déjà noté une offre : il reste.");
        return true;
}

bool grid_is_reader(const Contracts__AppraisalRow *row, struct id account)
{
        const struct grid_readers readers = {row->readers, row->n_readers};
        return is_among(&readers, account);
}

/* ---- marks */

const Contracts__OfferMark *grid_mark_of(const struct grid_marks *marks, uint32_t criterion)
{
        for (size_t i = 0; i < marks->count; i++)
                if (marks->marks[i]->criterion == criterion)
                        return marks->marks[i];
        return NULL;
}

static bool check_mark(const Contracts__AppraisalRow *row, const Contracts__OfferMark *mark,
                       struct refusal *ret_refusal)
{
        if (mark->criterion < 1 || mark->criterion > row->n_criteria)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "marks.criterion",
                              "La grille n'a pas de sous-critère %u.", mark->criterion);
        if (mark->mark->millionths < 0 || mark->mark->millionths > (int64_t)row->scale * ONE)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "marks.mark",
                              "La note du sous-critère %u doit être comprise entre 0 et %u.", mark->criterion,
                              row->scale);
        return true;
}

/* Each within the scale, with its reason, and no sub-criterion twice. */
static bool check_each(const Contracts__AppraisalRow *row, const struct grid_marks *marks, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < marks->count; i++) {
                const struct grid_marks before = {marks->marks, i};
                if (!check_mark(row, marks->marks[i], ret_refusal))
                        return false;
                if (grid_mark_of(&before, marks->marks[i]->criterion) != NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "marks.criterion",
                                      "Le sous-critère %u est noté deux fois : gardez une seule note.",
                                      marks->marks[i]->criterion);
        }
        return true;
}

bool grid_check_marks(const Contracts__AppraisalRow *row, const struct grid_marks *marks, struct refusal *ret_refusal)
{
        if (!check_each(row, marks, ret_refusal))
                return false;
        for (uint32_t number = 1; number <= row->n_criteria; number++)
                if (grid_mark_of(marks, number) == NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "marks",
                                      "Le sous-critère %u n'est pas noté : notez-les tous, chacun avec son motif.",
                                      number);
        return true;
}

bool grid_differ(const Contracts__AppraisalRow *row, struct share gap, const Contracts__OfferMark *a,
                 const Contracts__OfferMark *b)
{
        int64_t difference = a->mark->millionths - b->mark->millionths;
        return (difference < 0 ? -difference : difference) > (int64_t)row->scale * share_millionths(gap);
}

static Contracts__OfferMark *mean_of(const Contracts__OfferMark *a, const Contracts__OfferMark *b, struct arena *arena)
{
        Contracts__OfferMark *mean = pb_new(&contracts__offer_mark__descriptor, arena);
        mean->criterion = a->criterion;
        mean->mark = decimal_to(arena, decimal_of_millionths((a->mark->millionths + b->mark->millionths) / 2));
        mean->reason = arena_text(arena, "moyenne des deux notes");
        return mean;
}

bool grid_agree(const Contracts__AppraisalRow *row, const struct grid_agreement *agreement, struct arena *arena,
                Contracts__OfferMark ***ret, struct refusal *ret_refusal)
{
        const struct grid_marks first = {agreement->first->marks, agreement->first->n_marks};
        const struct grid_marks second = {agreement->second->marks, agreement->second->n_marks};

        if (!check_each(row, &agreement->given, ret_refusal))
                return false;
        Contracts__OfferMark **agreed = arena_alloc(arena, row->n_criteria * sizeof(*agreed));
        for (uint32_t number = 1; number <= row->n_criteria; number++) {
                const Contracts__OfferMark *a = grid_mark_of(&first, number), *b = grid_mark_of(&second, number);
                const Contracts__OfferMark *given = grid_mark_of(&agreement->given, number);
                require(a != NULL && b != NULL); /* readers mark every sub-criterion */
                if (given == NULL && grid_differ(row, agreement->gap, a, b))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "marks",
                                      "Les deux notes du sous-critère %u diffèrent de plus de %u %% de l'échelle : "
                                      "convenez d'une note, avec son motif.",
                                      number, share_millionths(agreement->gap) / 10000);
                agreed[number - 1] = given != NULL ? (Contracts__OfferMark *)(uintptr_t)given : mean_of(a, b, arena);
        }
        *ret = agreed;
        return true;
}

struct decimal grid_result(const Contracts__AppraisalRow *row, const struct grid_marks *agreed)
{
        int64_t sum = 0; /* at most 100 x 10^12 */
        for (size_t i = 0; i < row->n_criteria; i++) {
                const Contracts__OfferMark *mark = grid_mark_of(agreed, row->criteria[i]->number);
                require(mark != NULL);
                sum += mark->mark->millionths * row->criteria[i]->weight->millionths;
        }
        return decimal_of_millionths(sum / ONE);
}
