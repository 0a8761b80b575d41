#include "services/contracts/consultation/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/contracts/consultation/grid.h"

/* Text that grows in the arena. */
struct writing {
        struct arena *arena;
        char *text;
        size_t size, room;
};

static void grow(struct writing *writing, size_t more)
{
        if (writing->size + more < writing->room)
                return;
        size_t room = (writing->size + more + 1) * 2;
        char *wider = arena_alloc(writing->arena, room);
        if (writing->size > 0)
                (void)memcpy(wider, writing->text, writing->size);
        writing->text = wider;
        writing->room = room;
}

static void ATTR_FORMAT(2, 3) write_line(struct writing *writing, const char *format, ...)
{
        va_list arguments, again;
        va_start(arguments, format);
        va_copy(again, arguments);
        int size = vsnprintf(NULL, 0, format, arguments);
        require(size >= 0);
        grow(writing, (size_t)size + 1);
        (void)vsnprintf(writing->text + writing->size, (size_t)size + 1, format, again);
        writing->size += (size_t)size;
        va_end(again);
        va_end(arguments);
}

char *report_mark(const Types__Decimal *mark, struct arena *arena)
{
        char text[QUANTITY_TEXT_SIZE];
        /* To a hundredth, as marks are read; half a hundredth goes up. */
        decimal_format(decimal_of_millionths((mark->millionths + 5000) / 10000 * 10000), text);
        char *point = strchr(text, '.');
        if (point != NULL && strcmp(point, ".0") == 0)
                *point = '\0';
        else if (point != NULL)
                *point = ',';
        return arena_text(arena, text);
}

char *report_offer_name(const Contracts__Offer *offer, struct arena *arena)
{
        if (offer->n_members == 1)
                return arena_text(arena, offer->members[0]->name);
        return arena_printf(arena, "%s et %s", offer->members[0]->name,
                            french_count(arena, (int64_t)offer->n_members - 1, "cotraitant"));
}

static void put_commitments(struct writing *writing, const Contracts__Offer *offer)
{
        struct arena *arena = writing->arena;
        write_line(writing, "Engagements : %s d'insertion",
                   offer->hours == NULL ? "les heures de la clause" : french_hours(arena, hours_of(offer->hours)));
        if (offer->extra_hours != NULL)
                write_line(writing, ", %s en plus", french_hours(arena, hours_of(offer->extra_hours)));
        if (offer->training_hours != NULL)
                write_line(writing, ", %s de formation", french_hours(arena, hours_of(offer->training_hours)));
        write_line(writing, ".\n");
        if (!text_is_empty(offer->tutoring))
                write_line(writing, "Tutorat : %s\n", offer->tutoring);
        if (!text_is_empty(offer->text))
                write_line(writing, "Autres engagements : %s\n", offer->text);
}

static void put_offer(struct writing *writing, const Contracts__AppraisalView *view, const Contracts__OfferView *offer)
{
        const struct grid_marks agreed = {offer->agreed, offer->n_agreed};

        write_line(writing, "\nOffre n° %u : %s\n", offer->number, report_offer_name(offer->offer, writing->arena));
        put_commitments(writing, offer->offer);
        for (size_t i = 0; i < view->n_criteria; i++) {
                const Contracts__OfferMark *mark = grid_mark_of(&agreed, view->criteria[i]->number);
                require(mark != NULL);
                write_line(writing, "  %u. %s (%s) : %s / %u. %s\n", view->criteria[i]->number,
                           view->criteria[i]->title, french_share(writing->arena, share_of(view->criteria[i]->weight)),
                           report_mark(mark->mark, writing->arena), view->scale, mark->reason);
        }
        write_line(writing, "Note pondérée : %s / %u\n", report_mark(offer->result, writing->arena), view->scale);
}

static int by_result(const void *a, const void *b)
{
        const Contracts__OfferView *const *left = a, *const *right = b;
        int64_t l = (*left)->result->millionths, r = (*right)->result->millionths;
        return l != r ? (l < r) - (l > r) : ((*left)->number > (*right)->number) - ((*left)->number < (*right)->number);
}

/* Offers of the same result share their place. */
static void put_places(struct writing *writing, const Contracts__AppraisalView *view)
{
        Contracts__OfferView **sorted =
                arena_copy(writing->arena, view->offers, view->n_offers * sizeof(*view->offers));
        size_t place = 0;
        if (view->n_offers > 1)
                qsort(sorted, view->n_offers, sizeof(*sorted), by_result);
        write_line(writing, "\nPar note décroissante\n");
        for (size_t i = 0; i < view->n_offers; i++) {
                if (i == 0 || sorted[i]->result->millionths != sorted[i - 1]->result->millionths)
                        place = i + 1;
                write_line(writing, "  %zu. offre n° %u, %s : %s / %u\n", place, sorted[i]->number,
                           report_offer_name(sorted[i]->offer, writing->arena),
                           report_mark(sorted[i]->result, writing->arena), view->scale);
        }
}

char *report_text(const Contracts__AppraisalView *view, const char *head, const char *foot, struct arena *arena)
{
        struct writing writing = {.arena = arena};

        write_line(&writing, "%s\nGrille\n", head);
        for (size_t i = 0; i < view->n_criteria; i++)
                write_line(&writing, "  %u. %s, %s%s%s\n", view->criteria[i]->number, view->criteria[i]->title,
                           french_share(arena, share_of(view->criteria[i]->weight)),
                           *view->criteria[i]->note == '\0' ? "" : " : ", view->criteria[i]->note);
        for (size_t i = 0; i < view->n_offers; i++)
                put_offer(&writing, view, view->offers[i]);
        put_places(&writing, view);
        write_line(&writing, "\n%s", foot);
        return writing.text;
}
