/* lists.h: lists of hours in the scene: cells of a row are separated by '|'. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_HOURS_LISTS_H
#define TESTS_UNIT_SERVICES_TRACKING_HOURS_LISTS_H

#include "tests/unit/services/sent_list.h"
#include "tests/unit/services/tracking/scene.h"

/* A list of the structure of the scene, whole. */
static inline Tracking__ImportHours *hours_list(struct scene *s, const char *header)
{
        Tracking__ImportHours *command = pb_new(&tracking__import_hours__descriptor, &s->f.arena);
        command->territory = arena_text(&s->f.arena, "31");
        command->list = sent_list(&s->f.arena, header, "heures.csv");
        return command;
}

static inline void list_row(struct scene *s, Tracking__ImportHours *command, const char *cells)
{
        sent_row(&s->f.arena, command->list, cells);
}

/* "PLACEMENT|reference|month|hours" */
static inline void hours_row(struct scene *s, Tracking__ImportHours *command, struct id placement, const char *rest)
{
        char id[ID_TEXT_SIZE];
        id_format(placement, id);
        list_row(s, command, arena_printf(&s->f.arena, "%s|%s", id, rest));
}
#define HOURS_HEADER "Parcours|Matricule|Mois|Heures"

static inline void same_file(struct scene *s, Tracking__ImportHours *command, uint8_t byte)
{
        sent_file(&s->f.arena, command->list, byte);
}

static inline void choose_row(struct scene *s, Tracking__ImportHours *command, uint32_t number)
{
        sent_choice(&s->f.arena, command->list, number);
}

static inline const Types__ListReport *import_hours(struct scene *s, const Tracking__ImportHours *command)
{
        const Tracking__ImportHoursReply *reply = fixture_get(&s->f, s->structure_user, "ImportHours", command);
        s->f.world.now_ms_value++;
        return reply->report;
}

static inline const Types__ListReport *preview_hours(struct scene *s, const Tracking__ImportHours *command)
{
        Tracking__PreviewHours query = TRACKING__PREVIEW_HOURS__INIT;
        query.territory = command->territory;
        query.sender = command->sender;
        query.month = command->month;
        query.list = command->list;
        const Tracking__PreviewHoursReply *reply = fixture_get(&s->f, s->structure_user, "PreviewHours", &query);
        return reply->report;
}

static inline Tracking__UndoHoursImport *undo_of(struct scene *s, Types__Id *batch)
{
        Tracking__UndoHoursImport *command = pb_new(&tracking__undo_hours_import__descriptor, &s->f.arena);
        command->batch_id = batch;
        command->reason = arena_text(&s->f.arena, "mauvais fichier");
        return command;
}

/* Hundredths stated of a month of 2026; -1: nothing is. */
static inline int64_t stated(struct scene *s, struct id placement, int month)
{
        const Tracking__PlacementView *view = scene_view(s, placement);
        for (size_t i = 0; i < view->n_months; i++)
                if (view->months[i]->month->months == month_number(month_of_day(scene_day(2026, month, 1))))
                        return view->months[i]->submitted->hundredths;
        return -1;
}

#endif
