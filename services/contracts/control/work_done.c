#include "services/contracts/control/work_done.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/french.h"
#include "common/codec/french_names.h"
#include "common/codec/types.h"
#include "common/store/same.h"
#include "services/contracts/ledger/worked_rows.h"
#include "services/contracts/obligations/obligations_rows.h"

/* ---- shares */

static struct work_share *add_share(const struct work *work, struct work_shares *shares)
{
        shares->at = pb_append(shares->at, &shares->count, sizeof(*shares->at), work->arena);
        shares->at[shares->count - 1] = (struct work_share){.placements = 0};
        return &shares->at[shares->count - 1];
}

/* A direct hire demands a tutor when its placement is opened; elsewhere one is known who was met. */
static void add_placement(const struct work *work, struct id placement, const struct worked *row,
                          struct work_shares *shares)
{
        struct work_share *share = add_share(work, shares);
        struct beside beside;
        beside_get(work->txn, placement, &beside);
        share->modality = row->modality;
        share->hundredths = row->hundredths;
        share->training_hundredths = beside.training_hundredths;
        if (row->is_opened == 0)
                return;
        share->person = same_first(work->txn, T_SAME_PERSON, row->person);
        share->placements = 1;
        share->tutored = row->modality == TYPES__MODALITY__DIRECT_HIRE || beside.tutor_contacts > 0;
        share->tutor_contacts = beside.tutor_contacts;
}

static void add_placements(const struct work *work, struct id obligation, struct work_shares *shares)
{
        struct walk walk;
        struct id placement;
        worked_walk(work->txn, obligation, &walk);
        while (walk_next(&walk, &placement)) {
                struct worked row;
                worked_read(&walk, &row);
                add_placement(work, placement, &row, shares);
        }
        walk_end(&walk);
}

/* Of hours that were turned from invoices, nobody is counted. */
static void add_taken_over(const struct work *work, struct id obligation, struct work_shares *shares)
{
        struct walk walk;
        taken_over_walk_sums(work->txn, obligation, &walk);
        while (walk_step(&walk)) {
                struct taken_over_done done;
                taken_over_read_sum(&walk, &done);
                if (done.modality == TYPES__MODALITY__SUBCONTRACTING)
                        continue;
                struct work_share *share = add_share(work, shares);
                share->person = done.person;
                share->modality = done.modality;
                share->hundredths = done.sum.hundredths;
        }
        walk_end(&walk);
}

void work_shares_add(const struct work *work, struct id obligation, struct work_shares *shares)
{
        txn_look_short(work->txn, true);
        add_placements(work, obligation, shares);
        add_taken_over(work, obligation, shares);
        txn_look_short(work->txn, false);
}

/* ---- added up */

static int by_person_and_modality(const void *a, const void *b)
{
        const struct work_share *one = a, *other = b;
        int order = memcmp(&one->person, &other->person, sizeof(one->person));
        return order != 0 ? order : (one->modality > other->modality) - (one->modality < other->modality);
}

static Contracts__ModalityWork *line_of(const struct work *work, Contracts__WorkDone *done, uint32_t modality)
{
        for (size_t i = 0; i < done->n_by_modality; i++)
                if ((uint32_t)done->by_modality[i]->modality == modality)
                        return done->by_modality[i];
        Contracts__ModalityWork *line = pb_new(&contracts__modality_work__descriptor, work->arena);
        line->modality = (Types__Modality)modality;
        line->hours = hours_to(work->arena, hours_of_hundredths(0));
        done->by_modality = pb_append(done->by_modality, &done->n_by_modality, sizeof(line), work->arena);
        done->by_modality[done->n_by_modality - 1] = line;
        return line;
}

/* `before`: the share that comes before it, by person and modality; NULL: none. */
static void add_to(const struct work *work, Contracts__WorkDone *done, const struct work_share *share,
                   const struct work_share *before)
{
        Contracts__ModalityWork *line = line_of(work, done, share->modality);
        bool is_told = !id_is_zero(share->person), is_same = before != NULL && id_equal(before->person, share->person);
        line->hours->hundredths += share->hundredths;
        line->placements += share->placements;
        line->persons += is_told && !(is_same && before->modality == share->modality);
        done->persons += is_told && !is_same;
        done->placements += share->placements;
        done->training->hundredths += share->training_hundredths;
        done->tutored += share->tutored;
        done->tutor_contacts += share->tutor_contacts;
}

static int by_modality(const void *a, const void *b)
{
        const Contracts__ModalityWork *one = *(Contracts__ModalityWork *const *)a,
                                      *other = *(Contracts__ModalityWork *const *)b;
        return (one->modality > other->modality) - (one->modality < other->modality);
}

Contracts__WorkDone *work_done_view(const struct work *work, const struct work_shares *shares, size_t first)
{
        size_t count = shares->count - first;
        Contracts__WorkDone *done = pb_new(&contracts__work_done__descriptor, work->arena);
        done->training = hours_to(work->arena, hours_of_hundredths(0));
        if (count == 0)
                return done;
        struct work_share *sorted = arena_alloc(work->arena, count * sizeof(*sorted));
        memcpy(sorted, shares->at + first, count * sizeof(*sorted));
        qsort(sorted, count, sizeof(*sorted), by_person_and_modality);
        for (size_t i = 0; i < count; i++)
                add_to(work, done, &sorted[i], i == 0 ? NULL : &sorted[i - 1]);
        qsort(done->by_modality, done->n_by_modality, sizeof(*done->by_modality), by_modality);
        return done;
}

/* ---- told */

char *work_done_told(const struct work *work, const Contracts__WorkDone *done)
{
        struct arena *arena = work->arena;
        char *told = arena_printf(arena, "- Personnes différentes : %u", done->persons);
        for (size_t i = 0; i < done->n_by_modality; i++) {
                const Contracts__ModalityWork *line = done->by_modality[i];
                told = arena_printf(arena, "%s\n- En %s%s : %s, %s, %u parcours", told,
                                    line->modality == TYPES__MODALITY__MODALITY_UNKNOWN ? "modalité " : "",
                                    french_value(&types__modality__descriptor, (int32_t)line->modality),
                                    french_hours(arena, hours_of(line->hours)),
                                    french_count(arena, line->persons, "personne"), line->placements);
        }
        return arena_printf(arena,
                            "%s\n- Formation, dans les mois validés : %s\n- Tutorat : %u parcours sur %u avec un "
                            "tuteur, %s avec les tuteurs",
                            told, french_hours(arena, hours_of(done->training)), done->tutored, done->placements,
                            french_count(arena, done->tutor_contacts, "échange"));
}
